using System.Collections.Immutable;
using Modus.Sigma.Yaml;

namespace Modus.Sigma.Rules;

/// <summary>What the readers of one document share: its file and where problems go.</summary>
internal sealed class DocumentContext(string file, ICollection<Problem> problems)
{
    public string File => file;

    /// <summary>True once an error was reported: the document is then not used.</summary>
    public bool Failed { get; private set; }

    public void Error(string code, SourcePosition at, string message, string? fix = null)
    {
        Failed = true;
        problems.Add(new(code, ProblemSeverity.Error, message, file, at.Line, at.Column, fix));
    }

    public void Warn(string code, SourcePosition at, string message, string? fix = null) =>
        problems.Add(new(code, ProblemSeverity.Warning, message, file, at.Line, at.Column, fix));

    /// <summary>The texts of a scalar or of a list of scalars; other shapes are reported as <paramref name="code"/>.</summary>
    public ImmutableArray<YamlScalar> Scalars(YamlNode? node, string what, string code)
    {
        switch (node)
        {
            case null or YamlScalar { IsNull: true }:
                return [];
            case YamlScalar scalar:
                return [scalar];
            case YamlSequence sequence:
                var texts = ImmutableArray.CreateBuilder<YamlScalar>(sequence.Items.Length);
                foreach (var item in sequence.Items)
                {
                    if (item is YamlScalar scalar) texts.Add(scalar);
                    else Warn(code, item.Position, $"'{what}' takes texts; a map or list inside it is not used.");
                }

                return texts.ToImmutable();
            default:
                Warn(code, node.Position, $"'{what}' takes a text or a list of texts; a map is not used.");
                return [];
        }
    }
}
