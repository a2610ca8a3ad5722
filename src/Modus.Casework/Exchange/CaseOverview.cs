using System.Globalization;
using System.Text;
using Modus.Casework.Cases;

namespace Modus.Casework.Exchange;

/// <summary>The page of an export that readers open first. It follows from the records and is not read back.</summary>
internal static class CaseOverview
{
    public static string Of(CaseRecord item, CaseBook book)
    {
        var evidence = book.List<EvidenceRecord>(item.Id);
        var procedures = book.List<ProcedureRecord>(item.Id);
        var gaps = book.List<GapRecord>(item.Id);
        var text = new StringBuilder();
        text.Append("# ").Append(Safe(item.Name)).Append("\n\n");
        if (item.Summary.Length > 0) text.Append(Safe(item.Summary)).Append("\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{item.Id}, {RecordJson.WordOf(item.Status)}{(item.Tlp is { } tlp ? $", TLP:{tlp.ToUpperInvariant()}" : "")}{(item.Release is { } release ? $", ATT&CK {Safe(release)}" : "")}: ")
            .Append(CultureInfo.InvariantCulture, $"{evidence.Count} pieces of evidence, {procedures.Count} procedures ({procedures.Count(procedure => procedure.Status == ProcedureStatus.Confirmed)} confirmed), {gaps.Count(gap => gap.State == GapState.Open)} open intelligence gaps.\n");
        if (evidence.Count > 0)
        {
            text.Append("\n## Evidence\n\n| id | type | file | SHA-256 |\n| --- | --- | --- | --- |\n");
            foreach (var one in evidence) text.Append(CultureInfo.InvariantCulture, $"| {Safe(one.Id)} | {RecordJson.WordOf(one.Type)} | {Safe(one.Path)} | {Safe(one.Sha256)} |\n");
        }
        if (procedures.Count > 0)
        {
            text.Append("\n## Procedures\n\n| technique | name | standing | status | confidence | first | hosts |\n| --- | --- | --- | --- | --- | --- | --- |\n");
            foreach (var one in procedures.OrderBy(procedure => procedure.Technique, StringComparer.Ordinal).ThenBy(procedure => procedure.Id, StringComparer.Ordinal))
                text.Append(CultureInfo.InvariantCulture, $"| [{Safe(one.Technique)}](procedures/{Safe(one.Technique)}.yaml) | {Safe(one.Name)} | {one.Standing} | {RecordJson.WordOf(one.Status)} | {RecordJson.WordOf(one.Confidence)} | {(one.First is { } first ? RecordJson.TextOf(first) : "")} | {Safe(string.Join(", ", one.Hosts))} |\n");
        }
        if (gaps.Count > 0)
        {
            text.Append("\n## Intelligence gaps\n\n| id | type | state | host | source | from | to | why |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n");
            foreach (var one in gaps)
                text.Append(CultureInfo.InvariantCulture, $"| {Safe(one.Id)} | {Safe(one.Type)} | {RecordJson.WordOf(one.State)} | {Safe(one.Host ?? "")} | {Safe(one.Source ?? "")} | {(one.From is { } from ? RecordJson.TextOf(from) : "")} | {(one.To is { } to ? RecordJson.TextOf(to) : "")} | {Safe(one.Reason)} |\n");
        }
        return text.ToString();
    }

    /// <summary>Untrusted text in Markdown: nothing of it is markup, a link or a new line.</summary>
    private static string Safe(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (letter is '\n' or '\r' or '\t') safe.Append(' ');
            else if (letter == '<') safe.Append("&lt;");
            else if (letter == '&') safe.Append("&amp;");
            else if (char.IsControl(letter)) safe.Append('\ufffd');
            else if ("\\`*_[]|>#!".Contains(letter, StringComparison.Ordinal)) safe.Append('\\').Append(letter);
            else safe.Append(letter);
        }
        return safe.ToString();
    }
}
