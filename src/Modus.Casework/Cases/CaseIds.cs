using System.Security.Cryptography;
using System.Text;

namespace Modus.Casework.Cases;

/// <summary>Ids of records. They follow from what the record stands for, so that two people who enter the same thing enter one thing.</summary>
public static class CaseIds
{
    // 48 bits: of a million records of one kind, two meet by chance with a probability below one in 500.
    private const int Digits = 12, LongestSlug = 40;

    /// <summary>The id of a case from its name: <c>C-</c> and the name in lower-case letters, digits and dashes.</summary>
    /// <exception cref="ArgumentException">The name has no letter or digit.</exception>
    public static string OfCase(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.StartsWith("C-", StringComparison.OrdinalIgnoreCase)) name = name[2..];
        var slug = new StringBuilder();
        foreach (var letter in name.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(letter)) slug.Append(letter);
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
            if (slug.Length >= LongestSlug) break;
        }
        var text = slug.ToString().Trim('-');
        return text.Length > 0 ? "C-" + text : throw new ArgumentException($"'{name}' has no letter or digit to make an id of.", nameof(name));
    }

    /// <summary>The id of a piece of evidence in a case.</summary>
    /// <param name="caseId">The case.</param>
    /// <param name="sha256">Hash of its bytes, in hexadecimal.</param>
    public static string OfEvidence(string caseId, string sha256) => Of("E-", caseId, sha256);

    /// <summary>The id of a procedure.</summary>
    /// <param name="caseId">The case.</param>
    /// <param name="technique">The technique that it was first taken for.</param>
    /// <param name="anchor">What it rests on: place of its first quote, rule and host of its first hit.</param>
    public static string OfProcedure(string caseId, string technique, string anchor) => Of("P-", caseId, technique, anchor);

    /// <summary>The id of an intelligence gap.</summary>
    public static string OfGap(string caseId, string reason, string? source, string? host, DateTimeOffset? from) =>
        Of("I-", caseId, reason, source ?? "", host ?? "", from is { } time ? RecordJson.TextOf(time) : "");

    /// <summary>The id of something that a person writes: a review, a decision, a hypothesis, a note.</summary>
    /// <param name="prefix"><c>V-</c> review, <c>D-</c> decision, <c>H-</c> hypothesis, <c>N-</c> note.</param>
    /// <param name="parts">What makes it this one: case, author, time, text.</param>
    public static string OfWriting(string prefix, params ReadOnlySpan<string> parts) => Of(prefix, parts);

    private static string Of(string prefix, params ReadOnlySpan<string> parts)
    {
        var text = string.Join('\u001f', parts!);
        return prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..Digits];
    }
}
