using System.Globalization;
using System.Text;
using Modus.Attack.Images;

namespace Modus.Attack.Facts;

/// <summary>Takes the lines of a facts file one after the other into an image.</summary>
/// <param name="expected">How many bytes the lines have, or about.</param>
internal sealed class FactLines(int expected)
{
    private const int MaxFields = 64;
    private readonly ImageBuilder builder = new(expected);
    private readonly Range[] ranges = new Range[MaxFields];
    private readonly int[] cells = new int[(int)Column.Count];
    private readonly int[] link = new int[(int)Link.Count];
    private readonly Dictionary<int, int[]> citations = [];
    private readonly Dictionary<int, int> stixById = [];
    private readonly Dictionary<int, LinkType> types = [];
    private readonly List<int> pendingCells = [];
    private readonly List<int> pendingSources = [];
    private byte[] unescaped = new byte[256];
    private ReleaseFacts? facts;
    private int lineCount;
    private int lastColumn;
    private int lastType, lastSource;

    /// <summary>Takes a line of the first part: the header and the objects.</summary>
    public void AddObject(ReadOnlySpan<byte> line)
    {
        var count = Split(line);
        if (++lineCount == 1) Magic(line, count);
        else if (lineCount == 2) Header(line, count);
        else Object(line, count);
    }

    /// <summary>Takes a line of the second part: sources, citations and relationships.</summary>
    public void AddRelation(ReadOnlySpan<byte> line)
    {
        var count = Split(line);
        var first = line[ranges[0]];
        if (first.SequenceEqual("cite"u8)) Citation(line, count);
        else if (first.SequenceEqual("cites"u8)) Citations(line, count);
        else if (TypeOf(first) is { Name: not 0 } type) Relation(line, count, type);
        else throw new InvalidDataException($"{Encoding.UTF8.GetString(first)} is no kind of line");
    }

    /// <summary>Makes room for lines of the second part.</summary>
    public void ExpectRelations(int lines) => builder.ExpectLinks(lines);

    /// <summary>The release with its objects; <paramref name="whole"/> is called for the rest when it is first needed.</summary>
    public Release Finish(Func<Image> whole)
    {
        if (facts is null) throw new InvalidDataException("it has no release line");
        foreach (var at in pendingCells) builder.Patch(at, StixId(builder.PoolCell(at)));
        foreach (var row in pendingSources)
            builder.Object(row)[(int)Column.DataSourceRef] = StixId(builder.Object(row)[(int)Column.DataSourceRef]);
        return new Release(Build(whole));
    }

    /// <summary>The image of everything taken so far.</summary>
    public Image Build(Func<Image>? whole = null) =>
        builder.Build(facts!, message => throw new InvalidDataException(message), whole);

    private static void Magic(ReadOnlySpan<byte> line, int count)
    {
        if (count != 2 || !FactsReader.IsFacts(line)) throw new InvalidDataException($"it does not begin with {FactColumns.Magic}");
        var version = Encoding.UTF8.GetString(line[(FactColumns.Magic.Length + 1)..]);
        if (version != FactColumns.FormatVersion.ToString(CultureInfo.InvariantCulture))
            throw new InvalidDataException($"it is of format {version}, this program reads format {FactColumns.FormatVersion}");
    }

    private void Header(ReadOnlySpan<byte> line, int count)
    {
        if (count < 6 || !line[ranges[0]].SequenceEqual("release"u8)) throw new InvalidDataException("the release line is missing");
        var domains = DomainNames.Parse(String(line[ranges[2]]));
        if (domains == Domains.None) throw new InvalidDataException("the release line names no known domain");
        facts = new ReleaseFacts(String(line[ranges[1]])!, domains, String(line[ranges[3]]), String(line[ranges[4]]),
            String(line[ranges[5]]) ?? "", ReleaseDetermination.Collection, HasText: false);
    }

    private void Citation(ReadOnlySpan<byte> line, int count)
    {
        if (count is < 2 or > 5) throw new InvalidDataException("a citation line has too few or too many fields");
        var token = Text(line[ranges[1]]);
        var name = count > 3 ? Text(line[ranges[3]]) : 0;
        citations[token] = [name == 0 ? token : name, 0, count > 2 ? Text(line[ranges[2]]) : 0, count > 4 ? Text(line[ranges[4]]) : 0];
    }

