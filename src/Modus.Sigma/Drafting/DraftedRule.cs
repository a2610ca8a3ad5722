using System.Collections.Immutable;
using Modus.Sigma.Scoring;

namespace Modus.Sigma.Drafting;

/// <summary>What the maker of a draft states.</summary>
public sealed record DraftOptions
{
    /// <summary>The title; null for one made of the log source and what was seen.</summary>
    public string? Title { get; init; }

    /// <summary>The author; default: "Unknown".</summary>
    public string Author { get; init; } = "Unknown";

    /// <summary>The day of the draft.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Tags to carry, for example <c>attack.t1490</c>.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];
}

/// <summary>A rule drafted from an event.</summary>
/// <param name="Yaml">The rule.</param>
/// <param name="Fixtures">Its fixture file: the event must match, the event with its decisive values replaced must not.</param>
/// <param name="Score">How hard the draft is to escape.</param>
/// <param name="Left">Fields of the event that the draft leaves out because their values change from event to event, each with the reason.</param>
public sealed record DraftedRule(string Yaml, string Fixtures, RuleScore Score, ImmutableArray<(string Field, string Reason)> Left);
