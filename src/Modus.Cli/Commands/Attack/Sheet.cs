using System.Text.Json;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Attack;

/// <summary>One object as facts and lists, written as text, Markdown or JSON.</summary>
internal sealed class Sheet(string title)
{
    private readonly List<(string Key, string Label, object? Value)> facts = [];
    private readonly List<Section> sections = [];

    /// <summary>Adds a fact; absent and empty ones are left out of texts and null in JSON.</summary>
    public void Fact(string key, string label, object? value) => facts.Add((key, label, value));

    /// <summary>Adds a list; an empty one is left out of texts.</summary>
    public void List(string key, string heading, string[] columns, IEnumerable<object?[]> rows) =>
        sections.Add(new Section(key, heading, columns, [.. rows]));

    /// <summary>Writes the sheet.</summary>
    /// <param name="run">Where to, and in which format.</param>
    /// <param name="limit">Rows of each list in texts; JSON has all.</param>
    public void Write(Invocation run, int limit)
    {
        if (run.Format == Format.Json) run.Out.WriteLine(Json.Indented(WriteJson));
        else if (run.Format == Format.Markdown) WriteMarkdown(run.Out, limit);
        else WriteText(run, limit);
    }

    private void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        foreach (var (key, _, value) in facts) Json.WriteMember(json, key, value);
        foreach (var section in sections)
        {
            json.WriteStartArray(section.Key);
            foreach (var row in section.Rows)
            {
                json.WriteStartObject();
                for (var i = 0; i < row.Length; i++) Json.WriteMember(json, section.Columns[i], row[i]);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private void WriteText(Invocation run, int limit)
    {
        var style = run.OutStyle;
        run.Out.WriteLine(style.Bold(SafeText.ForTerminal(title)));
        foreach (var (_, label, value) in facts)
            if (label.Length > 0 && Values.Text(value) is { Length: > 0 } text) run.Out.WriteLine($"{label + ":",-14}{SafeText.ForTerminal(text)}");
        foreach (var section in sections.Where(section => section.Rows.Count > 0))
        {
            run.Out.WriteLine();
            run.Out.WriteLine(style.Bold($"{section.Heading} ({section.Rows.Count})"));
            var shown = section.Rows.Take(limit).Select(row => row.Select(cell => SafeText.ForTerminal(Values.Text(cell))).ToArray()).ToList();
            var widths = Enumerable.Range(0, section.Columns.Length).Select(i => shown.Count == 0 ? 0 : shown.Max(row => SafeText.Width(row[i]))).ToArray();
            foreach (var row in shown)
                run.Out.WriteLine("  " + string.Join("  ", row.Select((cell, i) => cell + new string(' ', Math.Max(0, Math.Min(widths[i], 48) - SafeText.Width(cell))))).TrimEnd());
            if (section.Rows.Count > limit) run.Out.WriteLine($"  … {section.Rows.Count - limit} more (--limit, or -o json for all)");
        }
    }

    private void WriteMarkdown(TextWriter to, int limit)
    {
        to.WriteLine($"# {SafeText.ForMarkdown(title)}");
        to.WriteLine();
        foreach (var (_, label, value) in facts)
            if (label.Length > 0 && Values.Text(value) is { Length: > 0 } text) to.WriteLine($"- **{label}:** {SafeText.ForMarkdown(text)}");
        foreach (var section in sections.Where(section => section.Rows.Count > 0))
        {
            to.WriteLine();
            to.WriteLine($"## {section.Heading} ({section.Rows.Count})");
            to.WriteLine();
            to.WriteLine($"| {string.Join(" | ", section.Columns.Select(column => SafeText.ForMarkdown(column)))} |");
            to.WriteLine($"|{string.Concat(section.Columns.Select(_ => " --- |"))}");
            foreach (var row in section.Rows.Take(limit))
                to.WriteLine($"| {string.Join(" | ", row.Select(cell => SafeText.ForMarkdown(Values.Text(cell))))} |");
            if (section.Rows.Count > limit) to.WriteLine($"\n{section.Rows.Count - limit} more are left out.");
        }
    }

    private sealed record Section(string Key, string Heading, string[] Columns, List<object?[]> Rows);
}
