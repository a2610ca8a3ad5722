namespace Modus.Analysis.Coverage;

/// <summary>A log that is collected, from which hosts, and how well.</summary>
/// <param name="Id">What rules of the inventory and the planner call it.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Place">Where it is written.</param>
public sealed record LogSourceCoverage(string Id, string Name, string Place)
{
    /// <summary>The platforms of the hosts it comes from, as the release spells them.</summary>
    public IReadOnlyList<string> Platforms { get; init; } = [];

    /// <summary>The host groups it comes from; empty where the inventory has none.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>The share of these hosts that send it, 0 to 1; 0 means known and not collected.</summary>
    public double HostShare { get; init; } = 1;

    /// <summary>How long events are kept, in days; null where nobody says.</summary>
    public int? RetentionDays { get; init; }

    /// <summary>Since when it is collected, or null.</summary>
    public DateOnly? Since { get; init; }

    /// <summary>When somebody last saw events of it, or null: the day the statement is good for.</summary>
    public DateOnly? SeenOn { get; init; }

    /// <summary>Who runs it, or null.</summary>
    public string? Owner { get; init; }

    /// <summary>What it costs, in the unit of the inventory; null where nobody says.</summary>
    public double? Cost { get; init; }

    /// <summary>Data quality 0 (none) to 5 (all hosts, all fields, in time), as scoring files grade it; null where nobody says.</summary>
    public double? Quality { get; init; }

    /// <summary>The log in Sigma's words: what rules name to read it.</summary>
    public IReadOnlyList<SigmaStream> Streams { get; init; } = [];

    /// <summary>By service among the <see cref="Streams"/>: the categories of Sigma that its events are of. A service that is not here may be of any.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Categories { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The log in ATT&amp;CK's words, as analytics name it: <c>WinEventLog:Security</c>, each with the event codes collected (empty for all).</summary>
    public IReadOnlyList<AttackStream> AttackSources { get; init; } = [];

    /// <summary>Data components it shows, by name.</summary>
    public IReadOnlyList<string> Components { get; init; } = [];

    /// <summary>Event codes that come with it; empty for all. Asked where <see cref="AttackSources"/> names nothing.</summary>
    public IReadOnlyList<int> EventCodes { get; init; } = [];

    /// <summary>From how many hosts events were seen; null where nobody looked.</summary>
    public int? ObservedHosts { get; init; }

    /// <summary>True where events of it were looked at, and it is not only said to be there.</summary>
    public bool WasObserved { get; init; }

    /// <summary>True where at least one host sends it.</summary>
    public bool IsCollected => HostShare > 0;
}

/// <summary>A log in Sigma's words; null parts stand for any.</summary>
/// <param name="Product">Product, in lower case.</param>
/// <param name="Category">Category, in lower case.</param>
/// <param name="Service">Service, in lower case.</param>
public sealed record SigmaStream(string? Product, string? Category, string? Service)
{
    /// <summary>Written as <c>product/category/service</c> with <c>*</c> for any.</summary>
    public override string ToString() => $"{Product ?? "*"}/{Category ?? "*"}/{Service ?? "*"}";
}

/// <summary>A log in ATT&amp;CK's words.</summary>
/// <param name="Name">The name that analytics use; case and blanks around it do not matter.</param>
/// <param name="EventCodes">The event codes collected; empty for all.</param>
public sealed record AttackStream(string Name, IReadOnlyList<int> EventCodes)
{
    /// <summary>Words of the channel that this is about, such as the calls collected; empty for all.</summary>
    public IReadOnlyList<string> Terms { get; init; } = [];
}
