using System.Globalization;
using Modus.Logs;
using Xunit;

namespace Modus.Tests.Logs.Evtx;

/// <summary>The rules' regression samples exist as EVTX and as JSON: two readers must see the same events.</summary>
public sealed class EvtxRegressionTests
{
    /// <summary>The one sample whose JSON was not made from its EVTX: it spells a path in another case.</summary>
    private const string Edited = "ad691d92-15f2-4181-9aa4-723c74f9ddc3";

    [Fact]
    public void Values_agree_with_the_json_beside_each_sample()
    {
        var folder = TestData.Need("sigma/regression_data");
        var differences = new List<string>();
        var events = 0;
        foreach (var evtx in Directory.EnumerateFiles(folder, "*.evtx", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var json = Path.ChangeExtension(evtx, ".json");
            if (!File.Exists(json) || Path.GetFileNameWithoutExtension(evtx) == Edited) continue;
            var binary = Read(evtx);
            var text = Read(json);
            events += text.Count;
            var name = Path.GetFileName(evtx);
            var byRecord = binary.ToLookup(e => e.RecordId);
            foreach (var expected in text)
            {
                var found = byRecord[expected.RecordId].FirstOrDefault();
                if (found is null) differences.Add($"{name}: record {expected.RecordId} is missing");
                else Compare(name, expected, found, differences);
            }
        }

        Assert.True(events >= 200, $"only {events} events compared");
        Assert.True(differences.Count == 0, $"{differences.Count} of {events} events:\n{string.Join('\n', differences.Take(40))}");
    }

    private static List<EventRecord> Read(string path)
    {
        var reader = new LogReader();
        var events = reader.Read(path).Select(e => e.Keep()).ToList();
        Assert.All(events, e => Assert.Equal("evtx", e.Shape));
        return events;
    }

    private static void Compare(string name, EventRecord expected, EventRecord found, List<string> differences)
    {
        var left = Fields(expected);
        var right = Fields(found);
        foreach (var key in left.Keys.Union(right.Keys).Order(StringComparer.Ordinal))
        {
            var a = left.GetValueOrDefault(key, "");
            var b = right.GetValueOrDefault(key, "");
            if (a != b) differences.Add($"{name} {expected.RecordId} {key}: json <{a}> evtx <{b}>");
        }
    }

    private static Dictionary<string, string> Fields(EventRecord e)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var group in e.Fields.GroupBy(f => f.Name))
        {
            var text = string.Join('\u0001', group.Select(f => Plain(f.Text)).Where(t => t.Length > 0));
            if (text.Length > 0) fields[group.Key] = text;
        }

        return fields;
    }

    /// <summary>Times are cut to microseconds and texts at their spaces, as the JSON's writer did.</summary>
    private static string Plain(string? text)
    {
        if (text is null) return "";
        if (text.Length is > 19 and < 30 && text[10] == 'T' && text[^1] == 'Z'
            && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var time))
            return time.ToString("yyyy-MM-ddTHH:mm:ss.ffffff", CultureInfo.InvariantCulture);
        return text.Trim();
    }
}
