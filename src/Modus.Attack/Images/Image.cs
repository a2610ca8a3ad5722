using System.Text;

namespace Modus.Attack.Images;

/// <summary>One release as columns of integers over one run of UTF-8 text: what a snapshot stores and every object reads from.</summary>
/// <remarks>Rows are sorted by kind, ATT&amp;CK id and STIX id; links by source, type and target. So order is a property of the data.</remarks>
internal sealed class Image
{
    private readonly string?[] decoded;
    private Links? links;

    public Image(ReleaseFacts facts, byte[] text, int[] ends, int[] pool, int[] objects, int[] linkCells)
    {
        Facts = facts;
        Text = text;
        Ends = ends;
        Pool = pool;
        Objects = objects;
        LinkCells = linkCells;
        decoded = new string?[ends.Length];
    }

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
