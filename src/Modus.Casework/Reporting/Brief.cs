using System.Globalization;
using Modus.Casework.Cases;

namespace Modus.Casework.Reporting;

/// <summary>A day of the case in one line.</summary>
/// <param name="Date">The day, UTC.</param>
/// <param name="From">Time of the first act.</param>
/// <param name="To">Time of the last act.</param>
/// <param name="Hosts">Hosts, in the order they were reached.</param>
/// <param name="Tactics">Names of the tactics, in matrix order.</param>
/// <param name="Techniques">Names of the techniques, by time.</param>
/// <param name="Ids">The procedures behind it.</param>
public sealed record BriefDay(
    DateOnly Date, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<string> Hosts, IReadOnlyList<string> Tactics, IReadOnlyList<string> Techniques, IReadOnlyList<string> Ids);

/// <summary>Something to do.</summary>
/// <param name="What">What, as an instruction.</param>
/// <param name="Why">Why, with its numbers.</param>
/// <param name="Ids">The records behind it.</param>
public sealed record BriefAction(string What, string Why, IReadOnlyList<string> Ids);

/// <summary>The two pages for a manager: what happened, how sure, what to do.</summary>
public sealed record Brief
{
    /// <summary>The report that the brief is drawn from.</summary>
    public required CaseReport Report { get; init; }

    /// <summary>What happened, in one or two sentences.</summary>
    public required string WhatHappened { get; init; }

    /// <summary>The days, in order.</summary>
    public required IReadOnlyList<BriefDay> Days { get; init; }

    /// <summary>What is not known, the most telling first.</summary>
    public required IReadOnlyList<BriefAction> NotKnown { get; init; }

    /// <summary>How sure that is, a statement each.</summary>
    public required IReadOnlyList<BriefAction> HowSure { get; init; }

    /// <summary>How far the defence saw it; empty where the workspace knows nothing of its defence.</summary>
    public required IReadOnlyList<BriefAction> Watched { get; init; }

    /// <summary>What to do, the most pressing first.</summary>
    public required IReadOnlyList<BriefAction> WhatToDo { get; init; }

    /// <summary>What belongs into a brief and cannot be said, with the reason.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>Draws a brief from a report.</summary>
    public static Brief Of(CaseReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var days = DaysOf(report);
        return new Brief
        {
            Report = report,
            WhatHappened = Told(report, days),
            Days = days,
            NotKnown = BriefStatements.NotKnown(report),
            HowSure = BriefStatements.HowSure(report),
            WhatToDo = Together(BriefStatements.WhatToDo(report), BriefDefence.ToDo(report)),
            Watched = BriefDefence.Seen(report),
            Missing = BriefDefence.Missing(report),
        };
    }

    /// <summary>What the case asks for and what the defence needs, in turns: a page holds the first few of both.</summary>
    private static IReadOnlyList<BriefAction> Together(IReadOnlyList<BriefAction> open, IReadOnlyList<BriefAction> defence) =>
        [.. Enumerable.Range(0, Math.Max(open.Count, defence.Count)).SelectMany(at => open.Skip(at).Take(1).Concat(defence.Skip(at).Take(1)))];

    private static List<BriefDay> DaysOf(CaseReport report)
    {
        var names = report.Tactics.Select((tactic, at) => (tactic, at)).ToDictionary(pair => pair.tactic.ShortName, pair => (pair.tactic.Name, pair.at), StringComparer.Ordinal);
        return
        [
            .. report.Established.SelectMany(technique => technique.Procedures.Select(procedure => (technique, procedure))).Where(pair => pair.procedure.First is not null)
                .OrderBy(pair => pair.procedure.First).ThenBy(pair => pair.procedure.Id, StringComparer.Ordinal)
                .GroupBy(pair => DateOnly.FromDateTime(pair.procedure.First!.Value.UtcDateTime))
                .Select(day => new BriefDay(
                    day.Key, day.Min(pair => pair.procedure.First!.Value), day.Max(pair => pair.procedure.Last ?? pair.procedure.First!.Value),
                    [.. day.SelectMany(pair => pair.procedure.Hosts).Distinct(StringComparer.OrdinalIgnoreCase)],
                    [.. day.SelectMany(pair => pair.procedure.Tactics.Count > 0 ? pair.procedure.Tactics : pair.technique.Tactics.Take(1)).Where(names.ContainsKey).Select(name => names[name]).Distinct().OrderBy(name => name.at).Select(name => name.Name)],
                    [.. day.Select(pair => BriefStatements.OwnName(pair.technique.Name)).Distinct(StringComparer.Ordinal)],
                    [.. day.Select(pair => pair.procedure.Id)])),
        ];
    }

    private static string Told(CaseReport report, List<BriefDay> days)
    {
        var techniques = report.Established;
        if (techniques.Count == 0) return "The case holds no technique that events show or documents tell.";
        var tactics = techniques.SelectMany(technique => technique.Tactics).Distinct(StringComparer.Ordinal).Count();
        var hosts = report.Figures[ReportFigures.Hosts];
        var span = report is { First: { } first, Last: { } last }
            ? string.Create(CultureInfo.InvariantCulture, $"Between {first.UtcDateTime:d MMMM yyyy HH:mm} and {last.UtcDateTime:d MMMM yyyy HH:mm} UTC the adversary")
            : "The adversary";
        var where = hosts.Count > 0 ? string.Create(CultureInfo.InvariantCulture, $" on {hosts.Count} {(hosts.Count == 1 ? "host" : "hosts")}") : "";
        var sentence = string.Create(CultureInfo.InvariantCulture, $"{span} used {techniques.Count} {(techniques.Count == 1 ? "technique" : "techniques")} in {tactics} of {report.Tactics.Count} tactics{where}.");
        return days.Count == 0 ? sentence : $"{sentence} It began with {days[0].Techniques[0]} and ended with {days[^1].Techniques[^1]}.";
    }
}
