namespace Modus.Cli.Shell;

/// <summary>What <c>-o</c> asked for: a format, a file, or both.</summary>
/// <param name="Format">The format to write.</param>
/// <param name="File">The file to write; null for standard output.</param>
internal sealed record OutputChoice(Format Format, string? File)
{
    /// <summary>Reads the values of <c>-o</c>. Nothing given: a table for a person, NDJSON for a pipe, else the command's first format.</summary>
    /// <exception cref="CommandFailure">A word that is no format, two formats, two files, or a format that the command cannot write.</exception>
    public static OutputChoice Read(IReadOnlyList<string> values, IReadOnlyList<Format> allowed, bool toTerminal)
    {
        Format? format = null;
        string? file = null;
        foreach (var value in values)
        {
            if (Formats.IsFile(value))
            {
                if (file is not null) throw Wrong($"two output files were given: '{file}' and '{value}'", allowed);
                file = value;
            }
            else if (!Formats.TryParse(value, out var named))
            {
                throw Wrong($"'{value}' is neither an output format nor a file name", allowed);
            }
            else if (format is not null && format != named)
            {
                throw Wrong($"two output formats were given: {Formats.Name(format.Value)} and {Formats.Name(named)}", allowed);
            }
            else
            {
                format = named;
            }
        }

        // "table" is what people ask for when they mean "for me to read"; pages that are no table answer it too.
        if (format == Format.Table && !allowed.Contains(Format.Table) && allowed.Contains(Format.Text)) format = Format.Text;
        format ??= file is null ? null : OfFile(file, allowed);
        format ??= !toTerminal && allowed.Contains(Format.Ndjson) ? Format.Ndjson : allowed[0];
        if (!allowed.Contains(format.Value)) throw Wrong($"this command does not write {Formats.Name(format.Value)}", allowed);
        return new OutputChoice(format.Value, file);
    }

    // "gap.json" takes its meaning from the command where that writes one kind of JSON only.
    private static Format OfFile(string file, IReadOnlyList<Format> allowed)
    {
        if (Formats.OfFile(file) is null && allowed.Count == 1) return allowed[0];
        var named = Formats.OfFile(file) ?? throw Wrong($"the ending of '{file}' names no format; give one with -o FORMAT as well", allowed);
        if (allowed.Contains(named)) return named;
        if (named is Format.Json or Format.Navigator or Format.Stix)
            foreach (var other in new[] { Format.Json, Format.Navigator, Format.Stix })
                if (allowed.Contains(other)) return other;
        return named;
    }

    private static CommandFailure Wrong(string message, IReadOnlyList<Format> allowed) =>
        CommandFailure.Usage("MD9002", message, $"use one of: {string.Join(", ", allowed.Select(Formats.Name))}; or a file such as out.{Ending(allowed)}");

    private static string Ending(IReadOnlyList<Format> allowed) => allowed.FirstOrDefault(format => format != Format.Table) switch
    {
        Format.Markdown => "md",
        Format.Navigator => "layer.json",
        Format.Stix => "stix.json",
        Format.Junit => "xml",
        Format.Flow => "afb",
        Format.Table or Format.Text => "txt",
        var format => Formats.Name(format),
    };
}
