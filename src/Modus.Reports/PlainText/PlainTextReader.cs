using System.Buffers;
using Modus.Reports.Documents;

namespace Modus.Reports.PlainText;

/// <summary>Reads plain text: wrapped lines become paragraphs, bullets list items, indented lines code, tabs and pipes tables.</summary>
internal sealed class PlainTextReader
{
    private const int ShortHeading = 80;
    private const int FullLine = 60;

    private static readonly SearchValues<char> ruleMarks = SearchValues.Create("|-+=: \t");

    private readonly string text;
    private readonly DocumentBuilder builder;
    private readonly List<Line> lines = [];
    private int tables;
    private int page = 1;

    private PlainTextReader(string text, DocumentBuilder builder)
    {
        this.text = text;
        this.builder = builder;
    }

    /// <summary>Reads a text.</summary>
    public static Document Read(string text, ReportSource source, ReportLimits limits)
    {
        var builder = new DocumentBuilder(limits);
        Into(builder, text);
        return builder.Build(source, null);
    }

    /// <summary>Adds a text's blocks to a builder.</summary>
    public static void Into(DocumentBuilder builder, string text)
    {
        var reader = new PlainTextReader(text, builder);
        reader.CutLines();
        reader.Write();
    }

    private void CutLines()
    {
        for (var at = 0; at <= text.Length;)
        {
            var end = text.AsSpan(at).IndexOfAny('\n', '\r', '\f');
            end = end < 0 ? text.Length : at + end;
            lines.Add(new Line(at, end, end < text.Length && text[end] == '\f'));
            at = end + (end + 1 < text.Length && text[end] == '\r' && text[end + 1] == '\n' ? 2 : 1);
        }
    }

    private void Write()
    {
        if (lines.Exists(static line => line.EndsPage)) builder.AddPage(page, 0, 0, true, false);
        var at = 0;
        while (at < lines.Count)
        {
            var next = Next(at);
            for (; at < next; at++)
            {
                if (!lines[at].EndsPage) continue;
                builder.End();
                builder.AddPage(++page, 0, 0, true, false);
            }
        }

        builder.End();
    }

    /// <summary>Writes the block that begins at a line and says where the next one begins.</summary>
    private int Next(int at)
    {
        if (IsBlank(at)) return at + 1;
        if (IsTableRow(at) && at + 1 < lines.Count && IsTableRow(at + 1)) return Table(at);
        if (IsIndented(at) && (at == 0 || IsBlank(at - 1))) return Code(at);
        if (HeadingLevel(at) is var level and > 0)
        {
            builder.Begin(BlockKind.Heading, level);
            Append(at);
            return at + (at + 1 < lines.Count && IsUnderline(at + 1) ? 2 : 1);
        }

        var bullet = BulletLength(at);
        builder.Begin(bullet > 0 ? BlockKind.ListItem : BlockKind.Paragraph, bullet > 0 ? 1 : 0);
        Append(at, bullet);
        var last = at;
        while (Continues(last, last + 1))
        {
            last++;
            Join(last);
        }

        return last + 1;
    }

    private bool Continues(int line, int next)
    {
        if (next >= lines.Count || lines[line].EndsPage || IsBlank(next) || BulletLength(next) > 0) return false;
        if (IsTableRow(next) && next + 1 < lines.Count && IsTableRow(next + 1)) return false;
        var width = lines[line].End - lines[line].Start;
        var first = Body(next) is { Length: > 0 } body ? body[0] : ' ';
        return width >= FullLine || char.IsLower(first) || EndsInHyphen(line);
    }

    private void Join(int next)
    {
        var body = Body(next);
        var start = lines[next].Start + Lead(next);
        if (!(EndsInHyphen(next - 1) && body.Length > 0 && char.IsLower(body[0]))) builder.Append(' ', lines[next].Start);
        else builder.JoinHyphen();
        builder.Append(body, start);
    }

