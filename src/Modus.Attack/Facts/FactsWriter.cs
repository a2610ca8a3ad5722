using System.Buffers;
using System.Text;
using Modus.Attack.Images;

namespace Modus.Attack.Facts;

/// <summary>Writes the facts of a release as sorted lines: ids, names, relations, dates, citations; no prose.</summary>
public sealed class FactsWriter
{
    private static readonly SearchValues<char> special = SearchValues.Create("\t\n\r|>\\");
    private readonly Image image;
    private readonly Dictionary<int, int> firstWithId = [];
    private readonly Dictionary<int, int> rowByStixId = [];
    private readonly Dictionary<(int Name, int Url, int Id), string> tokens = [];
    private readonly TextWriter output;

    private FactsWriter(Release release, TextWriter output)
    {
        image = release.Image.Whole;
        this.output = output;
        for (var row = 0; row < image.ObjectCount; row++)
        {
            rowByStixId.Add(image.Cell(row, Column.StixId), row);
            if (image.Cell(row, Column.AttackId) is not 0 and var id) firstWithId.TryAdd(id, row);
        }
    }

    /// <summary>Writes a release. The same release gives the same text.</summary>
    /// <param name="release">The release; its prose is left out.</param>
    /// <param name="output">Gets the lines, each ended by a line feed.</param>
    public static void Write(Release release, TextWriter output)
    {
        var writer = new FactsWriter(release, output);
        writer.Header();
        writer.NameCitations();
        for (var row = 0; row < writer.image.ObjectCount; row++) writer.Object(row);
        writer.Citations();
        for (var row = 0; row < writer.image.ObjectCount; row++) writer.ObjectCitations(row);
        for (var link = 0; link < writer.image.LinkCount; link++) writer.Relation(link);
    }

    /// <summary>The text of a release in UTF-8.</summary>
    /// <inheritdoc cref="Write"/>
    public static byte[] ToBytes(Release release)
    {
        using var memory = new MemoryStream();
        using (var text = new StreamWriter(memory, new UTF8Encoding(false), leaveOpen: true)) Write(release, text);
        return memory.ToArray();
    }

