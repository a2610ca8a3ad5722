using System.Text;
using Modus.Logs;
using Xunit;

namespace Modus.Tests.Logs;

public sealed class OtrfTests
{
    [Fact]
    public void Reads_all_events_of_the_flat_sample_whatever_the_number_of_threads()
    {
        var path = TestData.Need("logs/otrf-windows-100k.jsonl.gz");
        string? first = null;
        foreach (var threads in new[] { 1, 3 })
        {
            var reader = new LogReader(new LogReadOptions { Threads = threads });
            var lines = new StringBuilder();
            var report = reader.Run([path], () => new Counter(reader.Fields), result => lines.Append(result), TestContext.Current.CancellationToken);
            Assert.Equal(95_667, report.Events);
            Assert.Equal(95_667, report.Records);
            // Some collections of the set carry only the collector's local time.
            Assert.All(report.Problems, p => Assert.Equal(LogProblemCodes.ZoneUnknown, p.Code));
            Assert.Equal("nxlog", Assert.Single(report.Files).Shapes.Keys.Single());
            first ??= lines.ToString();
            Assert.Equal(first, lines.ToString());
        }
    }

    private sealed class Counter(FieldTable fields) : IEventWorker<string>
    {
        private readonly SortedDictionary<string, int> _sources = new(StringComparer.Ordinal);
        private readonly int _provider = fields.Intern("Provider_Name");
        private int _known;

        public void Accept(LogEvent logEvent)
        {
            var key = logEvent.Source.ToString();
            _sources[key] = _sources.GetValueOrDefault(key) + 1;
            if (logEvent.TryGet(_provider, out _) && logEvent.Time.Quality == TimeQuality.Exact && logEvent.Host.Length > 0) _known++;
        }

        public string EndBlock()
        {
            var text = string.Join(';', _sources.Select(s => $"{s.Key}={s.Value}")) + $" {_known}\n";
            _sources.Clear();
            _known = 0;
            return text;
        }
    }
}
