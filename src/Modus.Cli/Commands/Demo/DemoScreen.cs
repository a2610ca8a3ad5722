using System.Globalization;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Demo;

/// <summary>The demo on one screen.</summary>
internal static class DemoScreen
{
    public static void Write(TextWriter to, string name, DemoFindings found, IReadOnlyList<DemoCheck> checks, TimeSpan took, string? kept)
    {
        var head = Invariant($"{name} · {found.Reports} reports, {found.LogSources} log sources, {found.Events:N0} events, {found.Rules} rules");
        to.WriteLine($"{head}{Invariant($"({took.TotalSeconds:0.0} s)").PadLeft(Math.Max(2, 79 - head.Length))}");
        to.WriteLine(Invariant($"  {found.Techniques.Count} techniques  {found.Seen.Count} seen in logs · {found.Told.Count} told by reports · {found.OnlyTold.Count} only claimed   {found.Tactics} tactics"));
        var silent = found.CannotFire.Count == 0 ? "" : $" ({Path.GetFileNameWithoutExtension(found.CannotFire[0].File)})";
        to.WriteLine(Invariant($"  Your {found.Rules} rules: {found.Fired.Count} techniques fired · {found.CannotFire.Count} could not fire{silent} · {found.NobodyLooking.Count} in your logs, nobody looking"));
        to.WriteLine(Invariant($"     {found.OnlyTold.Count} invisible ({string.Join(", ", found.OnlyTold)}); rules that do not load: {found.RefusedRules}"));
        foreach (var rule in found.CannotFire) to.WriteLine($"     {Path.GetFileNameWithoutExtension(rule.File)}: {SafeText.ForTerminal(rule.Cause).Replace(". ", ".\n        ", StringComparison.Ordinal)}");
        to.WriteLine($"  First high-severity alert {Span(found.FirstHigh - found.Entry)} after entry; with {found.BestQueries.Count} queries of the responders\n     as rules ({string.Join(", ", found.BestQueries)}) {Span(found.FirstHighWithQueries - found.Entry)}");
        to.WriteLine($"  Log holes: {string.Join(", ", found.Case.Holes.Select(hole => $"{SafeText.ForTerminal(hole.Host ?? "")} {(hole.To is null ? "from " + hole.From?.UtcDateTime.ToString("MM-dd HH:mm", CultureInfo.InvariantCulture) : Span(hole.To - hole.From))}"))}");
        foreach (var (told, seen) in found.Contradicted) to.WriteLine($"  Reports and logs argue: {told} is told, the logs show {seen}");
        to.WriteLine(Invariant($"  Review: {found.Case.Disputed.Count} items where reports and logs disagree or nothing can check"));
        foreach (var lost in found.Lost) to.WriteLine(Invariant($"  Regression: {SafeText.ForTerminal(lost.Rule)} ({lost.Technique}) alerted on {lost.LastAlert:yyyy-MM-dd}, silent on {lost.Missed:yyyy-MM-dd}{(lost.Host is null ? "" : $" on {SafeText.ForTerminal(lost.Host)}")}"));
        Attribution(to, found);
        to.WriteLine(Invariant($"  ATT&CK 19: {found.Upgraded.Count} ids replaced: {string.Join(", ", found.Upgraded.Select(pair => $"{pair.Old}→{pair.New[1..]}"))}"));
        to.WriteLine(Invariant($"  Used {found.Events:N0} events; {found.Duplicates} records again in a second log, {found.LostRecords} lost in a damaged chunk, {found.RefusedRules} rule refused"));
        to.WriteLine(Invariant($"  {checks.Count(check => check.State == CheckState.Agrees)} of {checks.Count} expected findings came out"));
        if (checks.Where(check => check.State == CheckState.Differs).Select(check => check.What).ToList() is { Count: > 0 } otherwise) to.WriteLine($"     otherwise: {string.Join(", ", otherwise)}");
        Next(to, found, kept);
    }

    private static void Attribution(TextWriter to, DemoFindings found)
    {
        var first = found.Contest.Rankings.First(ranking => ranking is { Measure: Modus.Analysis.Attribution.OverlapMeasure.IdfCosine, OnlyVerified: false }).Scores;
        to.WriteLine(found.Contest.IsFirm
            ? Invariant($"  Looks most like {first[0].Name} ({Share(first[0].Value)}): likeness, no attribution")
            : Invariant($"  Attribution: INCONCLUSIVE: {first[0].Name} {Share(first[0].Value)} and {first[1].Name} {Share(first[1].Value)} are not distinguishable;\n     {found.Contest.Deciding.Count} of {found.Contest.Rare.Count} rare traits decide ({string.Join(", ", found.Contest.Deciding.Select(pair => pair.Technique))})"));
    }

    private static void Next(TextWriter to, DemoFindings found, string? kept)
    {
        var folder = kept is null ? "tidewrack" : SafeText.ForTerminal(kept);
        if (kept is null) to.WriteLine("next:  modus demo --into tidewrack      keeps the case, so that you can go on:");
        else to.WriteLine("next:");
        to.WriteLine(Invariant($"       modus review -C {folder}      the {found.Case.Disputed.Count} disputed items, and all that waits besides"));
        to.WriteLine($"       modus gap -C {folder} --case {found.Case.Id}      what the rules missed of it, and the cheapest next steps");
        to.WriteLine($"       modus report brief -C {folder} -o brief.html      two pages for a decision");
    }

    private static string Span(TimeSpan? span)
    {
        if (span is not { } time) return "never";
        if (time < TimeSpan.FromHours(1)) return Invariant($"{(int)time.TotalMinutes} min{(time.Seconds == 0 ? "" : Invariant($" {time.Seconds} s"))}");
        var minutes = (int)Math.Round(time.TotalMinutes, MidpointRounding.AwayFromZero);
        return Invariant($"{minutes / 60} h {minutes % 60} min");
    }

    private static string Share(double value) => value.ToString(".00", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
