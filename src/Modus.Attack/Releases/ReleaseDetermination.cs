namespace Modus.Attack;

/// <summary>How the version of a release was found out.</summary>
public enum ReleaseDetermination
{
    /// <summary>The bundle's collection object names it.</summary>
    Collection,

    /// <summary>The caller said it.</summary>
    Given,

    /// <summary>Inferred from the newest change in the data and the dates of the known releases.</summary>
    Inferred,
}
