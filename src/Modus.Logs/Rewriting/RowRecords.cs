using System.Text.Json;

namespace Modus.Logs.Rewriting;

/// <summary>Writes rows of the forms of JSON as records.</summary>
internal static class RowRecords
{
    /// <summary>Writes a row.</summary>
    public static void Write(Utf8JsonWriter json, JsonRow form, JsonElement row, JsonElement? context)
    {
        switch (form)
        {
            case JsonRow.Plain:
                row.WriteTo(json);
                return;
            case JsonRow.Telemetry when row.ValueKind == JsonValueKind.Object:
                Telemetry(json, row, context);
                return;
        }

        json.WriteStartObject();
        if (row.ValueKind == JsonValueKind.Array)
            switch (form)
            {
                case JsonRow.Loki:
                    Loki(json, row, context);
                    break;
                case JsonRow.NamedValues:
                    foreach (var cell in Objects(row))
                        if (cell.TryGetProperty("field"u8, out var field) && field.ValueKind == JsonValueKind.String && cell.TryGetProperty("value"u8, out var value)) Put(json, field.GetString()!, value);
                    break;
                case JsonRow.Members:
                    foreach (var cell in Objects(row))
                        foreach (var member in cell.EnumerateObject()) Put(json, member.Name, member.Value);
                    break;
                case JsonRow.Columns:
                    Columns(json, row, context);
                    break;
            }

        json.WriteEndObject();
    }

    /// <summary>The rows that a record of osquery holds, and what became of them.</summary>
    public static IEnumerable<(JsonElement Row, string Action)> QueryRows(JsonElement record)
    {
        if (record.ValueKind != JsonValueKind.Object) yield break;
        if (record.TryGetProperty("snapshot"u8, out var snapshot))
            foreach (var row in Objects(snapshot)) yield return (row, "snapshot");
        if (!record.TryGetProperty("diffResults"u8, out var changes) || changes.ValueKind != JsonValueKind.Object) yield break;
        foreach (var change in changes.EnumerateObject())
            foreach (var row in Objects(change.Value)) yield return (row, change.Name);
    }

    /// <summary>Writes one row of a record of osquery as osquery writes single ones.</summary>
    public static void WriteQuery(Utf8JsonWriter json, JsonElement record, JsonElement row, string action)
    {
        json.WriteStartObject();
        foreach (var member in record.EnumerateObject())
            if (!member.NameEquals("snapshot"u8) && !member.NameEquals("diffResults"u8) && !member.NameEquals("action"u8)) member.WriteTo(json);
        json.WritePropertyName("columns"u8);
        row.WriteTo(json);
        json.WriteString("action"u8, action);
        json.WriteEndObject();
    }

    private static void Loki(Utf8JsonWriter json, JsonElement row, JsonElement? labels)
    {
        if (labels is { ValueKind: JsonValueKind.Object } known)
        {
            json.WritePropertyName("labels"u8);
            known.WriteTo(json);
        }

        if (row.GetArrayLength() < 2) return;
        json.WritePropertyName("timestamp"u8);
        row[0].WriteTo(json);
        json.WritePropertyName("line"u8);
        row[1].WriteTo(json);
        if (row.GetArrayLength() < 3) return;
        json.WritePropertyName("metadata"u8);
        row[2].WriteTo(json);
    }

    private static void Columns(Utf8JsonWriter json, JsonElement row, JsonElement? columns)
    {
        if (columns is not { ValueKind: JsonValueKind.Array } known) return;
        var at = 0;
        foreach (var value in row.EnumerateArray())
        {
            if (at >= known.GetArrayLength()) break;
            var column = known[at++];
            var name = column.ValueKind == JsonValueKind.String ? column.GetString()
                : column.ValueKind != JsonValueKind.Object ? null
                : column.TryGetProperty("name"u8, out var lower) && lower.ValueKind == JsonValueKind.String ? lower.GetString()
                : column.TryGetProperty("ColumnName"u8, out var upper) && upper.ValueKind == JsonValueKind.String ? upper.GetString() : null;
            if (name is not null) Put(json, name, value);
        }
    }

    private static void Telemetry(Utf8JsonWriter json, JsonElement row, JsonElement? resource)
    {
        json.WriteStartObject();
        foreach (var member in row.EnumerateObject())
        {
            if (member.NameEquals("attributes"u8) || member.NameEquals("body"u8)) continue;
            // A clock of 0 is none.
            if (member.NameEquals("timeUnixNano"u8) && member.Value.ToString() is "0" or "") continue;
            member.WriteTo(json);
        }

        if (row.TryGetProperty("body"u8, out var body))
        {
            json.WritePropertyName("body"u8);
            Typed(json, body, 0);
        }

        Attributes(json, "attributes"u8, row);
        if (resource is { ValueKind: JsonValueKind.Object } known) Attributes(json, "resource"u8, known);
        json.WriteEndObject();
    }

    private static void Attributes(Utf8JsonWriter json, ReadOnlySpan<byte> name, JsonElement holder)
    {
        if (!holder.TryGetProperty("attributes"u8, out var list) || list.ValueKind != JsonValueKind.Array) return;
        json.WritePropertyName(name);
        Pairs(json, list, 0);
    }

    private static void Pairs(Utf8JsonWriter json, JsonElement list, int depth)
    {
        json.WriteStartObject();
        foreach (var pair in Objects(list))
        {
            if (!pair.TryGetProperty("key"u8, out var key) || key.ValueKind != JsonValueKind.String || !pair.TryGetProperty("value"u8, out var value)) continue;
            json.WritePropertyName(key.GetString()!);
            Typed(json, value, depth + 1);
        }

        json.WriteEndObject();
    }

    /// <summary>A value as OpenTelemetry writes it, below the name of its type.</summary>
    private static void Typed(Utf8JsonWriter json, JsonElement value, int depth)
    {
        if (value.ValueKind != JsonValueKind.Object || depth > LogLimits.MaxDepth / 2)
        {
            value.WriteTo(json);
            return;
        }

        foreach (var member in value.EnumerateObject())
        {
            if (member.NameEquals("kvlistValue"u8) && member.Value.ValueKind == JsonValueKind.Object && member.Value.TryGetProperty("values"u8, out var pairs)) Pairs(json, pairs, depth + 1);
            else if (member.NameEquals("arrayValue"u8) && member.Value.ValueKind == JsonValueKind.Object && member.Value.TryGetProperty("values"u8, out var items)) List(json, items, depth + 1);
            else member.Value.WriteTo(json);
            return;
        }

        json.WriteNullValue();
    }

    private static void List(Utf8JsonWriter json, JsonElement items, int depth)
    {
        json.WriteStartArray();
        if (items.ValueKind == JsonValueKind.Array)
            foreach (var item in items.EnumerateArray()) Typed(json, item, depth);
        json.WriteEndArray();
    }

    private static void Put(Utf8JsonWriter json, string name, JsonElement value)
    {
        json.WritePropertyName(name);
        value.WriteTo(json);
    }

    private static IEnumerable<JsonElement> Objects(JsonElement list)
    {
        if (list.ValueKind != JsonValueKind.Array) yield break;
        foreach (var item in list.EnumerateArray())
            if (item.ValueKind == JsonValueKind.Object) yield return item;
    }
}
