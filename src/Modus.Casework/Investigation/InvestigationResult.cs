using Modus.Casework.Inputs;

namespace Modus.Casework.Investigation;

/// <summary>What a set of inputs says, in the words of one ATT&amp;CK release.</summary>
public sealed record InvestigationResult
{
    /// <summary>The release that all ids of this result belong to.</summary>
    public required ReleaseNote Release { get; init; }

    /// <summary>Every input that was read, in the order it was given.</summary>
    public required IReadOnlyList<InputRead> Inputs { get; init; }

    /// <summary>What was skipped, repaired or doubtful.</summary>
    public required IReadOnlyList<CaseProblem> Problems { get; init; }

    /// <summary>The tactics of the release's matrices, in matrix order.</summary>
    public required IReadOnlyList<TacticNote> Tactics { get; init; }

    /// <summary>The techniques, by id.</summary>
    public required IReadOnlyList<TechniqueFinding> Techniques { get; init; }

    /// <summary>Groups that share most of the techniques. A plain overlap: no attribution.</summary>
    public required IReadOnlyList<GroupOverlap> Overlaps { get; init; }

    /// <summary>Groups, software and campaigns that the inputs name.</summary>
    public required IReadOnlyList<NamedObject> Names { get; init; }

    /// <summary>Statements that name no technique of the release and could not be projected.</summary>
    public required IReadOnlyList<Unplaced> Unplaced { get; init; }

    /// <summary>What the logs showed about rules and sources; null where no log was read.</summary>
    public LogNote? Logs { get; init; }

    /// <summary>When which host wrote which log; null where no log was read, or nobody asked.</summary>
    public LogHoles.LogActivity? Activity { get; init; }

    /// <summary>Indicators, where the options asked for them, in the order of inputs and places.</summary>
    public IReadOnlyList<Indicators.FoundIndicator> Indicators { get; init; } = [];

    /// <summary>Inputs that were used.</summary>
    public int Used => Inputs.Count(input => input.Used);

    /// <summary>Inputs that were skipped; each has a problem.</summary>
    public int Skipped => Inputs.Count - Used;

    /// <summary>The same findings with files under other names, such as <c>-</c> for what was read from standard input.</summary>
    /// <param name="nameOf">What people call a file that was read.</param>
    public InvestigationResult Named(Func<string, string> nameOf)
    {
        ArgumentNullException.ThrowIfNull(nameOf);
        return this with
        {
            Inputs = [.. Inputs.Select(input => input with { File = nameOf(input.File) })],
            Problems = [.. Problems.Select(problem => problem with { File = nameOf(problem.File) })],
            Techniques = [.. Techniques.Select(finding => finding with { Evidence = [.. finding.Evidence.Select(item => item with { File = nameOf(item.File) })] })],
            Names = [.. Names.Select(name => name with { Files = [.. name.Files.Select(nameOf)] })],
            Unplaced = [.. Unplaced.Select(item => item with { File = nameOf(item.File) })],
            Indicators = [.. Indicators.Select(item => item with { File = nameOf(item.File) })],
        };
    }
}

/// <summary>The release that a result speaks of.</summary>
/// <param name="Domains">The domains loaded, in order.</param>
/// <param name="Version">The version, for example <c>18.1</c>.</param>
/// <param name="Label">Where it comes from, for example that it was reconstructed; null for an official bundle.</param>
public sealed record ReleaseNote(IReadOnlyList<string> Domains, string Version, string? Label);

/// <summary>One input and what became of it.</summary>
/// <param name="File">The file, as the user named it.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Format">The format in words, for example <c>HTML report</c> or <c>layer 4.3, ATT&amp;CK 16</c>.</param>
/// <param name="Sha256">Hash of the file's bytes; null where it could not be read.</param>
/// <param name="Used">False where nothing of it could be used.</param>
/// <param name="Summary">What was found in it, or why it was skipped.</param>
public sealed record InputRead(string File, InputKind Kind, string Format, string? Sha256, bool Used, string Summary)
{
    /// <summary>Records of a log that could not be read; each has a problem.</summary>
    public long SkippedRecords { get; init; }
}

