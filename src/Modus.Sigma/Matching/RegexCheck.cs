using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using Modus.Sigma.Expressions;
using Modus.Sigma.Passes;

namespace Modus.Sigma.Matching;

/// <summary>A regular expression, made ready when it is first needed, and run only on values that are long enough for it.</summary>
internal sealed class RegexCheck(RegexTest test) : ValueCheck
{
    private const int OnStack = 512;
    private readonly int minLength = RegexOutline.All(test).MinLength;
    private readonly byte[][][] sets = [.. RegexOutline.All(test).Sets.Select(set => set.Select(Folding.Fold).ToArray())];
    private readonly (IReadOnlyList<RegexRow> Rows, bool IsAll) rows = RegexOutline.RowsOf(test);
    private readonly Lazy<AsciiRegex?> ascii = new(() => RegexTree.Read(test) is { } tree ? AsciiRegex.Of(tree) : null);
    private readonly Lazy<Regex> regex = new(() =>
        Regexes.Compile(test, out var error) ?? throw new InvalidOperationException($"'{test.Regex}' was accepted and cannot be run: {error}"));

    public override bool ReadsFolded => false;

    public override bool Matches(ReadOnlySpan<byte> value)
    {
        // A character of UTF-16 never takes less than a byte of UTF-8.
        if (value.Length < minLength) return false;
        if (Ascii.IsValid(value))
        {
            foreach (var row in rows.Rows)
                if (!row.IsIn(value)) return false;
            if (rows.IsAll) return true;
            if (value.Length <= AsciiRegex.MaxText && ascii.Value is { } automaton) return automaton.IsMatch(value);
        }

        char[]? rented = null;
        var text = value.Length <= OnStack ? stackalloc char[OnStack] : rented = ArrayPool<char>.Shared.Rent(value.Length);
        var length = Encoding.UTF8.GetChars(value, text);
        var matches = regex.Value.IsMatch(text[..length]);
        if (rented is not null) ArrayPool<char>.Shared.Return(rented);
        return matches;
    }

    /// <summary>False when the folded value lacks a text that every match holds.</summary>
    public bool MayMatch(ReadOnlySpan<byte> folded)
    {
        foreach (var set in sets)
        {
            var any = false;
            foreach (var text in set) any = any || folded.IndexOf(text) >= 0;
            if (!any) return false;
        }

        return true;
    }

    /// <summary>The first match in a text, for evidence.</summary>
    public (int Start, int Length) Place(string value) => regex.Value.Match(value) is { Success: true } match ? (match.Index, match.Length) : (0, value.Length);
}
