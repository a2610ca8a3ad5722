using System.Data;
using System.Data.Common;

namespace Modus.Casework.Store;

/// <summary>A statement of a transaction that is run once for each of many changes: prepared once.</summary>
internal sealed class Statement : IDisposable
{
    private readonly DbCommand command;

    /// <param name="connection">The connection.</param>
    /// <param name="transaction">The transaction.</param>
    /// <param name="sql">The statement.</param>
    /// <param name="parameters">Its parameters, in the order in which values are given.</param>
    public Statement(DbConnection connection, DbTransaction transaction, string sql, params ReadOnlySpan<(string Name, DbType Type)> parameters)
    {
        command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach (var (name, type) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.DbType) = (name, type);
            command.Parameters.Add(parameter);
        }
    }

    /// <summary>Runs it.</summary>
    public void Run(params ReadOnlySpan<object?> values)
    {
        Set(values);
        command.ExecuteNonQuery();
    }

    /// <summary>The first row that it gives; the usual value where it gives none.</summary>
    public T? First<T>(Func<DbDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        Set(values);
        using var reader = command.ExecuteReader();
        return reader.Read() ? read(reader) : default;
    }

    public void Dispose() => command.Dispose();

    private void Set(ReadOnlySpan<object?> values)
    {
        for (var index = 0; index < values.Length; index++) command.Parameters[index].Value = values[index] ?? DBNull.Value;
    }
}
