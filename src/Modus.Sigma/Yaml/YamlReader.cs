using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Modus.Sigma.Yaml;

/// <summary>Reads the documents of a YAML text into nodes that know their place.</summary>
/// <remarks>Hostile input ends in a <see cref="Problem"/>: depth, size and alias growth are limited.</remarks>
public static class YamlReader
{
    /// <summary>Nested maps and lists accepted before a document is refused: 64.</summary>
    public const int MaxDepth = 64;

    /// <summary>Nodes of one file, aliases counted at their full size, before reading stops: 200,000.</summary>
    public const int MaxNodes = 200_000;

    /// <summary>Characters of one file before it is refused: 8 million.</summary>
    public const int MaxCharacters = 8_000_000;

    /// <summary>Reads all documents of a text. What cannot be read is reported as MD2001 to MD2005.</summary>
    /// <param name="text">The YAML text.</param>
    /// <param name="file">The name that problems carry.</param>
    /// <param name="problems">Receives what went wrong.</param>
    /// <returns>The documents before the first syntax error; empty documents are left out.</returns>
    public static ImmutableArray<YamlNode> Read(string text, string file, ICollection<Problem> problems)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(problems);
        if (text.Length > MaxCharacters)
        {
            problems.Add(new("MD2002", ProblemSeverity.Error, $"The file has {text.Length} characters, more than {MaxCharacters} are not read.", file));
            return [];
        }

        var documents = ImmutableArray.CreateBuilder<YamlNode>();
        var parser = new Parser(new StringReader(text));
        try
        {
            var builder = new TreeBuilder(parser, file, problems);
            while (builder.NextDocument() is { } document)
                if (document is not YamlScalar { IsNull: true }) documents.Add(document);
        }
        catch (YamlException exception)
        {
            var reason = exception.InnerException?.Message ?? exception.Message;
            problems.Add(new("MD2001", ProblemSeverity.Error, $"This is not YAML: {reason}", file,
                (int)exception.Start.Line, (int)exception.Start.Column, reason.Contains("tab", StringComparison.OrdinalIgnoreCase) ? "Indent with blanks: YAML takes no tabs there." : null));
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            // The scanner answers some broken texts (a colon inside an open bracket) with its own internal errors.
            var last = parser.Current?.End;
            problems.Add(new("MD2001", ProblemSeverity.Error, "This is not YAML: a bracket, a quote or an indentation does not fit.", file,
                (int)(last?.Line ?? 1), (int)(last?.Column ?? 1)));
        }
        catch (LimitException limit)
        {
            problems.Add(new("MD2002", ProblemSeverity.Error, limit.Message, file, limit.Position.Line, limit.Position.Column));
        }

        return documents.ToImmutable();
    }

    private sealed class LimitException(string message, SourcePosition position) : Exception(message)
    {
        public SourcePosition Position => position;
    }

    private sealed class TreeBuilder(Parser parser, string file, ICollection<Problem> problems)
    {
        private readonly Dictionary<AnchorName, (YamlNode Node, int Size)> anchors = [];
        private int nodes;

        public YamlNode? NextDocument()
        {
            while (parser.MoveNext())
            {
                if (parser.Current is DocumentStart)
                {
                    anchors.Clear();
                    parser.MoveNext();
                    return Node(0);
                }
            }

            return null;
        }

        private YamlNode Node(int depth)
        {
            var start = parser.Current!;
            var position = Place(start);
            if (depth > MaxDepth) throw new LimitException($"More than {MaxDepth} maps and lists are nested.", position);
            Count(1, position);
            if (start is AnchorAlias alias) return Alias(alias, position);

            var before = nodes;
            YamlNode node = start switch
            {
                Scalar scalar => new YamlScalar(position, scalar.Value, scalar.Style == ScalarStyle.Plain),
                SequenceStart => Sequence(position, depth),
                MappingStart => Mapping(position, depth),
                _ => throw new SyntaxErrorException(start.Start, start.End, $"unexpected {start.GetType().Name}"),
            };
            if (start is NodeEvent { Anchor: { IsEmpty: false } anchor }) anchors[anchor] = (node, nodes - before + 1);
            return node;
        }

        private YamlNode Alias(AnchorAlias alias, SourcePosition position)
        {
            if (!anchors.TryGetValue(alias.Value, out var target))
                throw new SyntaxErrorException(alias.Start, alias.End, $"the alias *{alias.Value} names no anchor above it");
            Count(target.Size, position);
            return target.Node;
        }

        private YamlSequence Sequence(SourcePosition position, int depth)
        {
            var items = ImmutableArray.CreateBuilder<YamlNode>();
            while (parser.MoveNext() && parser.Current is not SequenceEnd) items.Add(Node(depth + 1));
            return new(position, items.ToImmutable());
        }

        private YamlMapping Mapping(SourcePosition position, int depth)
        {
            var entries = ImmutableArray.CreateBuilder<YamlEntry>();
            HashSet<string>? seen = null;
            List<YamlMapping>? inherited = null;
            while (parser.MoveNext() && parser.Current is not MappingEnd)
            {
                var key = Node(depth + 1) as YamlScalar;
                var keyAt = key?.Position ?? position;
                parser.MoveNext();
                var value = Node(depth + 1);
                if (key is null)
                {
                    problems.Add(new("MD2004", ProblemSeverity.Error, "A key of a map must be plain text, not a map or a list.", file, keyAt.Line, keyAt.Column));
                    continue;
                }

                if (key is { Text: "<<", IsPlain: true } && Merged(value) is { } merged)
                {
                    inherited ??= [];
                    foreach (var map in merged)
                    {
                        Count(map.Entries.Length, keyAt);
                        inherited.Add(map);
                    }

                    continue;
                }

                if (!(seen ??= new(StringComparer.Ordinal)).Add(key.Text))
                {
                    problems.Add(new("MD2003", ProblemSeverity.Error, $"The key '{key.Text}' appears twice in one map; no rule of this file is used, since one half would be lost.", file,
                        keyAt.Line, keyAt.Column, "Write the values as a list under one key, or give the second key another modifier."));
                    continue;
                }

                entries.Add(new(key, value));
            }

            // Own keys win, then those of the map that was named first.
            foreach (var entry in (inherited ?? []).SelectMany(map => map.Entries))
                if ((seen ??= new(StringComparer.Ordinal)).Add(entry.Key.Text)) entries.Add(entry);
            return new(position, entries.ToImmutable());
        }

        /// <summary>The maps that a merge key (<c>&lt;&lt;: *base</c>) brings in; null where its value is something else.</summary>
        private static IReadOnlyList<YamlMapping>? Merged(YamlNode value) => value switch
        {
            YamlMapping map => [map],
            YamlSequence { Items: { Length: > 0 } items } when items.All(item => item is YamlMapping) => [.. items.Cast<YamlMapping>()],
            _ => null,
        };

        private void Count(int more, SourcePosition position)
        {
            nodes += more;
            if (nodes > MaxNodes) throw new LimitException($"The file has more than {MaxNodes} nodes (aliases count at their full size).", position);
        }

        private static SourcePosition Place(ParsingEvent at) => new((int)at.Start.Line, (int)at.Start.Column);
    }
}
