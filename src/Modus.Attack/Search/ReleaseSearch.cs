using System.Text;
using Modus.Attack.Images;

namespace Modus.Attack.Search;

/// <summary>Searches one release: ids, then names and aliases, then misspelt ones, then texts.</summary>
internal sealed class ReleaseSearch(Release release)
{
    private const int MaxQuery = 200;
    private const int MaxWords = 8;
    private const int ShortestTextWord = 2;
    private readonly Lazy<NameIndex> names = new(() => new NameIndex(release));
    private readonly Lazy<TextIndex> texts = new(() => new TextIndex(release.Image));

    public IReadOnlyList<SearchHit> Find(string query, ObjectKind? kind, int limit)
    {
        query = query.Trim();
        if (query.Length > MaxQuery) query = query[..MaxQuery];
        var squeezed = NameIndex.Squeeze(query);
        if (squeezed.Length == 0 || limit <= 0) return [];
        var words = NameIndex.Words(query).Distinct().Take(MaxWords).ToList();

        var found = new Findings(kind, release);
        foreach (var item in release.FindAll(query)) found.Add(item.Row, SearchMatch.Id, 0, item.Id);
        if (HasDigit(query)) FindIdStarts(query, found);
        // Who asks for an id wants that, not the names and texts that happen to hold it.
        if (found.HasSure) return found.Best(limit);
        foreach (var entry in names.Value.Same(squeezed))
            found.Add(entry.Row, entry.IsAlias ? SearchMatch.Alias : SearchMatch.Name, 0, entry.Name);
        foreach (var entry in names.Value.Beginning(words)) found.Add(entry.Row, SearchMatch.Words, entry.IsAlias ? 1 : 0, entry.Name);
        // A guess at a misspelling helps only where nothing was spelt right.
        if (!found.HasSure)
            foreach (var (entry, distance) in names.Value.Near(squeezed, words)) found.Add(entry.Row, SearchMatch.Typo, distance, entry.Name);
        // Texts are searched for words as typed: a file name is one word there.
        var typed = query.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Distinct().Take(MaxWords).ToList();
        if (release.HasText && found.Count < limit && typed.TrueForAll(word => word.Length >= ShortestTextWord))
            foreach (var (row, piece) in texts.Value.Find(typed)) found.Add(row, SearchMatch.Text, 0, piece);
        return found.Best(limit);
    }

    private static bool HasDigit(string query) => query.AsSpan().IndexOfAnyInRange('0', '9') >= 0;

    private void FindIdStarts(string query, Findings found)
    {
        Span<byte> start = stackalloc byte[MaxQuery * 3];
        start = start[..Encoding.UTF8.GetBytes(query.Replace('/', '.'), start)];
        for (var row = 0; row < release.Image.ObjectCount; row++)
        {
            var id = release.Image.Bytes(row, Column.AttackId);
            if (id.Length > start.Length && Ascii.EqualsIgnoreCase(id[..start.Length], start))
                found.Add(row, SearchMatch.IdStart, 0, release.ObjectAt(row).Id);
        }
    }

    /// <summary>The best finding of each object, in the order of sureness.</summary>
    private sealed class Findings(ObjectKind? kind, Release release)
    {
        private readonly Dictionary<int, (SearchMatch Match, int Distance, string Found)> best = [];

        public int Count => best.Count;

        public bool HasSure => best.Count > 0;

        public void Add(int row, SearchMatch match, int distance, string text)
        {
            var of = release.Image.Kind(row);
            if (of == ObjectKind.Other || (kind is not null && of != kind)) return;
            if (!best.TryGetValue(row, out var known) || (match, distance).CompareTo((known.Match, known.Distance)) < 0)
                best[row] = (match, distance, text);
        }

        public IReadOnlyList<SearchHit> Best(int limit) =>
        [
            .. best.OrderBy(pair => pair.Value.Match).ThenBy(pair => pair.Value.Distance)
                .ThenBy(pair => (release.Image.Flags(pair.Key) & (RowFlags.Revoked | RowFlags.Deprecated)) != 0)
                .ThenBy(pair => pair.Key).Take(limit)
                .Select(pair => new SearchHit(release.ObjectAt(pair.Key), pair.Value.Match, pair.Value.Found)),
        ];
    }
}
