using System.Text.Json;

namespace Modus.SampleCase.Windows;

/// <summary>Writes Windows events as JSON lines in the two shapes in which collectors hand them on.</summary>
internal static class WinWriter
{
    private const string Namespace = "http://schemas.microsoft.com/win/2004/08/events/event";

    /// <summary>Puts events in order and numbers them within their host and channel.</summary>
    public static IReadOnlyList<WinEvent> Order(IEnumerable<WinEvent> events)
    {
        var ordered = events.OrderBy(e => e.Time).ThenBy(e => e.Host, StringComparer.Ordinal).ToList();
        var next = new Dictionary<(string, string), long>();
        foreach (var e in ordered)
        {
            var key = (e.Host, e.Source.Channel);
            if (!next.TryGetValue(key, out var record)) record = 1000L * (1 + ((e.Host.Length * 7) + e.Source.Channel.Length));
            e.Record = record;
            next[key] = record + 1;
        }

        return ordered;
    }

    public static byte[] Lines(IEnumerable<WinEvent> events)
    {
        using var stream = new MemoryStream();
        foreach (var e in events)
        {
            using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            {
                if (Hosts.IsDumped(e.Host)) Dumped(json, e);
                else Shipped(json, e);
            }

            stream.WriteByte((byte)'\n');
        }

        return stream.ToArray();
    }

    private static void Dumped(Utf8JsonWriter json, WinEvent e)
    {
        json.WriteStartObject();
        json.WriteStartObject("Event");
        Attributes(json, ("xmlns", Namespace));
        json.WriteStartObject("System");
        json.WriteStartObject("Provider");
        if (e.Source.Guid.Length > 0) Attributes(json, ("Name", e.Source.Provider), ("Guid", e.Source.Guid));
        else Attributes(json, ("Name", e.Source.Provider));
        json.WriteEndObject();
        json.WriteNumber("EventID", e.Id);
        json.WriteNumber("Level", 4);
        json.WriteString("Keywords", "0x8000000000000000");
        json.WriteStartObject("TimeCreated");
        Attributes(json, ("SystemTime", Clock.IsoMillis(e.Time)));
        json.WriteEndObject();
        json.WriteNumber("EventRecordID", e.Record);
        json.WriteString("Channel", e.Source.Channel);
        json.WriteString("Computer", e.Host);
        json.WriteEndObject();
        json.WriteStartObject("EventData");
        Data(json, e, "Data");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Attributes(Utf8JsonWriter json, params (string Name, string Value)[] values)
    {
        json.WriteStartObject("#attributes");
        foreach (var (name, value) in values) json.WriteString(name, value);
        json.WriteEndObject();
    }

    private static void Shipped(Utf8JsonWriter json, WinEvent e)
    {
        json.WriteStartObject();
        json.WriteString("@timestamp", Clock.IsoMillis(e.Time));
        json.WriteStartObject("host");
        json.WriteString("name", e.Host);
        json.WriteEndObject();
        json.WriteStartObject("winlog");
        json.WriteString("provider_name", e.Source.Provider);
        json.WriteString("channel", e.Source.Channel);
        json.WriteString("event_id", e.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        json.WriteNumber("record_id", e.Record);
        json.WriteString("computer_name", e.Host);
        json.WriteStartObject("event_data");
        Data(json, e, "param");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Values without a name are one list in a dump; a shipper numbers them.</summary>
    private static void Data(Utf8JsonWriter json, WinEvent e, string unnamed)
    {
        var plain = e.Data.Where(d => d.Name == "Data").Select(d => d.Value).ToList();
        foreach (var (name, value) in e.Data.Where(d => d.Name != "Data")) json.WriteString(name, value);
        if (plain.Count == 0) return;
        if (unnamed == "Data")
        {
            json.WriteStartArray(unnamed);
            foreach (var value in plain) json.WriteStringValue(value);
            json.WriteEndArray();
            return;
        }

        for (var i = 0; i < plain.Count; i++) json.WriteString($"{unnamed}{i + 1}", plain[i]);
    }
}
