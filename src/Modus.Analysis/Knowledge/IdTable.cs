namespace Modus.Analysis.Knowledge;

/// <summary>Ids in ordinal order, each with its number.</summary>
internal sealed class IdTable
{
    private readonly string[] ids;
    private readonly Dictionary<string, int> numbers;

    public IdTable(IEnumerable<string> ids)
    {
        this.ids = [.. ids.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        numbers = new(this.ids.Length, StringComparer.Ordinal);
        for (var at = 0; at < this.ids.Length; at++) numbers[this.ids[at]] = at;
    }

    public int Count => ids.Length;

    public string this[int number] => ids[number];

    /// <summary>The number of an id, or -1.</summary>
    public int Find(string id) => numbers.GetValueOrDefault(id, -1);
}
