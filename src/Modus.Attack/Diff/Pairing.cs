using Modus.Attack.Images;

namespace Modus.Attack.Diff;

/// <summary>Which row of one release is which row of another: by STIX id.</summary>
internal sealed class Pairing
{
    /// <summary>Marks a row that the other release does not have, or that lies outside of the compared domains.</summary>
    public const int None = -1;

    private readonly int[] afterOfBefore;
    private readonly int[] beforeOfAfter;
    private readonly bool[] inBefore;
    private readonly bool[] inAfter;

    public Pairing(Image before, Image after, Domains domains)
    {
        inBefore = Scope(before, domains);
        inAfter = Scope(after, domains);
        afterOfBefore = new int[before.ObjectCount];
        beforeOfAfter = new int[after.ObjectCount];
        Array.Fill(afterOfBefore, None);
        Array.Fill(beforeOfAfter, None);
        var rows = new Dictionary<ulong, int>(before.ObjectCount);
        var next = new int[before.ObjectCount];
        for (var row = 0; row < before.ObjectCount; row++)
        {
            var hash = ContentHash.OfText(before.Bytes(row, Column.StixId));
            next[row] = rows.TryGetValue(hash, out var other) ? other : None;
            rows[hash] = row;
        }
        for (var row = 0; row < after.ObjectCount; row++)
        {
            var id = after.Bytes(row, Column.StixId);
            if (!rows.TryGetValue(ContentHash.OfText(id), out var match)) continue;
            while (match != None && !before.Bytes(match, Column.StixId).SequenceEqual(id)) match = next[match];
            if (match == None) continue;
            afterOfBefore[match] = row;
            beforeOfAfter[row] = match;
        }
    }

    /// <summary>The later row of an earlier one, in scope or not.</summary>
    public int After(int before) => afterOfBefore[before];

    /// <summary>The earlier row of a later one, in scope or not.</summary>
    public int Before(int after) => beforeOfAfter[after];

    public bool HasBefore(int row) => inBefore[row];

    public bool HasAfter(int row) => inAfter[row];

    private static bool[] Scope(Image image, Domains domains)
    {
        var scope = new bool[image.ObjectCount];
        for (var row = 0; row < scope.Length; row++)
        {
            var own = (Domains)image.Cell(row, Column.Domains);
            scope[row] = image.Kind(row) != ObjectKind.Other && (own == Domains.None || (own & domains) != 0);
        }
        return scope;
    }
}
