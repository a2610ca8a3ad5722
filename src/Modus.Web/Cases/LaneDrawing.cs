using System.Globalization;
using Modus.Casework.Cases;
using Modus.Casework.Comparison;
using Modus.Casework.Reporting;

namespace Modus.Web.Cases;

/// <summary>Where the timeline's dots and holes lie: a lane a host, the case's span from left to right.</summary>
internal sealed class LaneDrawing
{
    // A page holds so many lanes; the hosts with least share the last one. Dots closer than this are drawn as one.
    private const int MostLanes = 16, Left = 150, Right = 1180, Top = 34, LaneHeight = 26, LeastDistance = 5;
    private const string Others = "other hosts";

    private LaneDrawing(IReadOnlyList<string> hosts, IReadOnlyList<(double X, string Text)> days, IReadOnlyList<Dot> dots, IReadOnlyList<Hole> holes) =>
        (Hosts, Days, Dots, Holes) = (hosts, days, dots, holes);

    /// <summary>A dot: acts on one host at nearly one time.</summary>
    public sealed record Dot(double X, double Y, double Radius, string Href, string Title);

    /// <summary>A log hole.</summary>
    public sealed record Hole(double X, double Y, double Width, double Height, string Href, string Title);

    public IReadOnlyList<string> Hosts { get; }

    public IReadOnlyList<(double X, string Text)> Days { get; }

    public IReadOnlyList<Dot> Dots { get; }

    public IReadOnlyList<Hole> Holes { get; }

    public static int Width => Right + 20;

    public int Height => Top + Hosts.Count * LaneHeight + 10;

    public static int LaneLeft => Left;

    public static int LaneRight => Right;

    /// <summary>The middle of a lane.</summary>
    public static double LaneY(int lane) => Top + lane * LaneHeight + LaneHeight / 2.0;

    /// <summary>The drawing of a case; null where nothing has a time.</summary>
    public static LaneDrawing? Of(CaseReport report)
    {
        var acts = report.Timeline.Where(row => row.Kind != "hole").ToList();
        if (acts.Count == 0) return null;
        var from = acts.Min(row => row.Time);
        var to = acts.Max(row => row.Until ?? row.Time);
        // Holes are shown as far as they touch the case: logs may reach far beyond it.
        var slack = TimeSpan.FromTicks(Math.Max(TimeSpan.FromMinutes(10).Ticks, (to - from).Ticks / 50));
        (from, to) = (from - slack, to + slack);
        double Place(DateTimeOffset time) => Left + (Right - Left) * Math.Clamp((time - from) / (to - from), 0, 1);

        // Hosts in the order they were reached: the way of the adversary reads from top to bottom.
        var names = acts.GroupBy(Host, StringComparer.OrdinalIgnoreCase).Select(group => (Name: group.Key, Count: group.Sum(row => Math.Max(1, row.Count)), First: group.Min(row => row.Time))).ToList();
        var kept = names.OrderByDescending(name => name.Count).ThenBy(name => name.Name, StringComparer.Ordinal).Take(names.Count > MostLanes ? MostLanes - 1 : MostLanes).OrderBy(name => name.First).ThenBy(name => name.Name, StringComparer.Ordinal).Select(name => name.Name).ToList();
        if (names.Count > kept.Count) kept.Add(Others);
        int Lane(string host) => kept.FindIndex(name => name.Equals(host, StringComparison.OrdinalIgnoreCase)) is var at and >= 0 ? at : kept.Count - 1;

        var dots = acts.GroupBy(row => (Lane: Lane(Host(row)), Slot: Math.Floor(Place(row.Time) / LeastDistance))).OrderBy(group => group.Key.Lane).ThenBy(group => group.Key.Slot)
            .Select(group => new Dot(Place(group.First().Time), LaneY(group.Key.Lane), group.Count() switch { 1 => 4.5, < 4 => 6, _ => 7.5 }, group.First().RecordId, TitleOf([.. group])));
        var holes = report.Gaps.Where(gap => gap.Type != "question" && gap.From is not null && gap.From < to && (gap.To ?? to) > from).Select(gap =>
        {
            var lane = gap.Host is { } host && kept.Contains(host, StringComparer.OrdinalIgnoreCase) ? Lane(host) : -1;
            var (left, right) = (Place(gap.From!.Value), Place(gap.To ?? to));
            return new Hole(left, lane < 0 ? Top : LaneY(lane) - 9, Math.Max(3, right - left), lane < 0 ? kept.Count * LaneHeight : 18, gap.Id, $"{gap.Type}: {gap.Reason}");
        });
        var days = new List<(double, string)>();
        for (var day = new DateTimeOffset(from.UtcDateTime.Date, TimeSpan.Zero).AddDays(1); day < to && days.Count < 62; day = day.AddDays(1)) days.Add((Place(day), day.ToString("ddd d MMM", CultureInfo.InvariantCulture)));
        return new LaneDrawing(kept, days, [.. dots], [.. holes]);
    }

    /// <summary>A number of SVG: the same text under every culture.</summary>
    public static string Text(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Host(TimelineRow row) => row.Host.Length > 0 ? row.Host : "no host named";

    private static string TitleOf(List<TimelineRow> rows) => string.Create(CultureInfo.InvariantCulture,
        $"{rows[0].Time.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC {Host(rows[0])}: {string.Join(", ", rows.Select(row => $"{row.Technique} {row.Name}").Distinct().Take(4))}{(rows.Count > 4 ? " …" : "")}");
}