/// <summary>A tactic of the release.</summary>
/// <param name="Id">The tactic's ATT&amp;CK id.</param>
/// <param name="ShortName">The name that techniques refer to.</param>
/// <param name="Name">The name for people.</param>
/// <param name="Domain">The domain of its matrix.</param>
public sealed record TacticNote(string Id, string ShortName, string Name, string Domain);

/// <summary>One technique with everything that speaks of it.</summary>
/// <param name="Id">Its id in the result's release.</param>
/// <param name="Name">Its full name, with the parent's before a colon.</param>
/// <param name="Tactics">Its tactics in the release, in matrix order, as short names.</param>
/// <param name="NamedTactics">Those of its tactics that inputs name; empty where none names one.</param>
/// <param name="Evidence">Everything that speaks of it, firmest first.</param>
public sealed record TechniqueFinding(
    string Id, string Name, IReadOnlyList<string> Tactics, IReadOnlyList<string> NamedTactics, IReadOnlyList<Evidence> Evidence)
{
    /// <summary>The firmest standing of all its evidence.</summary>
    public Standing Standing => Evidence.Min(item => item.Standing);

    /// <summary>True where something says that it happened, or somebody claims it: not merely mentioned.</summary>
    public bool IsFinding => Standing < Standing.Suggested;

    /// <summary>True where only the text mapper proposes it.</summary>
    public bool IsSuggestion => Standing == Standing.Suggested;
}

/// <summary>How many of the techniques a group is known to use.</summary>
/// <param name="Id">The group's id.</param>
/// <param name="Name">The group's name.</param>
/// <param name="Shared">The shared techniques, by id.</param>
/// <param name="Known">Techniques that the group is known to use directly.</param>
/// <param name="Jaccard">Shared techniques divided by those of either side, 0 to 1.</param>
public sealed record GroupOverlap(string Id, string Name, IReadOnlyList<string> Shared, int Known, double Jaccard);

/// <summary>An object of ATT&amp;CK, other than a technique, that the inputs name.</summary>
/// <param name="Kind">Group, software, campaign.</param>
/// <param name="Ids">What the name may stand for: several where an alias is shared.</param>
/// <param name="Name">The name as written.</param>
/// <param name="Mentions">How often it is named as a plain statement.</param>
/// <param name="Aside">How often it is named in advice, background or denial.</param>
/// <param name="Files">The files that name it.</param>
public sealed record NamedObject(string Kind, IReadOnlyList<string> Ids, string Name, int Mentions, int Aside, IReadOnlyList<string> Files);

/// <summary>A statement that found no technique.</summary>
/// <param name="File">The file.</param>
/// <param name="Place">The place in the file.</param>
/// <param name="Written">The id as written.</param>
/// <param name="Reason">Why there is no technique for it.</param>
public sealed record Unplaced(string File, string Place, string Written, string Reason);

/// <summary>What was read from logs, and what no rule could see.</summary>
/// <param name="Events">Events read.</param>
/// <param name="First">Time of the first event.</param>
/// <param name="Last">Time of the last event.</param>
/// <param name="Hosts">Computers that the events name.</param>
/// <param name="Rules">Rules that were loaded.</param>
/// <param name="RulesFired">Rules that matched.</param>
/// <param name="SourcesSeen">Log sources that events came from.</param>
/// <param name="SourcesWithoutRules">Log sources that no rule looks at.</param>
/// <param name="RulesWithoutSource">Rules whose log source was not there.</param>
public sealed record LogNote(
    long Events, DateTimeOffset? First, DateTimeOffset? Last, IReadOnlyList<string> Hosts, int Rules, int RulesFired,
    IReadOnlyList<string> SourcesSeen, IReadOnlyList<string> SourcesWithoutRules, int RulesWithoutSource);
