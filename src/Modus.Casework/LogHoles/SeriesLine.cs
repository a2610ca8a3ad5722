using System.Globalization;

namespace Modus.Casework.LogHoles;

/// <summary>One host's log source over all files, on one line of time.</summary>
internal sealed class SeriesLine
{
    // A silence counts from 15 minutes on, and only where at least 12 active minutes were to be expected in it: by chance that
    // happens less often than once in 100,000 (e^-12), if minutes are active independently of each other. They are not quite, so
    // a silence must also be four times as long as all but the longest hundredth of this line's usual ones.
    private const int ShortestMinutes = 15, ExpectedMinutes = 12, TimesUsual = 4, FewestSteps = 30, MostSilences = 20;

    // Ids count as complete, and missing ones as missing, where at least nine in ten are there: else the export was a selection.
    private const double Complete = 0.9;
    private const int FewestRecords = 50, FewestMissing = 5, MostMissing = 20;

    private readonly IReadOnlyList<LogSeries> parts;
    private readonly DateTimeOffset? end;
    private readonly (long First, long Last)[] steps;
    private readonly int minutes;

    public SeriesLine(string host, string source, IReadOnlyList<LogSeries> parts, DateTimeOffset? end)
    {
        (Host, Source, this.parts, this.end) = (host, source, parts, end);
        var whole = new LogSeries("", host, source);
        foreach (var part in parts) whole.Add(part);
        minutes = whole.StepMinutes;
        steps = [.. whole.Steps.OrderBy(step => step.Key).Select(step => step.Value)];
        FirstTime = whole.First;
        Records = whole.Records;
    }

    public string Host { get; }

    public string Source { get; }

    public DateTimeOffset? FirstTime { get; }

    private List<(long Id, long Ticks)>? Records { get; }

    private IReadOnlyList<string> Files => [.. parts.Select(part => part.File).Order(StringComparer.Ordinal)];

    /// <summary>The first event after a time that can be told apart from those before it.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset time)
    {
        var ticks = time.UtcTicks;
        var at = Array.FindIndex(steps, step => step.Last > ticks);
        if (at < 0) return null;
        // Within the step of the mark only the last time is known; what came right behind the stop is its own echo.
        if (steps[at].First <= ticks) return steps[at].Last - ticks < TimeSpan.TicksPerSecond * 5 ? at + 1 < steps.Length ? Time(steps[at + 1].First) : null : Time(steps[at].Last);
        return Time(steps[at].First);
    }

    /// <summary>Times in which this source says nothing though it should have.</summary>
    public IEnumerable<LogHole> Silences()
    {
        if (steps.Length < FewestSteps || minutes > 1) return [];
        var rates = new ActivityRates(steps, end?.UtcTicks ?? steps[^1].Last);
        var usual = Usual();
        var found = new List<(double Expected, LogHole Hole)>();
        for (var at = 0; at < steps.Length; at++)
        {
            var last = at + 1 == steps.Length;
            var (from, to) = (steps[at].Last, last ? end?.UtcTicks ?? steps[at].Last : steps[at + 1].First);
            var length = (to - from) / TimeSpan.TicksPerMinute;
            if (length < ShortestMinutes || length < TimesUsual * usual) continue;
            var expected = rates.Expected(from, to);
            if (expected < ExpectedMinutes) continue;
            var reason = string.Create(CultureInfo.InvariantCulture, $"no event for {Length(length)}, where {expected:0} active minutes were to be expected");
            found.Add((expected, new LogHole("silence", Host, [Source], Time(from), last ? null : Time(to), last ? reason + "; none follows" : reason, Files, null)));
        }
        return found.OrderByDescending(item => item.Expected).Take(MostSilences).Select(item => item.Hole);
    }

