namespace EdgeCnn.Trainer.Training;

/// <summary>
/// Other values in place of parameters while a step runs forward and backward; the optimizer applies the gradients found with them to
/// the parameters' own values.
/// </summary>
public interface IParameterStandIn
{
    /// <summary>Before the passes of a step: puts the other values in place and tells the layers.</summary>
    /// <param name="progress">Share of the training that is done, 0 … 1.</param>
    void Enter(double progress);

    /// <summary>After the passes: puts the parameters' own values back. The layers are told after the optimizer's step.</summary>
    void Leave();
}
