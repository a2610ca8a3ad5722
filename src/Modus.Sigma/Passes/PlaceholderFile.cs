using System.Collections.Immutable;
using Modus.Sigma.Yaml;

namespace Modus.Sigma;

/// <summary>Reads the values of placeholders (modifier <c>expand</c>) from a YAML file: a map of names to a value or a list of values.</summary>
public static class PlaceholderFile
{
    /// <summary>Reads the text of a placeholder file. Names may be written with or without percent signs.</summary>
    /// <param name="text">The YAML text.</param>
    /// <param name="file">The name that problems carry.</param>
    /// <param name="problems">Receives MD2080 for what cannot be used.</param>
    /// <returns>Name → values, for <see cref="CompileOptions.Placeholders"/>.</returns>
    public static IReadOnlyDictionary<string, ImmutableArray<string>> Parse(string text, string file, ICollection<Problem> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        var values = new SortedDictionary<string, ImmutableArray<string>>(StringComparer.Ordinal);
        foreach (var document in YamlReader.Read(text, file, problems))
        {
            if (document is not YamlMapping map)
            {
                Report(document.Position, "A placeholder file is a map of names to values.");
                continue;
            }

            foreach (var (key, value) in map.Entries)
            {
                ImmutableArray<string> texts = value switch
                {
                    YamlScalar { IsNull: false } scalar => [scalar.Text],
                    YamlSequence list => [.. list.Items.OfType<YamlScalar>().Select(item => item.Text)],
                    _ => [],
                };
                if (texts.IsEmpty || (value is YamlSequence items && items.Items.Length != texts.Length))
                    Report(value.Position, $"The placeholder '{key.Text}' needs a text or a list of texts.");
                else values[key.Text.Trim('%')] = texts;
            }
        }

        return values;

        void Report(SourcePosition at, string message) => problems.Add(new("MD2080", ProblemSeverity.Error, message, file, at.Line, at.Column, "Write 'name: [value, value]'."));
    }
}
