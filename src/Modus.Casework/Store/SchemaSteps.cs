using System.Data.Common;
using System.Globalization;
using Dapper;

namespace Modus.Casework.Store;

/// <summary>Brings a database to the newest schema, one numbered step after the other, each in the same transaction as its number.</summary>
internal static class SchemaSteps
{
    private const string Folder = "Modus.Casework.Store.Schema.";

    /// <exception cref="InvalidOperationException">The database was written by a newer version of Modus.</exception>
    public static void Apply(SqlDialect dialect, DbConnection connection)
    {
        using var transaction = connection.BeginTransaction();
        var steps = Steps();
        if (Done() < steps[^1].Number) dialect.LockForSchema(connection, transaction);
        // Another program may have brought it up to date meanwhile.
        if (!dialect.HasTable(connection, transaction, "schema_step"))
            connection.Execute("CREATE TABLE IF NOT EXISTS schema_step (number BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL)", transaction: transaction);
        var done = Done();
        if (done > steps[^1].Number)
            throw new InvalidOperationException($"{dialect.Name} was written by a newer version of Modus (schema {done}, this one knows {steps[^1].Number}).");
        foreach (var (number, name, sql) in steps.Where(step => step.Number > done))
        {
            connection.Execute(sql, transaction: transaction);
            connection.Execute("INSERT INTO schema_step (number, name) VALUES (@number, @name)", new { number, name }, transaction);
        }
        transaction.Commit();

        long Done() => dialect.HasTable(connection, transaction, "schema_step") ? connection.ExecuteScalar<long?>("SELECT MAX(number) FROM schema_step", transaction: transaction) ?? 0 : 0;
    }

    private static List<(long Number, string Name, string Sql)> Steps()
    {
        var assembly = typeof(SchemaSteps).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(resource =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
                var name = resource[Folder.Length..];
                return (long.Parse(name.AsSpan(0, 3), CultureInfo.InvariantCulture), name, reader.ReadToEnd());
            }),
        ];
    }
}
