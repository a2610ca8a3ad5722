using System.Collections.Immutable;

namespace Modus.Sigma.Conversion;

/// <summary>The query languages that rules can be converted to.</summary>
public enum QueryTarget
{
    /// <summary>Splunk's search processing language.</summary>
    Splunk,

    /// <summary>Lucene query strings of Elasticsearch and OpenSearch.</summary>
    Lucene,

    /// <summary>ES|QL of Elasticsearch.</summary>
    Esql,

    /// <summary>Kusto query language of Defender and Sentinel.</summary>
    Kql,

    /// <summary>SQL of ClickHouse.</summary>
    ClickHouse,

    /// <summary>SQL of DuckDB.</summary>
    DuckDb,

    /// <summary>SQL of PostgreSQL 12 and later.</summary>
    Postgres,

    /// <summary>SQL of SQLite 3.38 and later.</summary>
    Sqlite,
}

/// <summary>How rules are converted.</summary>
public sealed record ConvertOptions
{
    /// <summary>The table, index or data view to ask; null for the target's usual name (<c>events</c>).</summary>
    public string? Table { get; init; }

    /// <summary>The column that holds the whole event as text, for keywords; null: keywords are refused where the target has no full-text search.</summary>
    public string? KeywordField { get; init; }

    /// <summary>The column that holds the time of an event, for correlations: a timestamp, in SQLite seconds since 1970.</summary>
    public string TimeField { get; init; } = "time";
}

/// <summary>A rule in another query language, or the reasons why it has no exact form there.</summary>
/// <param name="Rule">The rule's key.</param>
/// <param name="Target">The language.</param>
/// <param name="Query">The query; null when the target cannot express the rule.</param>
/// <param name="Refusals">Why not, one sentence for each part that cannot be expressed.</param>
/// <param name="Notes">What the query takes for granted about the data.</param>
public sealed record Conversion(string Rule, QueryTarget Target, string? Query, ImmutableArray<string> Refusals, ImmutableArray<string> Notes);
