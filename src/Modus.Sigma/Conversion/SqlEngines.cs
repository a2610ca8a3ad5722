using Modus.Sigma.Expressions;

namespace Modus.Sigma.Conversion;

/// <summary>SQL of SQLite. It folds ASCII letters only and has no regular expressions.</summary>
internal sealed class SqliteWriter(ConvertOptions options) : SqlWriter(options)
{
    protected override string False => "0";

    protected override string Column(string field) => Name(field);

    protected override string Check(string folded)
    {
        if (!System.Text.Ascii.IsValid(folded)) Refuse($"'{folded}' has letters beyond ASCII, which SQLite does not compare without case.");
        return folded;
    }

    protected override string Contains(string text, string part) => $"instr({text}, {part}) > 0";

    protected override string StartsWith(string text, string part, int length) => $"substr({text}, 1, {length}) = {part}";

    protected override string EndsWith(string text, string part, int length) => length == 0 ? $"{text} IS NOT NULL" : $"substr({text}, -{length}) = {part}";

    // LIKE ignores the case of ASCII letters always; GLOB heeds it.
    protected override string Like(string text, Pattern pattern, bool isCased) => isCased
        ? $"{text} GLOB {Text(string.Concat(pattern.Parts.Select(part => part.Kind switch { PatternPartKind.AnyText => "*", PatternPartKind.AnyCharacter => "?", _ => string.Concat(part.Text.Select(c => c is '*' or '?' or '[' ? $"[{c}]" : c.ToString())) })))}"
        : base.Like(text, pattern, isCased);

    protected override string Regex(string field, RegexTest test) => Refuse("SQLite has no regular expressions of its own.");

    protected override string InNetwork(string field, Network network)
    {
        if (network.IsV6) return Refuse($"SQLite cannot tell whether an address lies in {network}.");
        var address = $"replace(lower({Name(field)}), '::ffff:', '')";
        var list = $"'[' || replace({address}, '.', ',') || ']'";
        var parts = Enumerable.Range(0, 4).Select(at => $"json_extract({list}, '$[{at}]')").ToArray();
        var number = $"(({parts[0]} * 256 + {parts[1]}) * 256 + {parts[2]}) * 256 + {parts[3]}";
        var last = network.Bits + (UInt128.One << (32 - network.Length)) - 1;
        return $"CASE WHEN {address} GLOB '[0-9]*' AND {address} NOT GLOB '*[^0-9.]*' AND json_valid({list}) THEN CASE WHEN json_array_length({list}) = 4 AND max({string.Join(", ", parts)}) <= 255 "
            + $"THEN {number} BETWEEN {network.Bits} AND {last} ELSE 0 END ELSE 0 END";
    }

    protected override string Separator => "char(1)";

    public override string NumberOf(string field) => $"CASE WHEN {HasNumber(field)} THEN CAST(CAST({Name(field)} AS TEXT) AS REAL) END";

    protected override string Number(string field, NumberTest test) =>
        $"CASE WHEN {HasNumber(field)} THEN CAST(CAST({Name(field)} AS TEXT) AS REAL) {NumberTest.Sign(test.Comparison)} {Plain(test.Value)} ELSE 0 END";

    private string HasNumber(string field)
    {
        var text = $"CAST({Name(field)} AS TEXT)";
        string[] never = ["*[^-+.0-9eE]*", "*[^eE][-+]*", "*.*.*", "*[eE]*[eE]*", "*[eE]*.*", "*[-+eE]", "[eE]*", "[-+.][eE]*", "[-+].[eE]*"];
        return $"{text} GLOB '*[0-9]*'{string.Concat(never.Select(form => $" AND {text} NOT GLOB '{form}'"))}";
    }
}

/// <summary>SQL of PostgreSQL.</summary>
internal sealed class PostgresWriter(ConvertOptions options) : SqlWriter(options)
{
    private const string Octet = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";

    protected override string Column(string field) => $"{Name(field)}::text";

    protected override string Constant(bool value) => value ? "TRUE" : "FALSE";

    protected override string Check(string folded)
    {
        if (!System.Text.Ascii.IsValid(folded)) Note("Letters beyond ASCII are compared as the database's locale folds them.");
        return folded;
    }

    protected override string Contains(string text, string part) => $"strpos({text}, {part}) > 0";

    protected override string StartsWith(string text, string part, int length) => $"left({text}, {length}) = {part}";

    protected override string EndsWith(string text, string part, int length) => $"right({text}, {length}) = {part}";

    protected override string Regex(string field, RegexTest test) => RegexText.Translate(test, RegexKind.Postgres, out var reason) is { } regex
        ? $"{Column(field)} ~ {Text(regex)}"
        : Refuse($"PostgreSQL reads {reason} of the expression '{test.Regex}' in another way.");

    protected override string InNetwork(string field, Network network)
    {
        if (network.IsV6) return Refuse($"Whether a text is an IPv6 address inside {network} cannot be asked before PostgreSQL 16 without an error on other texts.");
        var address = $"regexp_replace(lower({Column(field)}), '^::ffff:', '')";
        return $"CASE WHEN {address} ~ '^({Octet}\\.){{3}}{Octet}$' THEN ({address})::inet <<= '{network}'::inet ELSE FALSE END";
    }

