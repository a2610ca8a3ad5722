using System.Buffers;
using System.Collections.Frozen;

namespace Modus.Reports.Mentions;

/// <summary>The words beside a name that say what it is.</summary>
internal static class NameWords
{
    private const int Reach = 24;

    /// <summary>Characters that may stand before the first word of a sentence.</summary>
    public static SearchValues<char> Openers { get; } = SearchValues.Create(" \t\n\"'([{-*•–0123456789.");

    /// <summary>Characters that may stand before a command on its line.</summary>
    public static SearchValues<char> Prompts { get; } = SearchValues.Create(" \t>$#");

    private static readonly FrozenSet<string> after = Set(
        "malware ransomware backdoor trojan rat loader stealer infostealer tool utility implant worm botnet wiper dropper rootkit bootkit framework downloader bot spyware keylogger webshell miner variant sample samples payload payloads family command group actor actors gang apt team operators operator affiliates hackers campaign beacon beacons infection infections c2 agent installer binary executable");

    private static readonly FrozenSet<string> before = Set(
        "malware ransomware backdoor trojan rat loader stealer infostealer tool utility implant worm botnet wiper dropper rootkit framework downloader spyware keylogger group actor apt gang team dubbed named called aka alias codenamed command commands operation campaign technique family");

    private static readonly FrozenSet<string> conceptWords = Set("technique techniques subtechnique subtechniques tactic tactics");

    /// <summary>Whether the word right before or right after a name says what kind of thing it is.</summary>
    public static bool ClassWordBeside(string text, NameHit hit, int from, int to) =>
        after.Contains(WordAfter(text, hit.Start + hit.Length, to)) || before.Contains(WordBefore(text, hit.Start, from));

    /// <summary>Whether the word right before or right after a name says that it names a technique or tactic.</summary>
    public static bool ConceptWordBeside(string text, NameHit hit, int from, int to) =>
        conceptWords.Contains(WordAfter(text, hit.Start + hit.Length, to)) || conceptWords.Contains(WordBefore(text, hit.Start, from));

    /// <summary>Whether the word right before or after a name begins with a capital.</summary>
    public static bool CapitalBeside(string text, NameHit hit, int from, int to)
    {
        var end = hit.Start + hit.Length;
        if (end + 1 < to && text[end] is ' ' or '-' && char.IsUpper(text[end + 1])) return true;
        var at = hit.Start - 1;
        if (at <= from || text[at] is not (' ' or '-')) return false;
        var stop = at;
        while (at > from && char.IsLetterOrDigit(text[at - 1])) at--;
        return at > from && at < stop && char.IsUpper(text[at]);
    }

    private static string WordAfter(string text, int at, int to)
    {
        if (at < to && text[at] is '"' or '\'') at++;
        if (at < to && text[at] is ' ' or '\n' or '-') at++;
        var stop = at;
        while (stop < to && stop - at < Reach && char.IsLetterOrDigit(text[stop])) stop++;
        return text[at..stop].ToLowerInvariant();
    }

    private static string WordBefore(string text, int at, int from)
    {
        while (at > from && text[at - 1] is ' ' or '\n' or '"' or '\'' or '(') at--;
        var stop = at;
        while (at > from && stop - at < Reach && char.IsLetterOrDigit(text[at - 1])) at--;
        return text[at..stop].ToLowerInvariant();
    }

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
