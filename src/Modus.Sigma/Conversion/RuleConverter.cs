using System.Collections.Immutable;

namespace Modus.Sigma.Conversion;

/// <summary>Converts rules to the query languages of engines: exactly, or not at all with the reason.</summary>
public static class RuleConverter
{
    /// <summary>The targets by the names that commands use.</summary>
    public static IReadOnlyDictionary<string, QueryTarget> Targets { get; } = Enum.GetValues<QueryTarget>().ToDictionary(target => target.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    /// <summary>Converts a rule over single events.</summary>
    public static Conversion Convert(CompiledRule rule, QueryTarget target, ConvertOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var writer = Writer(target, rule.Expression, options ?? new());
        var query = writer.Query(writer.Condition(rule.Expression));
        writer.Note($"The query does not choose the log source {rule.LogSource}: ask a table that holds it alone, or add its condition.");
        return new(rule.Header.Key, target, writer.Refusals.Count == 0 ? query : null, [.. writer.Refusals], [.. writer.Notes]);
    }

    /// <summary>Converts a correlation together with the rules it reads.</summary>
    /// <param name="rules">The set that the correlation belongs to.</param>
    /// <param name="correlation">The correlation.</param>
    /// <param name="target">The language.</param>
    /// <param name="options">Names of the table and the time.</param>
    public static Conversion Convert(RuleSet rules, CompiledCorrelation correlation, QueryTarget target, ConvertOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(correlation);
        return CorrelationConverter.Convert(rules, correlation, target, options ?? new());
    }

    internal static QueryWriter Writer(QueryTarget target, Expressions.Expression expression, ConvertOptions options) => target switch
    {
        QueryTarget.Splunk when SplunkSearchWriter.CanSay(expression) => new SplunkSearchWriter(options),
        QueryTarget.Splunk => new SplunkWhereWriter(options),
        QueryTarget.Lucene => new LuceneWriter(options),
        QueryTarget.Esql => new EsqlWriter(options),
        QueryTarget.Kql => new KqlWriter(options),
        QueryTarget.ClickHouse => new ClickHouseWriter(options),
        QueryTarget.DuckDb => new DuckDbWriter(options),
        QueryTarget.Postgres => new PostgresWriter(options),
        QueryTarget.Sqlite => new SqliteWriter(options),
        _ => throw new ArgumentOutOfRangeException(nameof(target)),
    };
}
