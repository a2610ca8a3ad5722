using System.Text.Json;
using System.Text.Unicode;
using Modus.Attack.Images;

namespace Modus.Attack.Bundles;

/// <summary>Reads one STIX object into scratch cells. Every method answers false when the buffer ends inside the object.</summary>
internal sealed class ObjectParser(ImageBuilder builder)
{
    private readonly List<string> faults = [];
    private readonly int[] record = new int[4];
    private byte[] unescaped = new byte[1 << 12];

    /// <summary>The cells of the object read last, by <see cref="Column"/> and the extra cells of <see cref="Fields"/>.</summary>
    public int[] Cells { get; } = new int[Fields.CellCount];

    /// <summary>Fields of the object read last that were left out, with the reason.</summary>
    public IReadOnlyList<string> Faults => faults;

    /// <summary>How many empty texts were read as absent, over all objects.</summary>
    public int EmptyTexts { get; private set; }

    /// <summary>Reads the object that the reader stands at the beginning of.</summary>
    public bool TryRead(ref Utf8JsonReader reader)
    {
        Array.Clear(Cells);
        faults.Clear();
        var emptyBefore = EmptyTexts;
        var mark = builder.PoolMark;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject) return true;
            var field = Find(ref reader);
            if (!reader.Read()) break;
            if (!(field is null ? reader.TrySkip() : TryField(ref reader, field))) break;
        }
        builder.Truncate(mark);
        EmptyTexts = emptyBefore;
        return false;
    }

    private Field? Find(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped) return Fields.Find(reader.ValueSpan);
        Reserve(reader.ValueSpan.Length);
        return Fields.Find(unescaped.AsSpan(0, reader.CopyString(unescaped)));
    }

    private bool TryField(ref Utf8JsonReader reader, Field field)
    {
        switch (field.Shape)
        {
            case Shape.Text when reader.TokenType is JsonTokenType.String or JsonTokenType.Null:
                Cells[field.Cell] = Text(ref reader, field.Name);
                return true;
            case Shape.Flag when reader.TokenType is JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null:
                if (reader.TokenType == JsonTokenType.True) Cells[field.Cell] |= (int)field.Flag;
                return true;
            case Shape.TextList when reader.TokenType == JsonTokenType.StartArray:
                return TryTexts(ref reader, field);
            case Shape.Records when reader.TokenType == JsonTokenType.StartArray:
                return TryRecords(ref reader, field);
            case Shape.Statement when reader.TokenType == JsonTokenType.StartObject:
                return TryStatement(ref reader);
            default:
                if (reader.TokenType != JsonTokenType.Null)
                    faults.Add($"{field.Name} is {Describe(reader.TokenType)}, expected {Expected(field.Shape)}");
                return reader.TrySkip();
        }
    }

    private bool TryTexts(ref Utf8JsonReader reader, Field field)
    {
        var list = builder.BeginList();
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndArray)
            {
                Cells[field.Cell] = builder.EndList(list);
                return true;
            }
            if (reader.TokenType == JsonTokenType.String)
            {
                var text = Text(ref reader, field.Name);
                if (text != 0) builder.Append(text);
            }
            else
            {
                faults.Add($"{field.Name} holds {Describe(reader.TokenType)}, expected text");
                if (!reader.TrySkip()) return false;
            }
        }
        return false;
    }

    private bool TryRecords(ref Utf8JsonReader reader, Field field)
    {
        var list = builder.BeginList();
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndArray)
            {
                Cells[field.Cell] = builder.EndList(list);
                return true;
            }
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                Array.Clear(record);
                if (!TryRecord(ref reader, field)) return false;
                foreach (var cell in record.AsSpan(0, field.Parts!.Length)) builder.Append(cell);
            }
            else
            {
                faults.Add($"{field.Name} holds {Describe(reader.TokenType)}, expected an object");
                if (!reader.TrySkip()) return false;
            }
        }
        return false;
    }

    private bool TryRecord(ref Utf8JsonReader reader, Field field)
    {
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject) return true;
            var part = 0;
            while (part < field.Parts!.Length && !reader.ValueTextEquals(field.Parts[part])) part++;
            if (!reader.Read()) return false;
            if (part < field.Parts.Length && reader.TokenType is JsonTokenType.String or JsonTokenType.Null)
            {
                record[part] = Text(ref reader, field.Name);
                continue;
            }
            if (part < field.Parts.Length) faults.Add($"a part of {field.Name} is {Describe(reader.TokenType)}, expected text");
            if (!reader.TrySkip()) return false;
        }
        return false;
    }

    private bool TryStatement(ref Utf8JsonReader reader)
    {
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject) return true;
            var wanted = reader.ValueTextEquals("statement"u8);
            if (!reader.Read()) return false;
            if (wanted && reader.TokenType == JsonTokenType.String)
                Cells[(int)Column.Statement] = Text(ref reader, "definition");
            else if (!reader.TrySkip()) return false;
        }
        return false;
    }

    /// <summary>The number of the text the reader stands on; 0 for null, empty and broken text.</summary>
    private int Text(ref Utf8JsonReader reader, string field)
    {
        if (reader.TokenType == JsonTokenType.Null) return 0;
        var text = reader.ValueSpan;
        if (text.IsEmpty)
        {
            EmptyTexts++;
            return 0;
        }
        if (!Utf8.IsValid(text))
        {
            faults.Add($"{field} is no valid UTF-8");
            return 0;
        }
        if (!reader.ValueIsEscaped) return builder.Strings.Add(text);
        Reserve(text.Length);
        try
        {
            return builder.Strings.Add(unescaped.AsSpan(0, reader.CopyString(unescaped)));
        }
        catch (InvalidOperationException)
        {
            // An escape names half of a surrogate pair: the text cannot be written in UTF-8.
            faults.Add($"{field} holds a broken escape");
            return 0;
        }
    }

    private void Reserve(int length)
    {
        if (unescaped.Length < length) unescaped = new byte[Math.Max(length, unescaped.Length * 2)];
    }

    private static string Describe(JsonTokenType type) => type switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "true or false",
        JsonTokenType.Null => "null",
        _ => "text",
    };

    private static string Expected(Shape shape) => shape switch
    {
        Shape.Text => "text",
        Shape.Flag => "true or false",
        Shape.Statement => "an object",
        _ => "a list",
    };
}
