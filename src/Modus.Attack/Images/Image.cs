using System.Text;

namespace Modus.Attack.Images;

/// <summary>One release as columns of integers over one run of UTF-8 text: what a snapshot stores and every object reads from.</summary>
/// <remarks>Rows are sorted by kind, ATT&amp;CK id and STIX id; links by source, type and target. So order is a property of the data.</remarks>
internal sealed class Image
{
    private readonly string?[] decoded;
    private readonly Lazy<Image>? whole;
    private Links? links;

    /// <summary>Makes an image of its parts.</summary>
    /// <param name="facts">What is known of the release as a whole.</param>
    /// <param name="text">Every text, one after the other.</param>
    /// <param name="ends">Where each text ends; text 0 is the empty one.</param>
    /// <param name="pool">Every list: its length, then its items.</param>
    /// <param name="objects">The object rows.</param>
    /// <param name="linkCells">The relationship rows.</param>
    /// <param name="whole">Where relationships and citations are read later: makes the image that has them, with the same rows.</param>
    public Image(ReleaseFacts facts, byte[] text, int[] ends, int[] pool, int[] objects, int[] linkCells, Func<Image>? whole = null)
    {
        if (whole is not null) this.whole = new Lazy<Image>(whole);
        Facts = facts;
        Text = text;
        Ends = ends;
        Pool = pool;
        Objects = objects;
        LinkCells = linkCells;
        decoded = new string?[ends.Length];
    }

    /// <summary>The image with relationships and citations: this one, unless they are read later.</summary>
    public Image Whole => whole?.Value ?? this;

    public ReleaseFacts Facts { get; }

    public byte[] Text { get; }

    public int[] Ends { get; }

    public int[] Pool { get; }

    public int[] Objects { get; }

    /// <summary>The relationship rows.</summary>
    public int[] LinkCells { get; }

    public int ObjectCount => Objects.Length / (int)Column.Count;

    public int LinkCount => LinkCells.Length / (int)Link.Count;

    /// <summary>The ways along the relationships, made when first asked for.</summary>
    public Links Links => links ?? Interlocked.CompareExchange(ref links, new Links(this), null) ?? links;

    public int Cell(int row, Column column) => Objects[row * (int)Column.Count + (int)column];

    public int LinkCell(int link, Link cell) => LinkCells[link * (int)Link.Count + (int)cell];

    public ObjectKind Kind(int row) => (ObjectKind)Cell(row, Column.Kind);

    public RowFlags Flags(int row) => (RowFlags)Cell(row, Column.Flags);

    public ReadOnlySpan<byte> Bytes(int number) =>
        number == 0 ? default : Text.AsSpan(Ends[number - 1], Ends[number] - Ends[number - 1]);

    public ReadOnlySpan<byte> Bytes(int row, Column column) => Bytes(Cell(row, column));

    /// <summary>A text by its number; null for the absent one. The same number gives the same instance.</summary>
    public string? String(int number) =>
        number == 0 ? null : decoded[number] ??= Encoding.UTF8.GetString(Bytes(number));

    public string? String(int row, Column column) => String(Cell(row, column));

    /// <summary>The cells of a list: its items, each of the list's record width.</summary>
    public ReadOnlySpan<int> List(int offset) => offset == 0 ? default : Pool.AsSpan(offset + 1, Pool[offset]);

    public ReadOnlySpan<int> List(int row, Column column) => List(Cell(row, column));

    public IReadOnlyList<string> Strings(int row, Column column)
    {
        var items = List(row, column);
        if (items.IsEmpty) return [];
        var result = new string[items.Length];
        for (var i = 0; i < items.Length; i++) result[i] = String(items[i]) ?? "";
        return result;
    }
}
