using Modus.Analysis.Knowledge;

namespace Modus.Analysis.Attribution;

/// <summary>Kinds of question. What is known of an actor relates otherwise to a new report than to one of many that are already in the knowledge.</summary>
internal static class Situations
{
    /// <summary>About now: the report is newer than the knowledge.</summary>
    public const int Now = 0;

    /// <summary>About a day in the past.</summary>
    public const int AsOf = 1;

    /// <summary>Sources are left out, and others about the same event may be there.</summary>
    public const int LeftOut = 2;

    /// <summary>Names of the kinds, in the order of their numbers.</summary>
    public static IReadOnlyList<string> Names { get; } = ["about now", "as of a date", "sources left out"];

    /// <summary>Which kind a lens makes of a question. A day after the newest source, and sources that the knowledge does not have, leave a question about now.</summary>
    public static int Of(KnowledgeIndex index, Lens lens) => lens.AsOf is { } day && day.DayNumber <= index.NewestDay ? AsOf
        : lens.ExcludedSources.Any(source => index.Sources.Find(source) >= 0) ? LeftOut : Now;
}