    private void Object(ReadOnlySpan<byte> line, int count)
    {
        if (count < 4) throw new InvalidDataException("an object line has fewer than four fields");
        if (ObjectKinds.FromWord(line[ranges[0]]) is not { } kind)
            throw new InvalidDataException($"{Encoding.UTF8.GetString(line[ranges[0]])} is no kind of line");
        Array.Clear(cells);
        cells[(int)Column.Kind] = (int)kind;
        cells[(int)Column.AttackId] = Text(line[ranges[1]]);
        cells[(int)Column.StixId] = Text(line[ranges[2]]);
        cells[(int)Column.Name] = Text(line[ranges[3]]);
        cells[(int)Column.Domains] = (int)facts!.Domains;
        if (cells[(int)Column.StixId] == 0) throw new InvalidDataException("an object has no STIX id");
        lastColumn = -1;
        for (var field = 4; field < count; field++) Field(line[ranges[field]]);
        if (builder.FindObject(cells[(int)Column.StixId]) >= 0) throw new InvalidDataException("a STIX id comes twice");
        if (cells[(int)Column.DataSourceRef] != 0) pendingSources.Add(builder.ObjectCount);
        builder.AddObject(cells);
        if (cells[(int)Column.AttackId] is > 0 and var id) stixById.TryAdd(id, cells[(int)Column.StixId]);
    }

    private void Field(ReadOnlySpan<byte> field)
    {
        var equals = field.IndexOf((byte)'=');
        var key = equals < 0 ? field : field[..equals];
        var value = equals < 0 ? default : field[(equals + 1)..];
        if (key.SequenceEqual("is"u8)) cells[(int)Column.Flags] = (int)Flags(value);
        else if (key.SequenceEqual("domains"u8)) cells[(int)Column.Domains] = (int)DomainNames.Parse(String(value));
        else if (Find(key) is { } column) cells[(int)column.Column] = Value(value, column);
        else throw new InvalidDataException($"{Encoding.UTF8.GetString(key)} is no field");
    }

    private void Citations(ReadOnlySpan<byte> line, int count)
    {
        if (count != 3) throw new InvalidDataException("a line of citations has not three fields");
        var row = builder.FindObject(StixId(Text(line[ranges[1]])));
        if (row < 0) throw new InvalidDataException("a line of citations names an object that is not there");
        builder.Object(row)[(int)Column.References] = CitedList(line[ranges[2]]);
    }

    private int CitedList(ReadOnlySpan<byte> tokens)
    {
        var list = builder.BeginList();
        while (!tokens.IsEmpty)
        {
            var bar = tokens.IndexOf((byte)'|');
            foreach (var cell in Cited(bar < 0 ? tokens : tokens[..bar])) builder.Append(cell);
            tokens = bar < 0 ? default : tokens[(bar + 1)..];
        }
        return builder.EndList(list);
    }

    private int Value(ReadOnlySpan<byte> value, FactColumn column)
    {
        if (column.Shape == FactShape.Text) return Text(value);
        var list = builder.BeginList();
        while (true)
        {
            var bar = value.IndexOf((byte)'|');
            Item(bar < 0 ? value : value[..bar], column);
            if (bar < 0) return builder.EndList(list);
            value = value[(bar + 1)..];
        }
    }

    private void Item(ReadOnlySpan<byte> item, FactColumn column)
    {
        for (var part = 0; part < column.Width; part++)
        {
            var angle = part < column.Kept - 1 ? item.IndexOf((byte)'>') : -1;
            if (part == column.RefPart) pendingCells.Add(builder.PoolMark);
            builder.Append(Text(angle < 0 ? item : item[..angle]));
            item = angle < 0 ? default : item[(angle + 1)..];
        }
    }

    private void Relation(ReadOnlySpan<byte> line, int count, LinkType type)
    {
        if (count is < 4 or > 5) throw new InvalidDataException("a relationship line has too few or too many fields");
        Array.Clear(link);
        link[(int)Link.Type] = (int)type.Type;
        link[(int)Link.TypeName] = type.Name;
        link[(int)Link.Source] = StixId(lastSource = Again(lastSource, line[ranges[1]]));
        link[(int)Link.Target] = StixId(Text(line[ranges[2]]));
        link[(int)Link.Flags] = count == 5 ? (int)RowFlags.Deprecated : 0;
        link[(int)Link.References] = CitedList(line[ranges[3]]);
        if (!builder.AddLink(link)) throw new InvalidDataException("a relationship comes twice");
    }

