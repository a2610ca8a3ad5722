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

    /// <summary>The lexer with the tokens of the last sentence before names were masked.</summary>
    public SentenceLexer Lexer { get; } = new();

    /// <summary>The tokens of the last sentence after names were masked.</summary>
    public ReadOnlySpan<Token> Tokens => CollectionsMarshal.AsSpan(masked);

    /// <summary>How many names were masked.</summary>
    public int MaskedNames { get; private set; }

    /// <summary>Keys of words and word pairs.</summary>
    public List<uint> WordKeys { get; } = [];

    /// <summary>The key of a single word's feature, by the word's hash.</summary>
    public static uint WordKey(ulong hash) => FeatureHash.Key(hash, WordKind);

    /// <summary>The key of a pair of neighbouring words.</summary>
    public static uint PairKey(ulong first, ulong second) => FeatureHash.Key(FeatureHash.Join(first, second), PairKind);

    /// <summary>Scans a sentence.</summary>
    public void Scan(ReadOnlySpan<char> text)
    {
        Lexer.Lex(text);
        MaskedNames = names.Apply(Lexer.Tokens, text, masked);
        WordKeys.Clear();
        var tokens = Tokens;
        var before = 0UL;
        foreach (var token in tokens)
        {
            if (FunctionWords.Contains(token.Hash)) continue;
            WordKeys.Add(WordKey(token.Hash));
            if (before != 0) WordKeys.Add(PairKey(before, token.Hash));
            before = token.Hash;
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
