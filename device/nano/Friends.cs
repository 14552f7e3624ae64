// The application saves what was learned where the board's side of the protocol does.
[assembly: System.Runtime.CompilerServices.InternalsVisibleTo("EdgeCnn.Nano.App")]
