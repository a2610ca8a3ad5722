namespace Modus.Attack.Search;

/// <summary>The names and aliases of a release, as they are, squeezed, and by their words.</summary>
internal sealed class NameIndex
{
    private readonly List<Entry> entries = [];
    private readonly List<(string Word, List<int> Entries)> words = [];

    public NameIndex(Release release)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var item in release.All())
        {
            // Analytics are called by a number: their id finds them.
            if (item.Kind is ObjectKind.Other or ObjectKind.Analytic) continue;
            Add(item.Row, item.Name, false);
            if (item.FullName != item.Name) Add(item.Row, item.FullName, false);
            if (item is NamedActor actor)
                foreach (var alias in actor.Aliases) Add(item.Row, alias, true);
        }
        words.Sort((left, right) => string.CompareOrdinal(left.Word, right.Word));

        void Add(int row, string name, bool isAlias)
        {
            foreach (var word in Words(name))
            {
                if (!numbers.TryGetValue(word, out var number))
                {
                    numbers[word] = number = words.Count;
                    words.Add((word, []));
                }
                words[number].Entries.Add(entries.Count);
            }
            entries.Add(new Entry(row, name, Squeeze(name), isAlias));
        }
    }

    /// <summary>The letters and digits of a text in lower case: <c>Cobalt Strike</c> and <c>cobaltstrike</c> are alike.</summary>
    public static string Squeeze(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    /// <summary>The words of a text in lower case.</summary>
    public static List<string> Words(string text)
    {
        var result = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            while (at < text.Length && !char.IsLetterOrDigit(text[at])) at++;
            var start = at;
            while (at < text.Length && char.IsLetterOrDigit(text[at])) at++;
            if (at > start) result.Add(text[start..at].ToLowerInvariant());
        }
        return result;
    }

    /// <summary>Entries whose squeezed name is the query's.</summary>
    public IEnumerable<Entry> Same(string squeezed) => entries.Where(entry => entry.Squeezed == squeezed);

    /// <summary>Entries in which every word of the query begins a word.</summary>
    public IEnumerable<Entry> Beginning(IReadOnlyList<string> query) => Common(query.Select(word =>
    {
        var found = new HashSet<int>();
        for (var at = First(word); at < words.Count && words[at].Word.StartsWith(word, StringComparison.Ordinal); at++)
            found.UnionWith(words[at].Entries);
        return found;
    }));

    /// <summary>Entries that are the query but for a few letters: as a whole, or word by word.</summary>
    public IEnumerable<(Entry Entry, int Distance)> Near(string squeezed, IReadOnlyList<string> query)
    {
        var distances = new SortedDictionary<int, int>();
        var allowed = EditDistance.Allowed(squeezed.Length);
        if (allowed > 0)
            for (var number = 0; number < entries.Count; number++)
                if (EditDistance.Within(squeezed, entries[number].Squeezed, allowed) is var distance && distance <= allowed)
                    distances[number] = distance;
        foreach (var entry in Common(query.Select(NearWord)).Select(entry => entry.Number)) distances.TryAdd(entry, allowed + 1);
        return distances.Select(pair => (entries[pair.Key], pair.Value));
    }

    private HashSet<int> NearWord(string word)
    {
        var found = new HashSet<int>();
        var allowed = EditDistance.Allowed(word.Length);
        foreach (var (known, holders) in words)
            if (known == word || (allowed > 0 && EditDistance.Within(word, known, allowed) <= allowed)) found.UnionWith(holders);
        return found;
    }

    private IEnumerable<Entry> Common(IEnumerable<HashSet<int>> sets)
    {
        HashSet<int>? common = null;
        foreach (var set in sets)
        {
            if (common is null) common = set;
            else common.IntersectWith(set);
            if (common.Count == 0) break;
        }
        return common is null ? [] : common.Order().Select(number => entries[number] with { Number = number });
    }

    private int First(string word)
    {
        var low = 0;
        var high = words.Count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (string.CompareOrdinal(words[middle].Word, word) < 0) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// <summary>A name or alias of an object.</summary>
    internal sealed record Entry(int Row, string Name, string Squeezed, bool IsAlias)
    {
        public int Number { get; init; }
    }
}
