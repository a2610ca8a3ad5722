namespace Modus.Cli.Shell;

/// <summary>The closed list of output formats. A command takes those that it declares.</summary>
internal enum Format
{
    Table, Json, Ndjson, Csv, Tsv, Markdown, Html, Navigator, Stix, Flow, Sarif, Junit, Yaml, Text,
}

/// <summary>Names of formats, and the formats that file names stand for.</summary>
internal static class Formats
{
    // The longest ending wins, so that "gap.layer.json" is a layer and "gap.json" is plain JSON.
    private static readonly (string Ending, Format Format)[] byEnding =
    [
        (".layer.json", Format.Navigator), (".stix.json", Format.Stix), (".ndjson", Format.Ndjson), (".jsonl", Format.Ndjson),
        (".json", Format.Json), (".csv", Format.Csv), (".tsv", Format.Tsv), (".markdown", Format.Markdown), (".md", Format.Markdown),
        (".html", Format.Html), (".htm", Format.Html), (".afb", Format.Flow), (".sarif", Format.Sarif), (".xml", Format.Junit),
        (".yaml", Format.Yaml), (".yml", Format.Yaml), (".txt", Format.Text),
    ];

    public static string Name(Format format) => format.ToString().ToLowerInvariant();

    public static bool TryParse(string word, out Format format) =>
        Enum.TryParse(word, ignoreCase: true, out format) && Enum.IsDefined(format) && !char.IsAsciiDigit(word[0]);

    /// <summary>Says whether a value of <c>-o</c> names a file: it has a separator or a dot.</summary>
    public static bool IsFile(string value) => value.AsSpan().ContainsAny('/', '\\', '.');

    /// <summary>The format that a file's name stands for, or null.</summary>
    public static Format? OfFile(string path)
    {
        foreach (var (ending, format) in byEnding)
            if (path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) return format;
        return null;
    }
}
