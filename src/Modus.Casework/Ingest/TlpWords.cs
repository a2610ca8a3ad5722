namespace Modus.Casework.Ingest;

/// <summary>The markings of TLP 2.0.</summary>
public static class TlpWords
{
    /// <summary>The markings, widest circle first.</summary>
    public static IReadOnlyList<string> All { get; } = ["clear", "green", "amber", "amber+strict", "red"];

    /// <summary>How strict a marking is: 0 for clear; -1 for none or an unknown one.</summary>
    public static int Rank(string? tlp)
    {
        for (var index = 0; index < All.Count; index++)
            if (All[index] == tlp) return index;
        return -1;
    }

    /// <summary>Reads a marking as people write it: <c>TLP:AMBER+STRICT</c>, <c>amber</c>, <c>white</c> (the old word for clear). Null where it is none.</summary>
    public static string? Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var word = text.Trim().ToLowerInvariant();
        if (word.StartsWith("tlp:", StringComparison.Ordinal)) word = word[4..];
        if (word == "white") word = "clear";
        return Rank(word) >= 0 ? word : null;
    }
}