    public override string NumberOf(string field) => $"CASE WHEN {Column(field)} ~ '{NumberForm}' THEN ({Column(field)})::numeric END";

    protected override string Number(string field, NumberTest test) =>
        $"CASE WHEN {Column(field)} ~ '{NumberForm}' THEN ({Column(field)})::numeric {NumberTest.Sign(test.Comparison)} {Plain(test.Value)} ELSE FALSE END";
}

/// <summary>SQL of DuckDB. Its names of columns fold case, so fields that differ only in case cannot both be columns.</summary>
internal sealed class DuckDbWriter(ConvertOptions options) : SqlWriter(options)
{
    protected override string Column(string field) => $"CAST({Name(field)} AS VARCHAR)";

    protected override string Constant(bool value) => value ? "TRUE" : "FALSE";

    protected override string Contains(string text, string part) => $"contains({text}, {part})";

    protected override string StartsWith(string text, string part, int length) => $"starts_with({text}, {part})";

    protected override string EndsWith(string text, string part, int length) => $"ends_with({text}, {part})";

    protected override string Regex(string field, RegexTest test) => RegexText.Translate(test, RegexKind.Re2, out var reason) is { } regex
        ? $"regexp_matches({Column(field)}, {Text(regex)})"
        : Refuse($"DuckDB reads {reason} of the expression '{test.Regex}' in another way.");

    protected override string InNetwork(string field, Network network)
    {
        if (network.IsV6) return Refuse($"DuckDB without extensions cannot tell whether an address lies in {network}.");
        var address = $"regexp_replace(lower({Column(field)}), '^::ffff:', '')";
        var parts = Enumerable.Range(1, 4).Select(at => $"TRY_CAST(split_part({address}, '.', {at}) AS BIGINT)").ToArray();
        var last = network.Bits + (UInt128.One << (32 - network.Length)) - 1;
        return $"(regexp_full_match({address}, '([0-9]{{1,3}}\\.){{3}}[0-9]{{1,3}}') AND greatest({string.Join(", ", parts)}) <= 255 "
            + $"AND (({parts[0]} * 256 + {parts[1]}) * 256 + {parts[2]}) * 256 + {parts[3]} BETWEEN {network.Bits} AND {last})";
    }

    public override string NumberOf(string field) => $"CASE WHEN regexp_matches({Column(field)}, '{NumberForm}') THEN TRY_CAST({Column(field)} AS DOUBLE) END";

    protected override string Number(string field, NumberTest test) =>
        $"(regexp_matches({Column(field)}, '{NumberForm}') AND TRY_CAST({Column(field)} AS DOUBLE) {NumberTest.Sign(test.Comparison)} {Plain(test.Value)})";
}

/// <summary>SQL of ClickHouse. Texts escape with backslashes.</summary>
internal sealed class ClickHouseWriter(ConvertOptions options) : SqlWriter(options)
{
    public override string Name(string name) => $"`{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal)}`";

    public override string Text(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";

    protected override string False => "0";

    protected override string Column(string field) => $"toString({Name(field)})";

    protected override string Lower(string text) => $"lowerUTF8({text})";

    protected override string Contains(string text, string part) => $"position({text}, {part}) > 0";

    protected override string StartsWith(string text, string part, int length) => $"startsWith({text}, {part})";

    protected override string EndsWith(string text, string part, int length) => $"endsWith({text}, {part})";

    // LIKE has no ESCAPE here: the backslash escapes.
    protected override string Like(string text, Pattern pattern, bool isCased) => $"{text} LIKE {Text(LikePattern(pattern, isCased, '\\'))}";

    protected override string Regex(string field, RegexTest test)
    {
        if (RegexText.Translate(test, RegexKind.Re2, out var reason) is not { } regex) return Refuse($"ClickHouse reads {reason} of the expression '{test.Regex}' in another way.");
        // match() lets the dot match line ends unless told not to.
        return $"match({Column(field)}, {Text(test.DotAll ? regex : "(?-s)" + regex)})";
    }

    protected override string InNetwork(string field, Network network)
    {
        var address = network.IsV6 ? Column(field) : $"replaceRegexpOne(lower({Column(field)}), '^::ffff:', '')";
        return $"if({(network.IsV6 ? "isIPv6String" : "isIPv4String")}(ifNull({address}, '')), isIPAddressInRange(ifNull({address}, '{(network.IsV6 ? "::" : "0.0.0.0")}'), '{network}'), 0)";
    }

    protected override string Separator => "char(1)";

    public override string NumberOf(string field) => $"if(match(ifNull({Column(field)}, ''), {Text(NumberForm)}), toFloat64OrNull({Column(field)}), NULL)";

    public override string Instant(string time) => $", toUnixTimestamp64Micro(toDateTime64({time}, 6)) AS modus_t";

    protected override string Number(string field, NumberTest test) =>
        $"(match({Column(field)}, {Text(NumberForm)}) AND toFloat64OrNull({Column(field)}) {NumberTest.Sign(test.Comparison)} {Plain(test.Value)})";
}
