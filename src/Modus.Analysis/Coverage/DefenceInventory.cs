namespace Modus.Analysis.Coverage;

/// <summary>A defence as plain data: what is collected, which rules run where, what was tried. Made by readers; here are no files.</summary>
/// <remarks>Technique ids are those of one release: readers carry older ones over and keep what could not be carried in <see cref="Unplaced"/>.</remarks>
public sealed record DefenceInventory
{
    /// <summary>An empty inventory.</summary>
    public static DefenceInventory Empty { get; } = new();

    /// <summary>The estate: groups of hosts (or accounts, tenants) of one platform. Empty where nobody says.</summary>
    public IReadOnlyList<HostGroup> Hosts { get; init; } = [];

    /// <summary>What is collected, from which hosts.</summary>
    public IReadOnlyList<LogSourceCoverage> LogSources { get; init; } = [];

    /// <summary>Security products.</summary>
    public IReadOnlyList<SecurityProduct> Products { get; init; } = [];

    /// <summary>Controls in place or wished for, with the techniques that a mapping says they answer.</summary>
    public IReadOnlyList<Control> Controls { get; init; } = [];

    /// <summary>Rules, deployed or not, those that do not load included.</summary>
    public IReadOnlyList<DeployedRule> Rules { get; init; } = [];

    /// <summary>What layers, scoring files and products say, without a rule behind it.</summary>
    public IReadOnlyList<CoverageClaim> Claims { get; init; } = [];

    /// <summary>Tests of exercises, one line each.</summary>
    public IReadOnlyList<ExerciseResult> Exercises { get; init; } = [];

    /// <summary>What rules found in real evidence.</summary>
    public IReadOnlyList<RuleHits> Hits { get; init; } = [];

    /// <summary>Techniques seen in collected logs, with or without a rule: a case's findings.</summary>
    public IReadOnlyList<SeenTechnique> Seen { get; init; } = [];

    /// <summary>Tests that could be run, such as those of Atomic Red Team: named as next steps.</summary>
    public IReadOnlyList<KnownTest> Tests { get; init; } = [];

    /// <summary>What was given and has no place: ids that the release does not have, empty entries. Named, never dropped.</summary>
    public IReadOnlyList<Unplaced> Unplaced { get; init; } = [];

    /// <summary>All of two inventories.</summary>
    public DefenceInventory With(DefenceInventory other) => new()
    {
        Hosts = [.. Hosts, .. other.Hosts],
        LogSources = [.. LogSources, .. other.LogSources],
        Products = [.. Products, .. other.Products],
        Controls = [.. Controls, .. other.Controls],
        Rules = [.. Rules, .. other.Rules],
        Claims = [.. Claims, .. other.Claims],
        Exercises = [.. Exercises, .. other.Exercises],
        Hits = [.. Hits, .. other.Hits],
        Seen = [.. Seen, .. other.Seen],
        Tests = [.. Tests, .. other.Tests],
        Unplaced = [.. Unplaced, .. other.Unplaced],
    };
}

/// <summary>Hosts of one platform that are run alike.</summary>
/// <param name="Name">What the others call it.</param>
/// <param name="Platform">The platform as the release spells it.</param>
/// <param name="Count">How many hosts; 1 where nobody says.</param>
public sealed record HostGroup(string Name, string Platform, int Count);

/// <summary>A security product.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Owner">Who runs it, or null.</param>
/// <param name="Hosts">Names of the host groups that have it; empty for all.</param>
/// <param name="Place">Where it is written.</param>
public sealed record SecurityProduct(string Name, string? Owner, IReadOnlyList<string> Hosts, string Place);

/// <summary>A control, and what a mapping says it does.</summary>
/// <param name="Id">Its id in its catalogue.</param>
/// <param name="Name">Its name.</param>
/// <param name="State">How far it is: in place, planned or absent.</param>
/// <param name="Effects">The techniques it answers, by the mappings that were given.</param>
/// <param name="Place">Where it is written.</param>
public sealed record Control(string Id, string Name, ControlState State, IReadOnlyList<ControlEffect> Effects, string Place)
{
    /// <summary>The catalogue it is of, or null.</summary>
    public string? Framework { get; init; }

    /// <summary>Who owns it, or null.</summary>
    public string? Owner { get; init; }

    /// <summary>Names of the host groups it holds on; empty for all.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>What it costs, in the unit of the inventory; null where nobody says.</summary>
    public double? Cost { get; init; }
}

/// <summary>How far a control is.</summary>
public enum ControlState
{
    /// <summary>It works today.</summary>
    InPlace,

    /// <summary>It works in part.</summary>
    Partial,

    /// <summary>It is decided, and does not work yet.</summary>
    Planned,

    /// <summary>It is not there.</summary>
    Absent,
}

/// <summary>What a control does to a technique.</summary>
/// <param name="TechniqueId">The technique.</param>
/// <param name="Category"><c>mitigates</c>, or <c>protect</c>, <c>detect</c>, <c>respond</c> where the mapping is graded.</param>
/// <param name="Grade"><c>minimal</c>, <c>partial</c>, <c>significant</c>; null where the mapping is not graded.</param>
public sealed record ControlEffect(string TechniqueId, string Category, string? Grade);

/// <summary>Something that was given and has no place in the answer.</summary>
/// <param name="What">What was given: an id, an entry.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="Reason">Why it has no place.</param>
public sealed record Unplaced(string What, string Place, string Reason);

/// <summary>A test that could be run.</summary>
/// <param name="Id">Its id: the GUID of an atomic test.</param>
/// <param name="Name">Its name.</param>
/// <param name="TechniqueId">The technique it tries.</param>
/// <param name="Platforms">Platforms it runs on, as the release spells them; empty where nobody says.</param>
public sealed record KnownTest(string Id, string Name, string TechniqueId, IReadOnlyList<string> Platforms);
