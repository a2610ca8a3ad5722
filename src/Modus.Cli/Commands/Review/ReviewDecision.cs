using System.Text.Json;
using Modus.Casework.Cases;
using Modus.Casework.Review;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Review;

/// <summary>A decision as a script writes it: <c>ID=accept</c>, <c>ID=reject:why</c>, <c>ID=T1053.005</c>, <c>ID=span:words</c>, <c>ID=gap:what is not known</c>.</summary>
/// <param name="Id">The procedure, by id or the beginning of it.</param>
/// <param name="Word">accept, reject, contradict, reopen, take, span, gap.</param>
/// <param name="Technique">The technique to take instead; null for other decisions.</param>
/// <param name="Text">The reason, the words of the span, what is not known; may be empty.</param>
internal sealed record ReviewDecision(string Id, string Word, string? Technique, string Text)
{
    private const string Forms = "ID=accept, ID=reject:why, ID=contradict:why, ID=reopen, ID=T1053.005:why, ID=1 (the first alternative), ID=span:words, ID=gap:what is not known";

    private static readonly string[] words = ["accept", "reject", "contradict", "reopen", "take", "span", "gap"];

    /// <summary>Reads the short form, or a JSON object with <c>id</c>, <c>decision</c>, and <c>technique</c>, <c>reason</c> or <c>text</c>.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public static ReviewDecision Parse(string line)
    {
        line = line.Trim();
        return line.StartsWith('{') ? OfJson(line) : OfWords(line);
    }

    /// <summary>Carries the decision out.</summary>
    /// <param name="desk">Where.</param>
    /// <param name="item">What it is about.</param>
    /// <param name="identical">True decides identical items with it.</param>
    /// <returns>What was done, in words.</returns>
    public string Apply(ReviewDesk desk, ReviewItem item, bool identical) => Word switch
    {
        "accept" => desk.Decide(item, ReviewVerdict.Accept, Text, identical),
        "reject" => desk.Decide(item, ReviewVerdict.Reject, Text, identical),
        "contradict" => desk.Decide(item, ReviewVerdict.Contradict, Text, identical),
        "reopen" => desk.Decide(item, ReviewVerdict.Reopen, Text, identical),
        "span" => desk.SetSpan(item, Text),
        "gap" => desk.LogGap(item, Text),
        _ => desk.Take(item, Chosen(item), Text),
    };

    private string Chosen(ReviewItem item)
    {
        if (!int.TryParse(Technique, out var number)) return Technique!;
        return number >= 1 && number <= item.Alternatives.Count ? item.Alternatives[number - 1].Technique
            : throw new CaseRuleException(CaseRuleCodes.BadValue, $"{item.Procedure.Id} has {item.Alternatives.Count} alternatives, not {number}", "name a technique: ID=T0000.000");
    }

    private static ReviewDecision OfWords(string line)
    {
        var equals = line.IndexOf('=', StringComparison.Ordinal);
        if (equals < 1) throw new FormatException($"'{line}' is no decision; write {Forms}");
        var (id, rest) = (line[..equals].Trim(), line[(equals + 1)..].Trim());
        var colon = rest.IndexOf(':', StringComparison.Ordinal);
        var (word, text) = colon < 0 ? (rest, "") : (rest[..colon].Trim(), rest[(colon + 1)..].Trim());
        return Make(id, word.ToLowerInvariant(), null, text);
    }

    private static ReviewDecision OfJson(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 8 });
            var body = document.RootElement;
            string? Text(string member) => body.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
            var word = (Text("decision") ?? "").ToLowerInvariant();
            return Make(Text("id") ?? "", word.Length == 0 && Text("technique") is not null ? "take" : word, Text("technique"), Text("reason") ?? Text("text") ?? "");
        }
        catch (JsonException problem)
        {
            throw new FormatException($"damaged JSON: {problem.Message}");
        }
    }

    private static ReviewDecision Make(string id, string word, string? technique, string text)
    {
        if (id.Length == 0) throw new FormatException($"no item is named; write {Forms}");
        if (word == "take" && technique is null) throw new FormatException($"'take' needs a technique; write {Forms}");
        if (word is "span" or "gap" && text.Length == 0) throw new FormatException($"'{word}' needs words; write {Forms}");
        if (words.Contains(word)) return new ReviewDecision(id, word, technique, text);
        var isChoice = word.Length is > 0 and <= 2 && word.All(char.IsAsciiDigit) || word.Length is 5 or 9 && word[0] == 't' && char.IsAsciiDigit(word[1]);
        return isChoice ? new ReviewDecision(id, "take", word.ToUpperInvariant(), text) : throw new FormatException($"'{word}' is no decision; write {Forms}");
    }
}
