using System.Data.Common;
using System.Runtime.InteropServices;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;
using SQLitePCL;

namespace Modus.Casework.Store;

/// <summary>The few things in which the databases differ.</summary>
internal abstract class SqlDialect
{
    public abstract string Name { get; }

    /// <summary>Opens a connection that is ready for use.</summary>
    public abstract DbConnection Open();

    /// <summary>Keeps other writers out until the transaction ends.</summary>
    public abstract void LockForWriting(DbConnection connection, DbTransaction transaction);

    /// <summary>Keeps others out that would bring the schema up to date, until the transaction ends.</summary>
    public abstract void LockForSchema(DbConnection connection, DbTransaction transaction);

    /// <summary>The expression for a text column as UTF-8 bytes.</summary>
    public abstract string BytesOf(string column);

    /// <summary>Says whether the schema's own table is there yet.</summary>
    public abstract bool HasTable(DbConnection connection, DbTransaction transaction, string table);
}

/// <summary>SQLite in a file of the workspace. A crash loses at most the transaction in flight: write-ahead log, synced at each commit.</summary>
internal sealed class SqliteDialect(string path) : SqlDialect
{
    private static readonly Lazy<string> library = new(Prepare);

    /// <summary>
    /// Decides which SQLite this process uses. Call it before the first connection of anybody: functions are bound one by one,
    /// and a library that changes between two of them crashes the process.
    /// </summary>
    public static void ChooseLibrary() => _ = library.Value;

    public override string Name => $"SQLite {library.Value} at {path}";

    public override DbConnection Open()
    {
        ChooseLibrary();
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWriteCreate }.ToString());
        connection.Open();
        connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000; PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536;");
        return connection;
    }

    // Transactions of this provider begin IMMEDIATE: the write lock is there from the first statement on.
    public override void LockForWriting(DbConnection connection, DbTransaction transaction) { }

    public override void LockForSchema(DbConnection connection, DbTransaction transaction) { }

    public override string BytesOf(string column) => $"CAST({column} AS BLOB)";

    public override bool HasTable(DbConnection connection, DbTransaction transaction, string table) =>
        connection.ExecuteScalar<long>("SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = @table", new { table }, transaction) > 0;

    /// <summary>Takes the system's SQLite where there is one, since that gets security updates, else the one that comes along.</summary>
    private static string Prepare()
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, (name, _, _) =>
        {
            if (name != "e_sqlite3") return 0;
            foreach (var candidate in new[] { "libsqlite3.so.0", "winsqlite3.dll", "libsqlite3.dylib" })
                if (NativeLibrary.TryLoad(candidate, out var system)) return system;
            return 0;
        });
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        var version = raw.sqlite3_libversion().utf8_to_string();
        return Version.Parse(version) >= new Version(3, 35)
            ? version
            : throw new InvalidOperationException($"SQLite {version} is too old: Modus needs 3.35 or newer.");
    }
}

/// <summary>PostgreSQL for teams.</summary>
internal sealed class PostgresDialect : SqlDialect
{
    private readonly NpgsqlConnectionStringBuilder builder;

    public PostgresDialect(string address) => builder = address.Contains("://", StringComparison.Ordinal) ? FromUri(new Uri(address)) : new(address);

    public override string Name => $"PostgreSQL database {builder.Database} at {builder.Host}:{builder.Port}";

    public override DbConnection Open()
    {
        var connection = new NpgsqlConnection(builder.ConnectionString);
        connection.Open();
        return connection;
    }

    public override void LockForWriting(DbConnection connection, DbTransaction transaction) =>
        connection.Execute("LOCK TABLE journal IN EXCLUSIVE MODE", transaction: transaction);

    // Even CREATE TABLE IF NOT EXISTS fails where two make the table at the same moment.
    public override void LockForSchema(DbConnection connection, DbTransaction transaction) =>
        connection.Execute("SELECT pg_advisory_xact_lock(hashtext('modus schema ' || current_schema()))", transaction: transaction);

    public override string BytesOf(string column) => $"convert_to({column}, 'UTF8')";

    public override bool HasTable(DbConnection connection, DbTransaction transaction, string table) =>
        connection.ExecuteScalar<long>("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = @table", new { table }, transaction) > 0;

    private static NpgsqlConnectionStringBuilder FromUri(Uri uri)
    {
        var parts = uri.UserInfo.Split(':', 2);
        var result = new NpgsqlConnectionStringBuilder { Host = uri.Host, Port = uri.IsDefaultPort || uri.Port < 0 ? 5432 : uri.Port, Database = uri.AbsolutePath.Trim('/') };
        if (parts[0].Length > 0) result.Username = Uri.UnescapeDataString(parts[0]);
        if (parts.Length > 1) result.Password = Uri.UnescapeDataString(parts[1]);
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, value) = pair.Split('=', 2) is [var name, var given] ? (name, Uri.UnescapeDataString(given)) : (pair, "");
            result[key switch { "sslmode" => "SSL Mode", "schema" => "Search Path", _ => key }] = value;
        }
        return result;
    }
}