    private int Table(int at)
    {
        var number = tables++;
        var row = 0;
        for (; at < lines.Count && IsTableRow(at); at++)
        {
            var line = lines[at];
            var span = text.AsSpan(line.Start, line.End - line.Start);
            if (span.IndexOfAnyExcept(ruleMarks) < 0) continue;
            var separator = span.Contains('\t') ? '\t' : '|';
            var column = 0;
            var start = line.Start;
            while (start <= line.End)
            {
                var end = text.IndexOf(separator, start, line.End - start);
                if (end < 0) end = line.End;
                if (!(separator == '|' && text.AsSpan(start, end - start).IsWhiteSpace() && (start == line.Start || end == line.End)))
                {
                    builder.Begin(BlockKind.TableCell, 0, new TableCell(number, row, column++, false));
                    builder.Append(text.AsSpan(start, end - start), start);
                }

                start = end + 1;
            }

            row++;
        }

        builder.End();
        return at;
    }

    private int Code(int at)
    {
        builder.Begin(BlockKind.Code);
        var last = at;
        while (last < lines.Count && (IsIndented(last) || (IsBlank(last) && last + 1 < lines.Count && IsIndented(last + 1))))
        {
            if (last > at) builder.Break(lines[last].Start);
            builder.Append(text.AsSpan(lines[last].Start, lines[last].End - lines[last].Start), lines[last].Start);
            last++;
        }

        builder.End();
        return last;
    }

    private void Append(int line, int skip = 0)
    {
        var lead = Math.Max(skip, Lead(line));
        builder.Append(text.AsSpan(lines[line].Start + lead, lines[line].End - lines[line].Start - lead), lines[line].Start + lead);
    }

    private int HeadingLevel(int at)
    {
        var body = Body(at);
        if (body.Length is 0 or > ShortHeading || BulletLength(at) > 0) return 0;
        if (at + 1 < lines.Count && IsUnderline(at + 1) && lines[at + 1].End - lines[at + 1].Start >= body.Length / 2) return text[lines[at + 1].Start] == '=' ? 1 : 2;
        var alone = (at == 0 || IsBlank(at - 1)) && (at + 1 >= lines.Count || IsBlank(at + 1));
        return alone && body[^1] is not ('.' or '!' or '?' or ':' or ';' or ',') && char.IsLetterOrDigit(body[0]) && !char.IsLower(body[0])
            && body.Count(' ') < 12 && lines.Count > 1 ? 2 : 0;
    }

    private bool IsUnderline(int at)
    {
        var body = Body(at);
        return body.Length >= 3 && (body.IndexOfAnyExcept('=') < 0 || body.IndexOfAnyExcept('-') < 0);
    }

    private int BulletLength(int at)
    {
        var lead = Lead(at);
        var body = Body(at);
        if (body.Length < 2) return 0;
        if (body[0] is '•' or '●' or '▪' or '‣' or '◦') return lead + 1;
        if (body[0] is '-' or '*' or '–' && body[1] == ' ') return lead + 2;
        var digits = 0;
        while (digits < body.Length && char.IsAsciiDigit(body[digits])) digits++;
        return digits is 1 or 2 && digits + 1 < body.Length && body[digits] is '.' or ')' && body[digits + 1] == ' ' ? lead + digits + 2 : 0;
    }

    private bool IsTableRow(int at)
    {
        var body = Body(at);
        return body.Count('|') >= 2 || (body.Length > 0 && text.AsSpan(lines[at].Start, lines[at].End - lines[at].Start).TrimEnd().TrimStart(' ').Contains('\t') && text[lines[at].Start] != '\t');
    }

    private bool IsIndented(int at) =>
        !IsBlank(at) && (text[lines[at].Start] == '\t' || text.AsSpan(lines[at].Start, lines[at].End - lines[at].Start).StartsWith("    ")) && BulletLength(at) == 0;

    private bool EndsInHyphen(int at)
    {
        var body = Body(at);
        return body.Length > 2 && body[^1] == '-' && char.IsLetter(body[^2]) && body[..^1].LastIndexOfAny(' ', '-') is var cut && (cut < 0 || body[cut] == ' ');
    }

    private bool IsBlank(int at) => Body(at).Length == 0;

    private int Lead(int at)
    {
        var line = text.AsSpan(lines[at].Start, lines[at].End - lines[at].Start);
        return line.Length - line.TrimStart().Length;
    }

    private ReadOnlySpan<char> Body(int at) => text.AsSpan(lines[at].Start, lines[at].End - lines[at].Start).Trim();

    private readonly record struct Line(int Start, int End, bool EndsPage);
}
