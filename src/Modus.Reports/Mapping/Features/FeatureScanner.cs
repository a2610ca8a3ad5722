using System.Runtime.InteropServices;

namespace Modus.Reports.Mapping.Features;

/// <summary>Turns a sentence into the keys of its features, repeated as often as they occur.</summary>
/// <remarks>A workspace for one thread: the results are valid until the next call.</remarks>
internal sealed class FeatureScanner(NameMask names)
{
    private const uint WordKind = 1;
    private const uint PairKind = 2;
    private const uint CharacterKind = 3;
    private const int ShortestSequence = 3;
    private const int LongestSequence = 5;

    private readonly List<Token> masked = [];
    private readonly List<ulong> found = [];

    /// <summary>The lexer with the tokens of the last sentence before names were masked.</summary>
    public SentenceLexer Lexer { get; } = new();

    /// <summary>The tokens of the last sentence after names were masked.</summary>
    public ReadOnlySpan<Token> Tokens => CollectionsMarshal.AsSpan(masked);

    /// <summary>How many names were masked.</summary>
    public int MaskedNames => found.Count;

    /// <summary>The hashes of those names, as <see cref="NameMask.HashOf"/> gives them.</summary>
    public IReadOnlyList<ulong> FoundNames => found;

    /// <summary>Keys of words and word pairs.</summary>
    public List<uint> WordKeys { get; } = [];

    /// <summary>For each of the <see cref="WordKeys"/> the place of its token; of a pair, of the second.</summary>
    public List<int> WordPlaces { get; } = [];

    /// <summary>The key of a single word's feature, by the hash of the word's stem.</summary>
    public static uint WordKey(ulong hash) => FeatureHash.Key(hash, WordKind);

    /// <summary>The key of a pair of neighbouring words, by the hashes of their stems.</summary>
    public static uint PairKey(ulong first, ulong second) => FeatureHash.Key(FeatureHash.Join(first, second), PairKind);

    /// <summary>Scans a sentence.</summary>
    public void Scan(ReadOnlySpan<char> text)
    {
        Lexer.Lex(text);
        names.Apply(Lexer.Tokens, text, masked, found);
        WordKeys.Clear();
        WordPlaces.Clear();
        var tokens = Tokens;
        var before = 0UL;
        for (var place = 0; place < tokens.Length; place++)
        {
            if (FunctionWords.Contains(tokens[place].Hash)) continue;
            var hash = tokens[place].StemHash;
            WordKeys.Add(WordKey(hash));
            WordPlaces.Add(place);
            if (before != 0)
            {
                WordKeys.Add(PairKey(before, hash));
                WordPlaces.Add(place);
            }

            before = hash;
        }
    }

    /// <summary>The keys of the character sequences of the last sentence, repeated as often as they occur.</summary>
    public List<uint> CharacterKeys()
    {
        var keys = new List<uint>();
        foreach (var token in Tokens)
            if (token.BufferLength > 0) Characters(Lexer.Buffer.Slice(token.BufferStart, token.BufferLength), keys);
        return keys;
    }

    /// <summary>Adds the keys of the character sequences of a word, which comes with a blank before and after.</summary>
    public static void Characters(ReadOnlySpan<char> word, List<uint> keys)
    {
        for (var start = 0; start + ShortestSequence <= word.Length; start++)
        {
            var hash = FeatureHash.Start;
            var end = Math.Min(word.Length, start + LongestSequence);
            for (var i = start; i < end; i++)
            {
                hash = FeatureHash.Add(hash, word[i]);
                if (i - start + 1 >= ShortestSequence) keys.Add(FeatureHash.Key(hash, CharacterKind));
            }
        }
    }
}
