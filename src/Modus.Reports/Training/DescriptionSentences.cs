namespace Modus.Reports.Training;

/// <summary>Cuts plain descriptions into sentences.</summary>
internal static class DescriptionSentences
{
    /// <summary>The sentences of a description, cut at a stop before a blank and a capital, and at line ends.</summary>
    public static IEnumerable<string> Of(string plain)
    {
        var start = 0;
        for (var i = 0; i < plain.Length; i++)
        {
            var stop = plain[i] is '\n' || (plain[i] == '.' && i + 2 < plain.Length && plain[i + 1] == ' ' && char.IsUpper(plain[i + 2]));
            if (!stop) continue;
            yield return plain[start..(i + 1)].Trim();
            start = i + 1;
        }

        yield return plain[start..].Trim();
    }
}
