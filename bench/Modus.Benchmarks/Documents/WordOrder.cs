namespace Modus.Benchmarks.Documents;

/// <summary>Compares the words of two texts: how many of the one stand in the other, and in the same order.</summary>
internal static class WordOrder
{
    /// <summary>Share of the reference's words found at all, and found in the same order (longest common subsequence).</summary>
    public static (int Words, double Found, double InOrder) Compare(string reference, string text)
    {
        var wanted = Words(reference);
        var given = Words(text);
        var counts = given.GroupBy(word => word).ToDictionary(group => group.Key, group => group.Count());
        var found = 0;
        foreach (var word in wanted)
        {
            if (counts.GetValueOrDefault(word) == 0) continue;
            counts[word]--;
            found++;
        }

        return (wanted.Length, (double)found / Math.Max(1, wanted.Length), (double)Common(wanted, given) / Math.Max(1, wanted.Length));
    }

    /// <summary>A paged text without the lines that stand first or last on many of its pages, digits aside.</summary>
    public static string WithoutRunningLines(string text)
    {
        var pages = text.Split('\f').Select(page => page.Split('\n').Where(line => line.Trim().Length > 0).ToList()).Where(page => page.Count > 0).ToList();
        string Mask(string line) => string.Concat(line.Trim().Select(c => char.IsDigit(c) ? '#' : c)).Replace("##", "#").Replace("##", "#");
        IEnumerable<string> Ends(List<string> page) => page.Take(2).Concat(page.TakeLast(3)).Select(Mask).Distinct();
        var counts = pages.SelectMany(Ends).GroupBy(line => line).ToDictionary(group => group.Key, group => group.Count());
        bool Runs(string line) => pages.Count >= 4 && counts.GetValueOrDefault(Mask(line)) >= Math.Max(4, 0.4 * pages.Count);
        return string.Join('\n', pages.SelectMany(page => page.Where((line, at) => !((at < 2 || at >= page.Count - 3) && Runs(line)))));
    }

    /// <summary>Words of letters and digits; hyphens at line ends are joined as both readers do in their own way.</summary>
    public static string[] Words(string text)
    {
        var words = new List<string>();
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsLetterOrDigit(text[at])) continue;
            var start = at;
            while (at < text.Length && char.IsLetterOrDigit(text[at])) at++;
            words.Add(text[start..at]);
        }

        return [.. words];
    }

    /// <summary>Length of the longest common subsequence, by the longest rising run of matching places.</summary>
    private static int Common(string[] left, string[] right)
    {
        var places = new Dictionary<string, List<int>>();
        for (var at = 0; at < right.Length; at++)
        {
            if (!places.TryGetValue(right[at], out var list)) places[right[at]] = list = [];
            list.Add(at);
        }

        var ends = new List<int>();
        foreach (var word in left)
        {
            if (!places.TryGetValue(word, out var list)) continue;
            for (var at = list.Count - 1; at >= 0; at--)
            {
                var index = ends.BinarySearch(list[at]);
                if (index >= 0) continue;
                index = ~index;
                if (index == ends.Count) ends.Add(list[at]);
                else ends[index] = list[at];
            }
        }

        return ends.Count;
    }
}