    private int[] Cited(ReadOnlySpan<byte> token) => citations.TryGetValue(Text(token), out var citation)
        ? citation
        : throw new InvalidDataException($"{Encoding.UTF8.GetString(token)} is cited but has no citation line");

    // The first object with an ATT&CK id is referred to by it, any other by its STIX id.
    private int StixId(int reference) => stixById.GetValueOrDefault(reference, reference);

    private LinkType TypeOf(ReadOnlySpan<byte> word)
    {
        var number = lastType = Again(lastType, word);
        if (types.TryGetValue(number, out var known)) return known;
        // A type that the model does not know carries a prefix, so that it is no kind of object.
        if (word.StartsWith("link:"u8)) return types[number] = new(RelationshipType.Other, Text(word["link:".Length..]));
        var type = RelationshipTypes.Parse(Encoding.UTF8.GetString(word));
        return types[number] = new(type, type == RelationshipType.Other ? 0 : number);
    }

    private static RowFlags Flags(ReadOnlySpan<byte> value)
    {
        var result = RowFlags.None;
        while (!value.IsEmpty)
        {
            var bar = value.IndexOf((byte)'|');
            result |= Flag(bar < 0 ? value : value[..bar]);
            value = bar < 0 ? default : value[(bar + 1)..];
        }
        return result;
    }

    private static RowFlags Flag(ReadOnlySpan<byte> name)
    {
        foreach (var flag in FactColumns.Flags)
            if (name.SequenceEqual(flag.Utf8)) return flag.Flag;
        throw new InvalidDataException($"{Encoding.UTF8.GetString(name)} is no state");
    }

    // Fields come in the order of the table: the search goes on from the field before.
    private FactColumn? Find(ReadOnlySpan<byte> key)
    {
        for (var tries = 0; tries < FactColumns.All.Length; tries++)
        {
            if (++lastColumn >= FactColumns.All.Length) lastColumn = 0;
            if (key.SequenceEqual(FactColumns.All[lastColumn].Utf8)) return FactColumns.All[lastColumn];
        }
        return null;
    }

    private int Split(ReadOnlySpan<byte> line)
    {
        var count = 0;
        var start = 0;
        while (true)
        {
            if (count == MaxFields) throw new InvalidDataException($"a line has more than {MaxFields} fields");
            var tab = line[start..].IndexOf((byte)'\t');
            ranges[count++] = tab < 0 ? start..line.Length : start..(start + tab);
            if (tab < 0) return count;
            start += tab + 1;
        }
    }

    private string? String(ReadOnlySpan<byte> field) => field.IsEmpty ? null : Encoding.UTF8.GetString(Unescape(field));

    private int Text(ReadOnlySpan<byte> field)
    {
        if (field.IndexOf((byte)'\\') >= 0) field = Unescape(field);
        return builder.Strings.Add(field);
    }

    // Lines come sorted: most begin like the one before, whose number is known without a search.
    private int Again(int last, ReadOnlySpan<byte> field) => last != 0 && builder.Strings[last].SequenceEqual(field) && field.IndexOf((byte)'\\') < 0 ? last : Text(field);

    private static byte Escaped(byte letter) => letter switch
    {
        (byte)'t' => (byte)'\t',
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'p' => (byte)'|',
        (byte)'g' => (byte)'>',
        (byte)'\\' => (byte)'\\',
        _ => 0,
    };

    private ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> field)
    {
        if (unescaped.Length < field.Length) unescaped = new byte[field.Length * 2];
        var length = 0;
        for (var i = 0; i < field.Length; i++)
        {
            var value = field[i];
            if (value == '\\')
            {
                value = ++i == field.Length ? (byte)0 : Escaped(field[i]);
                if (value == 0) throw new InvalidDataException("a field holds an unknown escape");
            }
            unescaped[length++] = value;
        }
        return unescaped.AsSpan(0, length);
    }

    /// <summary>A type of relationship and the number of its name; no name for a word that is none.</summary>
    private readonly record struct LinkType(RelationshipType Type, int Name);
}