    /// <summary>Record numbers that were given out and are not there.</summary>
    public IEnumerable<LogHole> MissingRecords()
    {
        if (Records is not { Count: >= FewestRecords } records) return [];
        var ordered = records.DistinctBy(record => record.Id).OrderBy(record => record.Id).ToList();
        var (low, high) = (ordered[0].Id, ordered[^1].Id);
        if (ordered.Count < Complete * (high - low + 1)) return [];
        var found = new List<(long Missing, LogHole Hole)>();
        for (var at = 1; at < ordered.Count; at++)
        {
            var missing = ordered[at].Id - ordered[at - 1].Id - 1;
            if (missing < FewestMissing) continue;
            var (from, to) = (Math.Min(ordered[at - 1].Ticks, ordered[at].Ticks), Math.Max(ordered[at - 1].Ticks, ordered[at].Ticks));
            var reason = string.Create(CultureInfo.InvariantCulture, $"records {ordered[at - 1].Id + 1} to {ordered[at].Id - 1} ({missing:N0}) are missing, while {100.0 * ordered.Count / (high - low + 1):0.#} % of this log's numbers are there");
            found.Add((missing, new LogHole("missing-records", Host, [Source], Time(from), Time(to), reason, Files, FormattableString.Invariant($"record {ordered[at - 1].Id}"))));
        }
        return found.OrderByDescending(item => item.Missing).Take(MostMissing).Select(item => item.Hole);
    }

    /// <summary>The length in minutes that all but the longest hundredth of the pauses stay below.</summary>
    private double Usual()
    {
        var pauses = new List<long>(steps.Length);
        for (var at = 1; at < steps.Length; at++) pauses.Add((steps[at].First - steps[at - 1].Last) / TimeSpan.TicksPerMinute);
        pauses.Sort();
        return pauses.Count == 0 ? 0 : pauses[(int)((pauses.Count - 1) * 0.99)];
    }

    private static string Length(long minutes) => minutes < 120 ? string.Create(CultureInfo.InvariantCulture, $"{minutes} min")
        : minutes < 48 * 60 ? string.Create(CultureInfo.InvariantCulture, $"{minutes / 60} h {minutes % 60} min") : string.Create(CultureInfo.InvariantCulture, $"{minutes / 1440} days");

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);

    /// <summary>How often a minute is active, by hour of the day and working day or weekend.</summary>
    private sealed class ActivityRates
    {
        // A class of hours of which less is known than this says nothing.
        private const double FewestKnownMinutes = 30;

        private readonly double[] active = new double[48], known = new double[48];
        private readonly bool isShort;

        public ActivityRates((long First, long Last)[] steps, long end)
        {
            foreach (var (first, _) in steps) active[ClassOf(first)]++;
            Spread(steps[0].First, Math.Max(end, steps[^1].Last), (hour, minutes) => known[hour] += minutes);
            isShort = end - steps[0].First < TimeSpan.TicksPerDay;
        }

        /// <summary>Active minutes to be expected in a silence, by what the other days say about the same hours; of less than a day, by the rest of it.</summary>
        public double Expected(long from, long to)
        {
            var silent = new double[48];
            Spread(from, to, (hour, minutes) => silent[hour] += minutes);
            if (isShort) return silent.Sum() * active.Sum() / Math.Max(1, known.Sum() - silent.Sum());
            var sum = 0.0;
            for (var hour = 0; hour < 48; hour++)
                if (silent[hour] > 0 && known[hour] - silent[hour] >= FewestKnownMinutes) sum += silent[hour] * active[hour] / (known[hour] - silent[hour]);
            return sum;
        }

        private static void Spread(long from, long to, Action<int, double> add)
        {
            for (var at = from; at < to;)
            {
                var next = Math.Min(to, (at / TimeSpan.TicksPerHour + 1) * TimeSpan.TicksPerHour);
                add(ClassOf(at), (next - at) / (double)TimeSpan.TicksPerMinute);
                at = next;
            }
        }

        private static int ClassOf(long ticks)
        {
            var time = new DateTime(ticks, DateTimeKind.Utc);
            return time.Hour + (time.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 24 : 0);
        }
    }
}
