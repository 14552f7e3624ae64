namespace System;

/// <summary>The base of attributes.</summary>
public class Attribute;

/// <summary>An enum whose values combine.</summary>
public sealed class FlagsAttribute : Attribute;
