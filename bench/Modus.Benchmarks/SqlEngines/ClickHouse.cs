using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Modus.Benchmarks.SqlEngines;

/// <summary>ClickHouse inside the process, through the C interface of chDB.</summary>
internal sealed unsafe class ClickHouse
{
    private readonly nint connection;
    private readonly delegate* unmanaged[Cdecl]<nint, byte*, byte*, nint> query;
    private readonly delegate* unmanaged[Cdecl]<nint, byte*> buffer, error;
    private readonly delegate* unmanaged[Cdecl]<nint, nuint> length;
    private readonly delegate* unmanaged[Cdecl]<nint, void> destroy;

    public ClickHouse(string path)
    {
        var library = NativeLibrary.Load(path);
        nint Find(string name) => NativeLibrary.GetExport(library, "chdb_" + name);
        query = (delegate* unmanaged[Cdecl]<nint, byte*, byte*, nint>)Find("query");
        buffer = (delegate* unmanaged[Cdecl]<nint, byte*>)Find("result_buffer");
        length = (delegate* unmanaged[Cdecl]<nint, nuint>)Find("result_length");
        error = (delegate* unmanaged[Cdecl]<nint, byte*>)Find("result_error");
        destroy = (delegate* unmanaged[Cdecl]<nint, void>)Find("destroy_query_result");
        fixed (byte* name = "clickhouse\0"u8)
        {
            var arguments = name;
            var opened = ((delegate* unmanaged[Cdecl]<int, byte**, nint*>)Find("connect"))(1, &arguments);
            if (opened == null) throw new InvalidOperationException("chDB does not open.");
            connection = *opened;
        }
    }

    /// <summary>Runs a statement and gives the column <c>n</c>; nothing for one without it.</summary>
    /// <exception cref="InvalidOperationException">The engine refuses it.</exception>
    public IReadOnlyList<long> Query(string sql)
    {
        var text = (byte*)Marshal.StringToCoTaskMemUTF8(sql);
        fixed (byte* format = "JSONEachRow\0"u8)
        {
            var result = query(connection, text, format);
            try
            {
                if (result == 0) throw new InvalidOperationException("chDB gives no result.");
                if (error(result) is var problem && problem != null) throw new InvalidOperationException(Marshal.PtrToStringUTF8((nint)problem));
                var found = new List<long>();
                if (buffer(result) == null) return [];
                var lines = Encoding.UTF8.GetString(buffer(result), (int)length(result)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
                foreach (var line in lines)
                {
                    using var row = JsonDocument.Parse(line);
                    if (!row.RootElement.TryGetProperty("n", out var n)) continue;
                    found.Add(n.ValueKind == JsonValueKind.String ? long.Parse(n.GetString()!, CultureInfo.InvariantCulture) : n.GetInt64());
                }

                return found;
            }
            finally
            {
                if (result != 0) destroy(result);
                Marshal.FreeCoTaskMem((nint)text);
            }
        }
    }
}
