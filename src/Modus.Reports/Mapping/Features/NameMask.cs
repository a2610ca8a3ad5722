namespace Modus.Reports.Mapping.Features;

/// <summary>
/// Puts a class token in the place of each name of an actor, a campaign or a piece of software, so that who did it
/// does not decide what was done. Names are kept as hashes of their tokens as written.
/// </summary>
internal sealed class NameMask
{
    /// <summary>Tokens of the longest name that is recognised.</summary>
    public const int LongestName = 5;

    private const int ShortestLoneName = 3;

    private static readonly ulong nameClass = FeatureHash.Of("<name>");
    private readonly HashSet<ulong> first = [];
    private readonly HashSet<ulong> whole = [];
    private readonly HashFilter filter;

    private NameMask(IEnumerable<ulong> firstHashes, IEnumerable<ulong> wholeHashes)
    {
        first.UnionWith(firstHashes);
        whole.UnionWith(wholeHashes);
        filter = HashFilter.Of(first);
    }

    /// <summary>A mask without names.</summary>
    public static NameMask Empty { get; } = new([], []);

    /// <summary>Hashes of the names' first tokens, sorted.</summary>
    public ulong[] First => [.. first.Order()];

    /// <summary>Hashes of the whole names, sorted.</summary>
    public ulong[] Whole => [.. whole.Order()];

    /// <summary>A mask read back from a model.</summary>
    public static NameMask FromHashes(IEnumerable<ulong> first, IEnumerable<ulong> whole) => new(first, whole);

    /// <summary>
    /// A mask of names. A name without a capital or a digit is left out (it is a word or a command: <c>at</c>, <c>net</c>),
    /// so is one of fewer than three characters.
    /// </summary>
    public static NameMask Of(IEnumerable<string> names)
    {
        var lexer = new SentenceLexer();
        var first = new HashSet<ulong>();
        var whole = new HashSet<ulong>();
        foreach (var name in names)
        {
            if (name.Length < ShortestLoneName || !name.AsSpan().ContainsAnyInRange('A', 'Z') && !name.AsSpan().ContainsAnyInRange('0', '9')) continue;
            lexer.Lex(name);
            var tokens = lexer.Tokens;
            if (tokens.Length is 0 or > LongestName || tokens[0].Kind != TokenKind.Word) continue;
            first.Add(tokens[0].CaseHash);
            whole.Add(Sequence(tokens));
        }

        return new(first, whole);
    }

    /// <summary>Copies tokens, with one class token in the place of each name.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="text">What they were cut from.</param>
    /// <param name="result">Takes the copy.</param>
    /// <param name="found">Takes the hash of each name.</param>
    public void Apply(ReadOnlySpan<Token> tokens, ReadOnlySpan<char> text, List<Token> result, List<ulong> found)
    {
        result.Clear();
        found.Clear();
        for (var i = 0; i < tokens.Length;)
        {
            var length = filter.Maybe(tokens[i].CaseHash) && first.Contains(tokens[i].CaseHash) ? Longest(tokens[i..], text) : 0;
            if (length == 0)
            {
                result.Add(tokens[i++]);
                continue;
            }

            var last = tokens[i + length - 1];
            result.Add(tokens[i] with
            {
                Length = last.Start + last.Length - tokens[i].Start,
                BufferLength = 0,
                Hash = nameClass,
                CaseHash = nameClass,
                StemHash = nameClass,
                Kind = TokenKind.Class,
            });
            found.Add(Sequence(tokens.Slice(i, length)));
            i += length;
        }
    }

    /// <summary>The hash a name is found by, or 0 for a name that is not masked.</summary>
    public static ulong HashOf(string name)
    {
        if (name.Length < ShortestLoneName || !name.AsSpan().ContainsAnyInRange('A', 'Z') && !name.AsSpan().ContainsAnyInRange('0', '9')) return 0;
        var lexer = new SentenceLexer();
        lexer.Lex(name);
        var tokens = lexer.Tokens;
        return tokens.Length is 0 or > LongestName || tokens[0].Kind != TokenKind.Word ? 0 : Sequence(tokens);
    }

    private int Longest(ReadOnlySpan<Token> tokens, ReadOnlySpan<char> text)
    {
        for (var length = Math.Min(LongestName, tokens.Length); length > 0; length--)
        {
            if (!whole.Contains(Sequence(tokens[..length]))) continue;
            // A plain word that opens the sentence has its capital from there.
            var opens = length == 1 && tokens[0].Start < 3 && !text.Slice(tokens[0].Start + 1, tokens[0].Length - 1).ContainsAnyExceptInRange('a', 'z');
            if (!opens) return length;
        }

        return 0;
    }

    private static ulong Sequence(ReadOnlySpan<Token> tokens)
    {
        var hash = tokens[0].CaseHash;
        foreach (var token in tokens[1..]) hash = FeatureHash.Join(hash, token.CaseHash);
        return hash;
    }
}
