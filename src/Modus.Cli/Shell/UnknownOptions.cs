using System.CommandLine;
using System.CommandLine.Parsing;

namespace Modus.Cli.Shell;

/// <summary>
/// Words that look like options and would be taken as a file or a text: the parser gives whatever it does not know
/// to an argument that takes many, and a mistyped option would then be called a missing file.
/// </summary>
internal static class UnknownOptions
{
    /// <summary>The words, in their order; none that stands after "--", that names something on the disk, or that is a negative number.</summary>
    public static IReadOnlyList<string> In(ParseResult parsed)
    {
        var meant = parsed.Tokens.SkipWhile(token => token.Type != TokenType.DoubleDash).Select(token => token.Value).ToHashSet(StringComparer.Ordinal);
        return [.. parsed.CommandResult.Children.OfType<ArgumentResult>()
            .SelectMany(argument => argument.Tokens)
            .Select(token => token.Value)
            .Where(word => LooksLikeOption(word) && !meant.Contains(word) && !Path.Exists(word))
            .Distinct()];
    }

    private static bool LooksLikeOption(string word) =>
        word is ['-', '-', _, ..] || (word is ['-', var letter, ..] && char.IsAsciiLetter(letter));
}
