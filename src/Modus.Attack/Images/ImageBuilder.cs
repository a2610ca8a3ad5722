using System.Runtime.InteropServices;

namespace Modus.Attack.Images;

/// <summary>Collects object and relationship rows in any order and makes a sorted <see cref="Image"/> of them.</summary>
internal sealed class ImageBuilder
{
    private const int Width = (int)Column.Count;
    private const int LinkWidth = (int)Link.Count;
    private readonly List<int> objects = [];
    private readonly List<int> links = [];
    private readonly Dictionary<int, int> rowByStixId = [];
    private readonly HashSet<Triple> triples = [];
    private int[] pool = new int[1 << 14];
    private int poolCount = 1;

    /// <param name="expected">About how many bytes of text come, where known.</param>
    public ImageBuilder(int expected = 0) => Strings = new(expected);

    public StringPool Strings { get; }

    public int ObjectCount => objects.Count / Width;

    public int LinkCount => links.Count / LinkWidth;

    /// <summary>Where the next list begins; see <see cref="Truncate"/>.</summary>
    public int PoolMark => poolCount;

    /// <summary>Forgets the lists that were begun since a mark.</summary>
    public void Truncate(int mark) => poolCount = mark;

    /// <summary>Begins a list; items follow by <see cref="Append"/>, then <see cref="EndList"/>.</summary>
    public int BeginList()
    {
        Append(0);
        return poolCount - 1;
    }

    public void Append(int item)
    {
        if (poolCount == pool.Length) Array.Resize(ref pool, pool.Length * 2);
        pool[poolCount++] = item;
    }

    /// <summary>Ends the list that began at an offset; an empty list is absent.</summary>
    public int EndList(int offset)
    {
        var length = poolCount - offset - 1;
        if (length == 0)
        {
            poolCount = offset;
            return 0;
        }
        pool[offset] = length;
        return offset;
    }

    public ReadOnlySpan<int> List(int offset) => offset == 0 ? default : pool.AsSpan(offset + 1, pool[offset]);

    public int PoolCell(int at) => pool[at];

    /// <summary>Replaces one cell of a list.</summary>
    public void Patch(int at, int value) => pool[at] = value;

    /// <summary>The row with a STIX id, or -1.</summary>
    public int FindObject(int stixId) => rowByStixId.GetValueOrDefault(stixId, -1);

    public Span<int> Object(int row) => CollectionsMarshal.AsSpan(objects).Slice(row * Width, Width);

    public void AddObject(ReadOnlySpan<int> cells)
    {
        rowByStixId.Add(cells[(int)Column.StixId], ObjectCount);
        objects.AddRange(cells);
    }

    /// <summary>Makes room for relationships that are about to come.</summary>
    public void ExpectLinks(int count)
    {
        links.EnsureCapacity(links.Count + count * LinkWidth);
        triples.EnsureCapacity(triples.Count + count);
    }

    /// <summary>Adds a relationship whose ends are STIX id numbers; false where the same triple is there already.</summary>
    public bool AddLink(ReadOnlySpan<int> cells)
    {
        if (!triples.Add(new Triple(cells[(int)Link.TypeName], cells[(int)Link.Source], cells[(int)Link.Target]))) return false;
        links.AddRange(cells);
        return true;
    }

    /// <summary>Sorts the rows and resolves the ends of the relationships.</summary>
    /// <param name="facts">What is known of the release as a whole.</param>
    /// <param name="dangling">Is told of each relationship that is left out.</param>
    /// <param name="whole">Makes the image with relationships and citations, where they come later.</param>
    public Image Build(ReleaseFacts facts, Action<string> dangling, Func<Image>? whole = null)
    {
        var ends = Strings.Ends();
        var order = SortedObjects();
        var sorted = new int[objects.Count];
        var rowByString = new int[Strings.Count];
        Array.Fill(rowByString, -1);
        var cells = CollectionsMarshal.AsSpan(objects);
        for (var row = 0; row < order.Length; row++)
        {
            var source = cells.Slice(order[row] * Width, Width);
            source.CopyTo(sorted.AsSpan(row * Width));
            rowByString[source[(int)Column.StixId]] = row;
        }
        var linkCells = SortedLinks(rowByString, dangling);
        // Only a whole image is ever written, to its last byte; what is read on may lend its buffer.
        return new Image(facts, whole is null ? Strings.Bytes() : Strings.BytesSoFar(), ends, pool.AsSpan(0, poolCount).ToArray(), sorted, linkCells, whole);
    }

    private int[] SortedObjects()
    {
        var order = new int[ObjectCount];
        for (var row = 0; row < order.Length; row++) order[row] = row;
        // Facts come sorted; bundles do not.
        for (var row = 1; row < order.Length; row++)
            if (CompareObjects(row - 1, row) > 0)
            {
                Array.Sort(order, CompareObjects);
                break;
            }
        return order;
    }

    private int CompareObjects(int a, int b)
    {
        var left = Object(a);
        var right = Object(b);
        var difference = left[(int)Column.Kind] - right[(int)Column.Kind];
        if (difference != 0) return difference;
        difference = Strings[left[(int)Column.AttackId]].SequenceCompareTo(Strings[right[(int)Column.AttackId]]);
        return difference != 0
            ? difference
            : Strings[left[(int)Column.StixId]].SequenceCompareTo(Strings[right[(int)Column.StixId]]);
    }

    private int[] SortedLinks(int[] rowByString, Action<string> dangling)
    {
        var cells = CollectionsMarshal.AsSpan(links);
        var keys = new List<LinkKey>(LinkCount);
        for (var link = 0; link < LinkCount; link++)
        {
            var row = cells.Slice(link * LinkWidth, LinkWidth);
            var source = rowByString[row[(int)Link.Source]];
            var target = rowByString[row[(int)Link.Target]];
            if (source < 0 || target < 0)
            {
                var missing = source < 0 ? row[(int)Link.Source] : row[(int)Link.Target];
                dangling($"{Text(row[(int)Link.StixId])} points at {Text(missing)}, which is not there");
                continue;
            }
            row[(int)Link.Source] = source;
            row[(int)Link.Target] = target;
            keys.Add(new LinkKey(((ulong)source << 36) | ((ulong)row[(int)Link.Type] << 32) | (uint)target, link));
        }
        if (keys.Count == 0) return [];
        // Triples are unique, except for types the model does not know: their names break the tie.
        keys.Sort((a, b) => a.Key != b.Key ? a.Key.CompareTo(b.Key) : Compare(a.Link, b.Link));
        var sorted = new int[keys.Count * LinkWidth];
        for (var i = 0; i < keys.Count; i++)
            CollectionsMarshal.AsSpan(links).Slice(keys[i].Link * LinkWidth, LinkWidth).CopyTo(sorted.AsSpan(i * LinkWidth));
        return sorted;
    }

    private int Compare(int left, int right) => Strings[links[left * LinkWidth + (int)Link.TypeName]]
        .SequenceCompareTo(Strings[links[right * LinkWidth + (int)Link.TypeName]]);

    private string Text(int number) => System.Text.Encoding.UTF8.GetString(Strings[number]);

    // Types of this assembly instead of tuples: generic code over them can be compiled ahead of time.
    private readonly record struct Triple(int Type, int Source, int Target);

    private readonly record struct LinkKey(ulong Key, int Link);
}
