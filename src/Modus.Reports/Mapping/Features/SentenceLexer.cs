using System.Runtime.InteropServices;

namespace Modus.Reports.Mapping.Features;

/// <summary>
/// Cuts a sentence into lower-case tokens. Addresses, hashes, mail and CVE numbers become one class token each;
/// paths and registry keys fall into their parts behind a class token; ids of techniques are set aside.
/// </summary>
/// <remarks>A workspace for one thread: the results are valid until the next call.</remarks>
internal sealed class SentenceLexer
{
    /// <summary>Characters of a sentence that are looked at; what follows is ignored.</summary>
    public const int MaxLength = 8_000;

    private const int LongestWord = 40;
    private const int LongestSwitch = 14;

    private static readonly ulong urlClass = FeatureHash.Of("<url>");
    private static readonly ulong domainClass = FeatureHash.Of("<domain>");
    private static readonly ulong mailClass = FeatureHash.Of("<mail>");
    private static readonly ulong hashClass = FeatureHash.Of("<hash>");
    private static readonly ulong addressClass = FeatureHash.Of("<ip>");
    private static readonly ulong cveClass = FeatureHash.Of("<cve>");
    private static readonly ulong registryClass = FeatureHash.Of("<registry>");
    private static readonly ulong pathClass = FeatureHash.Of("<path>");
    private static readonly ulong blobClass = FeatureHash.Of("<blob>");
    private static readonly ulong numberClass = FeatureHash.Of("<number>");

    private readonly List<Token> tokens = [];
    private readonly List<PrintedId> ids = [];
    private readonly ulong[] beginnings = new ulong[LongestWord + 1];
    private char[] buffer = new char[1024];
    private int used;

    /// <summary>The tokens of the last sentence, in order.</summary>
    public ReadOnlySpan<Token> Tokens => CollectionsMarshal.AsSpan(tokens);

    /// <summary>The technique ids printed in the last sentence.</summary>
    public IReadOnlyList<PrintedId> Ids => ids;

    /// <summary>The buffer that tokens point into.</summary>
    public ReadOnlySpan<char> Buffer => buffer.AsSpan(0, used);

    /// <summary>How many indicators, paths and other class tokens the last sentence has.</summary>
    public int ClassTokens { get; private set; }

    /// <summary>Cuts a sentence.</summary>
    public void Lex(ReadOnlySpan<char> text)
    {
        tokens.Clear();
        ids.Clear();
        used = 0;
        ClassTokens = 0;
        if (text.Length > MaxLength) text = text[..MaxLength];
        if (buffer.Length < (text.Length * 3) + 16) buffer = new char[(text.Length * 3) + 16];
        for (var i = 0; i < text.Length;)
        {
            while (i < text.Length && IsGap(text[i])) i++;
            var start = i;
            while (i < text.Length && !IsGap(text[i])) i++;
            if (i > start) Chunk(text, start, i);
        }
    }

    private static bool IsGap(char c) => char.IsWhiteSpace(c) || c is '|' or '"' or '“' or '”' or '<' or '>' or '`';

    private void Chunk(ReadOnlySpan<char> text, int start, int end)
    {
        while (start < end && IsOuter(text[start])) start++;
        while (end > start && (IsOuter(text[end - 1]) || text[end - 1] is '.' or ':' or '!' or '?')) end--;
        if (start == end) return;
        var chunk = text[start..end];
        switch (ChunkShape.Of(chunk))
        {
            case Shape.Url: AddClass(urlClass, start, end); return;
            case Shape.Domain: AddClass(domainClass, start, end); return;
            case Shape.Mail: AddClass(mailClass, start, end); return;
            case Shape.Address: AddClass(addressClass, start, end); return;
            case Shape.Hash: AddClass(hashClass, start, end); return;
            case Shape.Cve: AddClass(cveClass, start, end); return;
            case Shape.Registry: AddClass(registryClass, start, start); Parts(text, start, end); return;
            case Shape.Path: AddClass(pathClass, start, start); Parts(text, start, end); return;
            default: Parts(text, start, end); return;
        }
    }

    private static bool IsOuter(char c) => c is '(' or ')' or '[' or ']' or '{' or '}' or ',' or ';' or '\'' or '’' or '‘' or '*' or '•' or '–' or '—';

    private void Parts(ReadOnlySpan<char> text, int start, int end)
    {
        for (var i = start; i < end;)
        {
            var from = i;
            var isSwitch = i == start && text[i] is '-' or '/' && end - i <= LongestSwitch;
            if (isSwitch) i++;
            if (i >= end || !IsWord(text[i]))
            {
                i++;
                continue;
            }

            if (!isSwitch) from = i;
            while (i < end && IsWord(text[i])) i++;
            if (TechniqueId(text, from, ref i, end)) continue;
            AddWord(text, from, i);
        }
    }

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c == '_' || (c > 127 && char.IsLetterOrDigit(c));

    /// <summary>T1059, T1059.001 and T1059/001; moves the end over the sub-technique's part.</summary>
    private bool TechniqueId(ReadOnlySpan<char> text, int start, ref int end, int limit)
    {
        if (end - start != 5 || text[start] is not ('T' or 't') || text[(start + 1)..end].ContainsAnyExceptInRange('0', '9')) return false;
        var hash = FeatureHash.Start;
        hash = FeatureHash.Add(hash, 'T');
        for (var i = start + 1; i < end; i++) hash = FeatureHash.Add(hash, text[i]);
        if (end + 4 <= limit && text[end] is '.' or '/' && !text.Slice(end + 1, 3).ContainsAnyExceptInRange('0', '9')
            && (end + 4 == limit || !IsWord(text[end + 4])))
        {
            hash = FeatureHash.Add(hash, '.');
            for (var i = end + 1; i < end + 4; i++) hash = FeatureHash.Add(hash, text[i]);
            end += 4;
        }

        ids.Add(new(start, end - start, hash));
        return true;
    }

    private void AddClass(ulong hash, int start, int end)
    {
        ClassTokens++;
        tokens.Add(new(start, end - start, used, 0, hash, hash, hash, TokenKind.Class));
    }

    private void AddWord(ReadOnlySpan<char> text, int start, int end)
    {
        if (end - start > LongestWord)
        {
            AddClass(blobClass, start, end);
            return;
        }

        var digits = end - start > 5 && !text[start..end].ContainsAnyExceptInRange('0', '9');
        if (digits)
        {
            AddClass(numberClass, start, end);
            return;
        }

        var from = used;
        buffer[used++] = ' ';
        ulong hash = FeatureHash.Start, caseHash = FeatureHash.Start;
        for (var i = start; i < end; i++)
        {
            var c = text[i];
            if (i == start && c == '/') c = '-';
            caseHash = FeatureHash.Add(caseHash, c);
            c = c < 128 ? (c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c) : char.ToLowerInvariant(c);
            hash = FeatureHash.Add(hash, c);
            buffer[used++] = c;
            beginnings[i - start + 1] = hash;
        }

        buffer[used++] = ' ';
        tokens.Add(new(start, end - start, from, used - from, hash, caseHash, beginnings[WordStem.LengthOf(buffer.AsSpan(from + 1, end - start))], TokenKind.Word));
    }
}
