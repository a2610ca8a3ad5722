using System.Runtime.InteropServices;

namespace Modus.Benchmarks.SqlEngines;

/// <summary>DuckDB through its C interface, in memory.</summary>
internal sealed unsafe class DuckDb
{
    private readonly nint connection;
    private readonly delegate* unmanaged[Cdecl]<nint, byte*, Result*, int> query;
    private readonly delegate* unmanaged[Cdecl]<Result*, void> destroy;
    private readonly delegate* unmanaged[Cdecl]<Result*, byte*> error;
    private readonly delegate* unmanaged[Cdecl]<Result*, ulong> rows, columns;
    private readonly delegate* unmanaged[Cdecl]<Result*, ulong, byte*> columnName;
    private readonly delegate* unmanaged[Cdecl]<Result*, ulong, ulong, long> int64;

    public DuckDb(string path)
    {
        var library = NativeLibrary.Load(path);
        nint Find(string name) => NativeLibrary.GetExport(library, "duckdb_" + name);
        query = (delegate* unmanaged[Cdecl]<nint, byte*, Result*, int>)Find("query");
        destroy = (delegate* unmanaged[Cdecl]<Result*, void>)Find("destroy_result");
        error = (delegate* unmanaged[Cdecl]<Result*, byte*>)Find("result_error");
        rows = (delegate* unmanaged[Cdecl]<Result*, ulong>)Find("row_count");
        columns = (delegate* unmanaged[Cdecl]<Result*, ulong>)Find("column_count");
        columnName = (delegate* unmanaged[Cdecl]<Result*, ulong, byte*>)Find("column_name");
        int64 = (delegate* unmanaged[Cdecl]<Result*, ulong, ulong, long>)Find("value_int64");
        nint database, opened;
        if (((delegate* unmanaged[Cdecl]<byte*, nint*, int>)Find("open"))(null, &database) != 0 || ((delegate* unmanaged[Cdecl]<nint, nint*, int>)Find("connect"))(database, &opened) != 0)
            throw new InvalidOperationException("DuckDB does not open.");
        connection = opened;
    }

    /// <summary>Runs a statement and gives the column <c>n</c>; nothing for one without it.</summary>
    /// <exception cref="InvalidOperationException">The engine refuses it.</exception>
    public IReadOnlyList<long> Query(string sql)
    {
        Result result = default;
        var text = (byte*)Marshal.StringToCoTaskMemUTF8(sql);
        try
        {
            if (query(connection, text, &result) != 0) throw new InvalidOperationException(Marshal.PtrToStringUTF8((nint)error(&result)));
            for (ulong column = 0; column < columns(&result); column++)
            {
                if (Marshal.PtrToStringUTF8((nint)columnName(&result, column)) != "n") continue;
                var found = new long[rows(&result)];
                for (var row = 0; row < found.Length; row++) found[row] = int64(&result, column, (ulong)row);
                return found;
            }

            return [];
        }
        finally
        {
            destroy(&result);
            Marshal.FreeCoTaskMem((nint)text);
        }
    }

    /// <summary>Laid out as <c>duckdb_result</c>: only the engine looks into it.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Result
    {
        public ulong Columns, Rows, Changed;
        public nint Data, Error, Inner;
    }
}
