using Modus.Analysis.Attribution;
using Modus.Analysis.Coverage;

namespace Modus.Cli.Commands.Demo;

/// <summary>A rule or query that matched something: when first, and how grave.</summary>
internal sealed record DemoHit(string File, string Title, bool IsHigh, DateTime First, long Count, IReadOnlyList<string> Techniques);

/// <summary>A rule that found nothing although its log source is there.</summary>
internal sealed record SilentRule(string File, string Title, IReadOnlyList<string> Techniques, string Cause);

/// <summary>What the product made of the sample case.</summary>
internal sealed record DemoFindings
{
    public required int Reports { get; init; }

    public required int LogSources { get; init; }

    public required long Events { get; init; }

    public required long Duplicates { get; init; }

    public required long LostRecords { get; init; }

    public required int Rules { get; init; }

    public required int RefusedRules { get; init; }

    /// <summary>Techniques that an event shows.</summary>
    public required IReadOnlySet<string> Seen { get; init; }

    /// <summary>Techniques that a report tells, without those that are coarser than another told or seen, or contradicted by the logs.</summary>
    public required IReadOnlySet<string> Told { get; init; }

    /// <summary>Told techniques that no log shows, where the logs show a sister of theirs that no report tells.</summary>
    public required IReadOnlyList<(string Told, string Seen)> Contradicted { get; init; }

    public required int Tactics { get; init; }

    /// <summary>Techniques that a rule of the company fired for.</summary>
    public required IReadOnlySet<string> Fired { get; init; }

    public required IReadOnlyList<SilentRule> CannotFire { get; init; }

    public required DateTime Entry { get; init; }

    public required DateTime? FirstAlert { get; init; }

    public required DateTime? FirstHigh { get; init; }

    /// <summary>Those of the responders' queries that would have helped most as rules, in the order of choice.</summary>
    public required IReadOnlyList<string> BestQueries { get; init; }

    /// <summary>When the first grave alert would have come with these as rules.</summary>
    public required DateTime? FirstHighWithQueries { get; init; }

    /// <summary>The case on record.</summary>
    public required DemoCase Case { get; init; }

    /// <summary>Rules that alerted in one exercise and were silent in a later one.</summary>
    public required IReadOnlyList<LostDetection> Lost { get; init; }

    public required OverlapContest Contest { get; init; }

    /// <summary>Old ids of the case's techniques with their successors in the newest release.</summary>
    public required IReadOnlyList<(string Old, string New)> Upgraded { get; init; }

    public IReadOnlySet<string> Techniques => Seen.Union(Told).ToHashSet(StringComparer.Ordinal);

    public IReadOnlyList<string> OnlyTold => [.. Told.Except(Seen).Order(StringComparer.Ordinal)];

    public IReadOnlyList<string> NobodyLooking =>
        [.. Seen.Except(Fired).Except(CannotFire.SelectMany(rule => rule.Techniques)).Order(StringComparer.Ordinal)];
}
