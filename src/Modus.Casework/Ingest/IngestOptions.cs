using Modus.Casework.Cases;
using Modus.Casework.Inputs;
using Modus.Casework.Workspaces;

namespace Modus.Casework.Ingest;

/// <summary>How evidence is taken in.</summary>
public sealed record IngestOptions
{
    /// <summary>The workspace that it is taken into.</summary>
    public required Workspace Workspace { get; init; }

    /// <summary>Says what would be done, and does nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>Copies the files into the workspace.</summary>
    public bool Keep { get; init; }

    /// <summary>Reads evidence again that the case holds already: for new rules or a new release.</summary>
    public bool Again { get; init; }

    /// <summary>The marking of all of it (TLP 2.0, lower case); null for none.</summary>
    public string? Tlp { get; init; }

    /// <summary>Who or what it comes from, in words.</summary>
    public string Source { get; init; } = "";

    /// <summary>Sigma rule files and folders to run over logs; empty takes the starter set.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>A file that keeps the compiled form of <see cref="Rules"/> for the next start. Default: none.</summary>
    public string? RulePack { get; init; }

    /// <summary>How <see cref="Rules"/> are compiled: values of placeholders.</summary>
    public Modus.Sigma.CompileOptions Compile { get; init; } = new();

    /// <summary>Least probability of the text mapper's suggestions; null takes its own threshold, more than 1 asks for none.</summary>
    public double? LeastProbability { get; init; }

    /// <summary>What all inputs are, where the caller knows better than their content tells; null lets the content tell.</summary>
    public InputKind? As { get; init; }

    /// <summary>How much of the inputs is looked at.</summary>
    public InputLimits Limits { get; init; } = InputLimits.Default;

    /// <summary>The zone of a file whose times have none, as <see cref="Workspace.ZoneOf"/> writes it; null where it is not known.</summary>
    public Func<string, string?> ZoneOf { get; init; } = static _ => null;

    /// <summary>Whether days stand before months in dates of logs such as <c>3/4/2025</c>; null lets each log's other dates decide.</summary>
    public bool? DayFirst { get; init; }

    /// <summary>Asked for the zone of a file whose times have none: the file and its first time as written. Null answers skip the file.</summary>
    public Func<string, string, string?>? AskZone { get; init; }

    /// <summary>Told how far the reading is: inputs done, inputs in all, the one at hand. May be null.</summary>
    public Action<long, long, string>? Progress { get; init; }
}

/// <summary>What became of one input.</summary>
/// <param name="File">The file, as the caller named it.</param>
/// <param name="Kind">What it is, in words: <c>report</c>, <c>logs</c> …</param>
/// <param name="Format">Its format in words.</param>
/// <param name="State"><c>new</c>, <c>known</c> (the case holds these bytes), or <c>skipped</c>.</param>
/// <param name="Summary">What was found in it, or why it was skipped.</param>
/// <param name="EvidenceId">The evidence it became or is; null where it was skipped.</param>
public sealed record IngestedInput(string File, string Kind, string Format, string State, string Summary, string? EvidenceId);

/// <summary>What an ingest did, or would do.</summary>
public sealed record IngestResult
{
    /// <summary>The case that took it.</summary>
    public required CaseRecord Case { get; init; }

    /// <summary>Every input, in the order given.</summary>
    public required IReadOnlyList<IngestedInput> Inputs { get; init; }

    /// <summary>What was met on the way.</summary>
    public required IReadOnlyList<CaseProblem> Problems { get; init; }

    /// <summary>New procedures.</summary>
    public IReadOnlyList<ProcedureRecord> Added { get; init; } = [];

    /// <summary>Procedures that got more evidence.</summary>
    public IReadOnlyList<ProcedureRecord> Changed { get; init; } = [];

    /// <summary>Intelligence gaps that the logs show.</summary>
    public IReadOnlyList<GapRecord> Gaps { get; init; } = [];

    /// <summary>Indicators that are new or were seen again.</summary>
    public IReadOnlyList<Indicators.IndicatorRecord> Indicators { get; init; } = [];

    /// <summary>The change set that holds all of it; 0 where nothing was written.</summary>
    public long ChangeSet { get; init; }

    /// <summary>Inputs used, known ones included.</summary>
    public int Used => Inputs.Count(input => input.State != "skipped");

    /// <summary>Inputs that were skipped; each has a problem.</summary>
    public int Skipped => Inputs.Count - Used;
}