    private void Header()
    {
        var facts = image.Facts;
        Line([FactColumns.Magic, FactColumns.FormatVersion.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        Line(["release", facts.Version, facts.Domains.Name(), facts.Stamp ?? "", facts.SpecVersion ?? "", facts.Provenance]);
    }

    private void Object(int row)
    {
        var kind = image.Kind(row);
        // Of what lies outside the model only the marking has a fact to keep: the copyright line.
        if (kind == ObjectKind.Other && image.Cell(row, Column.Statement) == 0) return;
        var fields = new List<string>
        {
            ObjectKinds.Word(kind), image.String(row, Column.AttackId) ?? "",
            image.String(row, Column.StixId)!, image.String(row, Column.Name) ?? "",
        };
        var flags = FactColumns.Flags.Where(pair => image.Flags(row).HasFlag(pair.Flag)).Select(pair => pair.Name).ToList();
        if (flags.Count > 0) fields.Add("is=" + string.Join('|', flags));
        var domains = (Domains)image.Cell(row, Column.Domains);
        if (domains != image.Facts.Domains) fields.Add("domains=" + domains.Name());
        foreach (var column in FactColumns.All)
            if ((column.Column != Column.Type || FactColumns.NeedsType(kind)) && Value(row, column) is { } value)
                fields.Add($"{column.Key}={value}");
        // Names and values are escaped one by one; the line is joined as it is.
        for (var i = 1; i < 4; i++) fields[i] = Escape(fields[i]);
        output.Write(string.Join('\t', fields));
        output.Write('\n');
    }

    private void ObjectCitations(int row)
    {
        if (image.Kind(row) == ObjectKind.Other || CitationTokens(image.List(row, Column.References).ToArray()) is not { } cited) return;
        output.Write($"cites\t{Reference(image.Cell(row, Column.StixId))}\t{cited}\n");
    }

    private string? Value(int row, FactColumn column)
    {
        var cell = image.Cell(row, column.Column);
        if (cell == 0) return null;
        if (column.Shape == FactShape.Text) return column.RefPart == 0 ? Reference(cell) : Escape(image.String(cell)!);
        var cells = image.List(cell).ToArray();
        // The last part of a log source is its channel, which ATT&CK often words as a phrase: of that only the facts are kept.
        var channel = column.Column is Column.LogSources or Column.LogSourceReferences ? column.Width - 1 : -1;
        var records = Enumerable.Range(0, cells.Length / column.Width).Select(item => string.Join('>',
            Enumerable.Range(0, column.Kept).Select(part => part == channel
                ? Escape(FactualChannel(image.String(cells[item * column.Width + part]) ?? ""))
                : Part(cells[item * column.Width + part], part == column.RefPart))));
        return string.Join('|', channel < 0 ? records : records.Distinct());
    }

    /// <summary>The facts of a channel: its event codes, or the whole where it is one identifier; empty for a phrase.</summary>
    internal static string FactualChannel(string channel)
    {
        if (EventCodes.Read(channel) is { Count: > 0 } codes) return $"EventCode={string.Join(", ", codes)}";
        return channel.Any(char.IsWhiteSpace) ? "" : channel;
    }

    private string Part(int cell, bool isReference) => isReference ? Reference(cell) : Escape(image.String(cell) ?? "");

    private string Reference(int stixId)
    {
        if (stixId == 0) return "";
        if (!rowByStixId.TryGetValue(stixId, out var row)) return Escape(image.String(stixId)!);
        var id = image.Cell(row, Column.AttackId);
        return Escape(image.String(id != 0 && firstWithId[id] == row ? id : stixId)!);
    }

    private string? CitationTokens(int[] cells)
    {
        var names = Records(cells).Select(key => Escape(tokens[key])).ToList();
        return names.Count == 0 ? null : string.Join('|', names);
    }

    // What is cited, without the object's own page.
    private IEnumerable<(int Name, int Url, int Id)> Records(int[] cells)
    {
        for (var at = 0; at < cells.Length; at += RecordWidth.Reference)
            if (cells[at + 3] == 0 || !(image.String(cells[at]) ?? "").StartsWith("mitre-", StringComparison.Ordinal))
                yield return (cells[at], cells[at + 2], cells[at + 3]);
    }

    private void NameCitations()
    {
        for (var row = 0; row < image.ObjectCount; row++)
            if (image.Kind(row) != ObjectKind.Other) Collect(image.List(row, Column.References).ToArray());
        for (var link = 0; link < image.LinkCount; link++) Collect(image.List(image.LinkCell(link, Link.References)).ToArray());

        // The token is the name; where several sources share a name, their addresses in order tell them apart.
        foreach (var group in tokens.Keys.GroupBy(Base, StringComparer.Ordinal).ToList())
            foreach (var (number, key) in group.OrderBy(key => image.String(key.Url) ?? "", StringComparer.Ordinal).Index())
                tokens[key] = number == 0 ? group.Key : $"{group.Key} ~{number + 1}";

        void Collect(int[] cells)
        {
            foreach (var key in Records(cells)) tokens[key] = "";
        }

        string Base((int Name, int Url, int Id) key) =>
            key.Id == 0 ? image.String(key.Name) ?? "" : $"{image.String(key.Name)} {image.String(key.Id)}";
    }

    private void Citations()
    {
        foreach (var (key, token) in tokens.OrderBy(pair => pair.Value, StringComparer.Ordinal))
        {
            var name = image.String(key.Name) ?? "";
            Line(["cite", token, image.String(key.Url) ?? "", name == token ? "" : name, image.String(key.Id) ?? ""]);
        }
    }

    private void Relation(int link)
    {
        var source = image.Cell(image.LinkCell(link, Link.Source), Column.StixId);
        var target = image.Cell(image.LinkCell(link, Link.Target), Column.StixId);
        var flags = (RowFlags)image.LinkCell(link, Link.Flags) & (RowFlags.Revoked | RowFlags.Deprecated);
        var type = (image.LinkCell(link, Link.Type) == (int)RelationshipType.Other ? "link:" : "")
            + Escape(image.String(image.LinkCell(link, Link.TypeName))!);
        var line = $"{type}\t{Reference(source)}\t{Reference(target)}\t"
            + CitationTokens(image.List(image.LinkCell(link, Link.References)).ToArray());
        if (flags != RowFlags.None) line += "\tdead";
        output.Write(line);
        output.Write('\n');
    }

    private void Line(IReadOnlyList<string> fields)
    {
        output.Write(string.Join('\t', fields.Select(Escape)).TrimEnd('\t'));
        output.Write('\n');
    }

    private static string Escape(string text) => text.AsSpan().IndexOfAny(special) < 0 ? text : text
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal)
        .Replace("|", "\\p", StringComparison.Ordinal).Replace(">", "\\g", StringComparison.Ordinal);
}
