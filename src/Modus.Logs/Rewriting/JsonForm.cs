using System.Text.Json;

namespace Modus.Logs.Rewriting;

/// <summary>How a row of a <see cref="JsonForm"/> becomes a record.</summary>
internal enum JsonRow
{
    /// <summary>A clock, a line and perhaps labels of its own, below the labels of a stream.</summary>
    Loki,

    /// <summary>A list of names and values, in objects of two members.</summary>
    NamedValues,

    /// <summary>A list of objects with one member each.</summary>
    Members,

    /// <summary>A list of values below the columns that stood before.</summary>
    Columns,

    /// <summary>A record of OpenTelemetry, with attributes as lists of keys and typed values.</summary>
    Telemetry,

    /// <summary>A record that holds rows in a list of its own, as osquery's snapshots and batches do.</summary>
    Query,

    /// <summary>A record as it is.</summary>
    Plain,
}

/// <summary>A form of JSON in which records are no objects of their own: where its rows lie, and how they become records.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Row">How a row becomes a record.</param>
/// <param name="Path">The path of a row; <c>[]</c> is a place in a list.</param>
/// <param name="Context">The path of what stands before rows and belongs to each of them; empty where there is none.</param>
internal sealed record JsonForm(string Name, JsonRow Row, string Path, string Context = "")
{
    private static readonly JsonForm[] All =
    [
        new("loki", JsonRow.Loki, "data.result.[].values.[]", "data.result.[].stream"),
        new("loki", JsonRow.Loki, "streams.[].values.[]", "streams.[].stream"),
        new("logs-insights", JsonRow.NamedValues, "results.[]"),
        new("cloudtrail-lake", JsonRow.Members, "QueryResultRows.[]"),
        new("query-tables", JsonRow.Columns, "tables.[].rows.[]", "tables.[].columns"),
        new("query-tables", JsonRow.Columns, "Tables.[].Rows.[]", "Tables.[].Columns"),
        new("query-columns", JsonRow.Columns, "values.[]", "columns"),
        new("query-columns", JsonRow.Columns, "rows.[]", "columns"),
        new("otlp", JsonRow.Telemetry, "resourceLogs.[].scopeLogs.[].logRecords.[]", "resourceLogs.[].resource"),
        new("otlp", JsonRow.Telemetry, "resourceLogs.[].instrumentationLibraryLogs.[].logRecords.[]", "resourceLogs.[].resource"),
        new("event-hook", JsonRow.Plain, "data.events.[]"),
        new("log-entries", JsonRow.Plain, "entries.[]"),
    ];

    private static readonly JsonForm Snapshots = new("osquery", JsonRow.Query, "");

    /// <summary>The form that the start of a document has; null for any other content.</summary>
    public static JsonForm? Find(ReadOnlySpan<byte> head)
    {
        head = head.TrimStart(" \t\r\n"u8);
        if (!head.StartsWith("{"u8)) return null;
        var reader = new Utf8JsonReader(head, isFinalBlock: false, JsonPull.State);
        var path = new JsonPath();
        var contexts = new HashSet<string>(StringComparer.Ordinal);
        var isQuery = false;
        try
        {
            while (reader.Read())
            {
                var at = path.Step(ref reader);
                // Only the first document decides.
                if (reader.CurrentDepth == 0 && reader.TokenType == JsonTokenType.EndObject) break;
                if (reader.CurrentDepth == 1 && reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject && at is "snapshot" or "diffResults") isQuery = true;
                if (isQuery && reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName && at == "hostIdentifier") return Snapshots;
                if (reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.StartObject)) continue;
                contexts.Add(at);
                foreach (var form in All)
                    if (form.Path == at && (form.Context.Length == 0 || contexts.Contains(form.Context)) && form.Fits(reader, head)) return form;
            }
        }
        catch (JsonException)
        {
            // No JSON, or none that these forms are made of.
        }

        // The host may stand before the rows, and the rows be longer than what was looked at.
        return isQuery && head.IndexOf("\"hostIdentifier\""u8) >= 0 ? Snapshots : null;
    }

    /// <summary>Whether the value that a row begins with is of the kind that the form asks for.</summary>
    private bool Fits(Utf8JsonReader row, ReadOnlySpan<byte> head)
    {
        var isList = row.TokenType == JsonTokenType.StartArray;
        switch (Row)
        {
            case JsonRow.Loki or JsonRow.Columns:
                return isList;
            case JsonRow.Telemetry:
                return !isList;
            case JsonRow.NamedValues:
                return isList && row.Read() && row.TokenType == JsonTokenType.StartObject && row.Read() && row.ValueTextEquals("field"u8);
            case JsonRow.Members:
                return isList && row.Read() && row.TokenType == JsonTokenType.StartObject;
            case JsonRow.Plain when Path == "entries.[]":
                // A common word: only where the list is all there is.
                return !isList && head[1..].TrimStart(" \t\r\n"u8).StartsWith("\"entries\""u8);
            case JsonRow.Plain:
                return !isList && head.IndexOf("\"cloudEventsVersion\""u8) >= 0;
            default:
                return false;
        }
    }
}
