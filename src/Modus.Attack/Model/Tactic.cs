using Modus.Attack.Images;

namespace Modus.Attack;

/// <summary>A tactic: why an adversary does something.</summary>
public sealed class Tactic : AttackObject
{
    internal Tactic(Release release, int row) : base(release, row)
    {
    }

    /// <summary>The short name that techniques refer to, as in a kill-chain phase. It repeats over domains.</summary>
    public string Shortname => Text(Column.Shortname) ?? "";

    /// <summary>The place in the matrix of its domain, counted from 0; those in no living matrix come last.</summary>
    public int Order => Release.OrderOf(this);

    /// <summary>The living techniques and sub-techniques of this tactic, by id.</summary>
    public IReadOnlyList<Technique> Techniques => Release.TechniquesOf(this);
}

/// <summary>A matrix: the tactics of a domain in their order.</summary>
public sealed class Matrix : AttackObject
{
    internal Matrix(Release release, int row) : base(release, row)
    {
    }

    /// <summary>The tactics in order.</summary>
    public IReadOnlyList<Tactic> Tactics => [.. Release.Resolve(Image.List(Row, Column.TacticRefs)).OfType<Tactic>()];
}
