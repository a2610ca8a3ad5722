using System.Buffers;
using System.Data.Common;

namespace Modus.Casework.Store;

/// <summary>One row of a listing.</summary>
/// <param name="Id">The item.</param>
/// <param name="CaseId">Its case.</param>
/// <param name="Version">Its version.</param>
/// <param name="Start">Where its body begins among the bytes of the listing.</param>
/// <param name="Length">How long it is.</param>
internal readonly record struct ListedRow(string Id, string CaseId, long Version, int Start, int Length);

/// <summary>
/// The rows of a listing with their bodies one after the other in one borrowed buffer: thousands of bodies in arrays of their own
/// would all live until the last is parsed, and cost more in collections than the parsing does.
/// </summary>
internal sealed class ListedRows : IDisposable
{
    private const int FirstSize = 1 << 20;

    private readonly List<ListedRow> rows = [];
    private byte[] bytes = ArrayPool<byte>.Shared.Rent(FirstSize);
    private int used;

    public int Count => rows.Count;

    public ListedRow this[int index] => rows[index];

    public ReadOnlyMemory<byte> BodyOf(ListedRow row) => bytes.AsMemory(row.Start, row.Length);

    /// <summary>Reads rows of id, case, version and body (as bytes), and sorts them by id.</summary>
    public void Read(DbDataReader reader)
    {
        while (reader.Read())
        {
            var length = checked((int)reader.GetBytes(3, 0, null, 0, 0));
            Need(length);
            var read = (int)reader.GetBytes(3, 0, bytes, used, length);
            rows.Add(new ListedRow(reader.GetString(0), reader.GetString(1), reader.GetInt64(2), used, read));
            used += read;
        }
        rows.Sort(static (left, right) => string.CompareOrdinal(left.Id, right.Id));
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(bytes);
        bytes = [];
    }

    private void Need(int more)
    {
        if (bytes.Length - used >= more) return;
        var larger = ArrayPool<byte>.Shared.Rent(checked((int)Math.Min(Array.MaxLength, Math.Max(2L * bytes.Length, (long)used + more))));
        bytes.AsSpan(0, used).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(bytes);
        bytes = larger;
    }
}

/// <summary>What is needed of commands.</summary>
internal static class CommandParameters
{
    public static void AddParameter(this DbCommand command, string name, string value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }
}
