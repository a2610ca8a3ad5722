using Modus.Sigma.Rules;

namespace Modus.Sigma.Correlation;

/// <summary>Measures a window while events join at its end and leave at its start.</summary>
internal abstract class WindowMeasure
{
    public static WindowMeasure For(CompiledCorrelation correlation) => correlation.Rule.Type switch
    {
        CorrelationType.EventCount => new EventCount(),
        CorrelationType.ValueCount => new DistinctCount(),
        CorrelationType.Temporal => new InputCount(correlation.Inputs.Length),
        CorrelationType.TemporalOrdered => new OrderedCount(correlation.Inputs.Length, correlation.Rule.Timespan),
        CorrelationType.ValueSum => new Sum(mean: false),
        CorrelationType.ValueAvg => new Sum(mean: true),
        CorrelationType.ValueMedian => new Percentile(50),
        _ => new Percentile(correlation.Rule.Percentile ?? 50),
    };

    public abstract void Join(WindowItem item);

    public abstract void Leave(WindowItem item);

    /// <summary>The measure of the window, or null when it holds nothing that can be measured.</summary>
    public abstract decimal? Now { get; }

    private sealed class EventCount : WindowMeasure
    {
        private int count;

        public override decimal? Now => count;

        public override void Join(WindowItem item) => count++;

        public override void Leave(WindowItem item) => count--;
    }

    private sealed class DistinctCount : WindowMeasure
    {
        private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);

        public override decimal? Now => counts.Count;

        public override void Join(WindowItem item)
        {
            if (item.Measure is string value) counts[value] = counts.GetValueOrDefault(value) + 1;
        }

        public override void Leave(WindowItem item)
        {
            if (item.Measure is not string value) return;
            if (--counts[value] == 0) counts.Remove(value);
        }
    }

    private sealed class InputCount(int inputs) : WindowMeasure
    {
        private readonly int[] counts = new int[inputs];

        public override decimal? Now => counts.Count(count => count > 0);

        public override void Join(WindowItem item) => Change(item, 1);

        public override void Leave(WindowItem item) => Change(item, -1);

        private void Change(WindowItem item, int by)
        {
            for (var input = 0; input < counts.Length; input++)
                if ((item.Inputs >> input & 1) != 0) counts[input] += by;
        }
    }

    /// <summary>The longest run of rules that appear in their order, each by an event of its own.</summary>
    private sealed class OrderedCount(int inputs, TimeSpan timespan) : WindowMeasure
    {
        // starts[length, last]: the latest start of an ordered run of so many rules that ends with that rule.
        private readonly DateTime?[,] starts = new DateTime?[inputs + 1, inputs];
        private DateTime now;

        public override decimal? Now
        {
            get
            {
                for (var length = inputs; length > 0; length--)
                    for (var last = 0; last < inputs; last++)
                        if (starts[length, last] is { } start && now - start <= timespan) return length;
                return 0;
            }
        }

        public override void Join(WindowItem item)
        {
            now = item.Time;
            // Longer runs first, and later rules first: so the event extends only runs that ended before it.
            for (var length = inputs; length > 0; length--)
            {
                for (var last = inputs - 1; last >= 0; last--)
                {
                    if ((item.Inputs >> last & 1) == 0) continue;
                    var start = length == 1 ? now : Latest(length - 1, last);
                    if (start is not null && (starts[length, last] is null || start > starts[length, last])) starts[length, last] = start;
                }
            }
        }

        // Nothing to do: a run that started too early is told by its start.
        public override void Leave(WindowItem item)
        {
        }

        private DateTime? Latest(int length, int before)
        {
            DateTime? latest = null;
            for (var last = 0; last < before; last++)
                if (starts[length, last] is { } start && (latest is null || start > latest)) latest = start;
            return latest;
        }
    }

    private sealed class Sum(bool mean) : WindowMeasure
    {
        private decimal sum;
        private int count;

        public override decimal? Now => count == 0 ? null : mean ? sum / count : sum;

        public override void Join(WindowItem item) => Change(item, 1);

        public override void Leave(WindowItem item) => Change(item, -1);

        private void Change(WindowItem item, int sign)
        {
            if (item.Measure is not decimal value) return;
            sum += sign * value;
            count += sign;
        }
    }

    /// <summary>A percentile with linear interpolation between neighbours; the median of an even count is the mean of the middle two.</summary>
    private sealed class Percentile(decimal percent) : WindowMeasure
    {
        private readonly List<decimal> sorted = [];

        public override decimal? Now
        {
            get
            {
                if (sorted.Count == 0) return null;
                var place = percent / 100 * (sorted.Count - 1);
                var below = (int)place;
                var above = Math.Min(below + 1, sorted.Count - 1);
                return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
            }
        }

        public override void Join(WindowItem item)
        {
            if (item.Measure is not decimal value) return;
            var at = sorted.BinarySearch(value);
            sorted.Insert(at < 0 ? ~at : at, value);
        }

        public override void Leave(WindowItem item)
        {
            if (item.Measure is decimal value) sorted.RemoveAt(sorted.BinarySearch(value));
        }
    }
}
