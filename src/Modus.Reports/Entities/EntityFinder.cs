using System.Buffers;
using Modus.Reports.Documents;

namespace Modus.Reports.Entities;

/// <summary>Finds indicators, vulnerabilities, dates, products, sectors and countries in a document, each as a quote.</summary>
/// <remarks>Groups, software and campaigns are found by <see cref="Mentions.MentionFinder"/>, which needs a vocabulary.</remarks>
public static class EntityFinder
{
    private const int LongestPath = 400;

    private static readonly SearchValues<char> openers = SearchValues.Create("\"'`([{<“‘«|*,;=");
    private static readonly SearchValues<char> closers = SearchValues.Create("\"'`)]}>”’»|*,;:.!?");
    private static readonly SearchValues<char> breaks = SearchValues.Create(" \t\n|,;\"<>`“”");
    private static readonly SearchValues<char> noPath = SearchValues.Create(",;:\"<>|");
    private static readonly string[] versionWords = ["version", "versions", "v", "v.", "ver", "ver.", "build", "release", "firmware"];
    private static readonly string[] mutexWords = ["mutex", "mutant", "mutexes"];

    /// <summary>Finds the entities of a document, in the order of their places; no two overlap.</summary>
    public static IReadOnlyList<Entity> Find(Document document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var found = new List<Entity>();
        foreach (var block in document.Blocks) InBlock(document, block, found);
        return found;
    }

    private static void InBlock(Document document, Block block, List<Entity> found)
    {
        var text = document.Text;
        var before = "";
        for (var at = block.Start; at < block.End;)
        {
            if (breaks.Contains(text[at]))
            {
                at++;
                continue;
            }

            var end = TokenEnd(text, at, block.End);
            var (start, length) = Trim(text, at, end);
            if (length == 0)
            {
                at = end;
                continue;
            }

            var next = Take(document, block, start, length, before, found);
            before = text.Substring(start, length);
            at = Math.Max(end, next);
        }
    }

    /// <summary>Takes what begins at a token and says where to go on.</summary>
    private static int Take(Document document, Block block, int start, int length, string before, List<Entity> found)
    {
        var text = document.Text;
        var token = text.Substring(start, length);
        if (Array.Exists(mutexWords, word => word.Equals(before, StringComparison.OrdinalIgnoreCase)) && start > 0 && text[start - 1] is '"' or '\'' or '`')
        {
            found.Add(new Entity(EntityKind.Mutex, token, false, document.Quote(start, length)));
            return start + length;
        }

        if (DateReader.Read(text, start, block.End) is { } date)
        {
            found.Add(new Entity(EntityKind.Date, date.Date.ToString(), false, document.Quote(start, date.End - start), date.Date));
            return date.End;
        }

        if (EntityLexicon.Find(text, start, block.End) is { } term)
        {
            var isVictim = term.Kind is EntityKind.Sector or EntityKind.Country && document.SentenceAt(start) is { } sentence && EntityLexicon.SpeaksOfVictims(text.AsSpan(sentence.Start, sentence.Length));
            found.Add(new Entity(term.Kind, term.Value, false, document.Quote(start, term.Length), IsVictim: isVictim));
            return start + term.Length;
        }

        if (IndicatorReader.Read(token, Array.Exists(versionWords, word => word.Equals(before, StringComparison.OrdinalIgnoreCase))) is { } indicator)
        {
            if (IndicatorReader.MayHoldSpaces(token)) length = WithSpaces(text, start, length, block.End);
            var value = indicator.Kind is EntityKind.FilePath or EntityKind.RegistryKey ? text.Substring(start, length) : indicator.Value;
            found.Add(new Entity(indicator.Kind, value, indicator.IsDefanged, document.Quote(start, length)));
            return start + length;
        }

        return start + length;
    }

    private static int TokenEnd(string text, int at, int limit)
    {
        var rest = text.AsSpan(at, limit - at).IndexOfAny(breaks);
        return rest < 0 ? limit : at + rest;
    }

    /// <summary>A token without the punctuation around it; brackets that belong to a defanged indicator stay.</summary>
    private static (int Start, int Length) Trim(string text, int start, int end)
    {
        while (start < end && openers.Contains(text[start]) && !(text[start] is '[' or '(' or '{' && IsMark(text, start, end))) start++;
        while (end > start && closers.Contains(text[end - 1]) && !IsBalanced(text, start, end)) end--;
        if (end - start > 2 && text[end - 2] == '\'' && text[end - 1] == 's') end -= 2;
        return (start, end - start);
    }

    private static bool IsMark(string text, int at, int end) => at + 2 < end && text[at + 2] is ']' or ')' or '}' && text[at + 1] is '.' or ':' or '@' or '/';

    /// <summary>Whether a closing bracket at the end has its opening one inside the token.</summary>
    private static bool IsBalanced(string text, int start, int end)
    {
        var open = text[end - 1] switch { ')' => '(', ']' => '[', '}' => '{', '>' => '<', _ => '\0' };
        return open != '\0' && text.AsSpan(start, end - start).Count(open) >= text.AsSpan(start, end - start).Count(text[end - 1]) && text.AsSpan(start, end - start).Contains(open);
    }

    /// <summary>The length of a path whose names hold spaces: it goes on while a separator follows in the next words.</summary>
    private static int WithSpaces(string text, int start, int length, int limit)
    {
        var end = start + length;
        while (end < limit && text[end] == ' ' && end - start < LongestPath)
        {
            var part = text.AsSpan(start, end - start);
            if (part[(part.LastIndexOf('\\') + 1)..].Contains('.')) break;
            var reach = text.AsSpan(end + 1, Math.Min(limit - end - 1, 60));
            var slash = reach.IndexOf('\\');
            if (slash <= 0 || reach[..slash].ContainsAny(noPath) || reach[..slash].Count(' ') > 2 || !char.IsLetterOrDigit(reach[slash - 1]) && reach[slash - 1] != ')') break;
            var (_, more) = Trim(text, end + 1 + slash, TokenEnd(text, end + 1 + slash, limit));
            end = end + 1 + slash + Math.Max(1, more);
        }

        return end - start;
    }
}
