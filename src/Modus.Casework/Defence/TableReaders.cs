using System.Globalization;
using Modus.Analysis.Coverage;

namespace Modus.Casework.Defence;

/// <summary>Reads tables of a defence: outcomes of exercises, indexes of tests, mappings of sensors.</summary>
internal sealed class TableReaders(string file, DefenceContext context)
{
    private IReadOnlyList<string> header = [];

    /// <summary>The mapping of a sensor, where the table is one.</summary>
    public SensorMapping? Sensor { get; private set; }

    /// <summary>Reads a table and tells what it is by its columns.</summary>
    /// <returns>What it holds; null where it is no table of a defence.</returns>
    public DefenceInventory? Read(string text)
    {
        (header, var rows) = CsvRows.Read(text);
        if (Column("test guid", "auto_generated_guid") >= 0 && Column("outcome", "status", "result") < 0) return new() { Tests = Tests(rows) };
        if (Column("att&ck data component", "data component") >= 0)
        {
            Sensor = SensorMapping.Of(file, header, rows, Column("event id", "event"), Column("att&ck data component", "data component"));
            return DefenceInventory.Empty;
        }
        var (technique, outcome) = (ExerciseTable.TechniqueColumn(header, rows), ExerciseTable.OutcomeColumn(header, rows));
        if (outcome < 0 || (technique < 0 && Column("test guid", "guid") < 0))
        {
            var missing = outcome >= 0 ? "the technique" : technique >= 0 ? "the outcome" : "the technique or the outcome";
            context.Report(DefenceCodes.BadTable, $"no column of the table holds {missing}; its columns are {string.Join(", ", header.Take(20))}", file, null, "a table of outcomes has columns such as technique, outcome, date, host");
            return null;
        }
        return new() { Exercises = Exercises(rows, technique, outcome) };
    }

    private List<ExerciseResult> Exercises(IReadOnlyList<(int Line, string[] Cells)> rows, int technique, int outcome)
    {
        int name = Column("test case", "test", "test name", "variant", "name", "testcase", "test case name"),
            run = Column("assessment", "exercise", "run", "campaign", "assessment group", "escalation path"), date = Column("date", "stop time", "start time", "attack stop", "attack start", "time", "start", "detection time", "created", "timestamp", "datetime", "execution date", "execution time", "executed", "executed at", "date executed", "test date", "date tested", "run date", "date of test", "@timestamp"),
            host = Column("host", "target", "target asset", "targets", "hostname", "target host", "target assets", "computer", "machine", "endpoint", "asset"), platform = Column("platform", "platforms", "os", "operating system"), guid = Column("test guid", "guid", "auto_generated_guid", "atomic id", "test id"),
            rules = Column("rule", "rules", "rule id", "rule ids", "detecting rule", "detecting rules", "alert", "alerts", "rule name", "detection rule", "detected by"), note = Column("notes", "note", "comment", "comments", "outcome notes", "detection notes");
        var results = new List<ExerciseResult>();
        var order = DayOrder.Of(rows.Select(row => date >= 0 && date < row.Cells.Length ? row.Cells[date] : ""));
        foreach (var (line, cells) in rows)
        {
            string Cell(int at) => at >= 0 && at < cells.Length ? cells[at] : "";
            var place = string.Create(CultureInfo.InvariantCulture, $"{file}:{line}");
            var stated = Cell(outcome);
            if (OutcomeOf(stated, header[outcome]) is not { } known)
            {
                known = ExerciseOutcome.NotRun;
                context.Report(DefenceCodes.BadTable, $"the outcome '{stated}' is none that is known; the test proves nothing", file, string.Create(CultureInfo.InvariantCulture, $"{line}"), "write prevented, detected, logged, missed or not run");
            }
            DateOnly? day = null;
            if (Cell(date) is { Length: > 0 } written && (day = DayOf(written, order)) is null)
                context.Report(DefenceCodes.BadTable, order == DayOrder.Unsure && DayOrder.IsNumeric(written) ? $"'{written}' may be read day first or month first; the test counts as undated" : $"'{written}' is no day; the test counts as undated", file, string.Create(CultureInfo.InvariantCulture, $"{line}"), "write 2026-03-09", lost: false);
            var test = Cell(name) is { Length: > 0 } title ? title : Cell(guid);
            // A cell can hold several ids, and names beside them: 'T1003.001 - LSASS Memory'.
            var ids = Ids(Cell(technique));
            if (ids.Count == 0)
            {
                if (Cell(guid).Length == 0) { context.Report(DefenceCodes.BadTable, $"the row names no technique: '{Cell(technique)}'", file, string.Create(CultureInfo.InvariantCulture, $"{line}")); continue; }
                ids = [""];
            }
            foreach (var id in ids)
                results.Add(new(Cell(run) is { Length: > 0 } campaign ? campaign : Path.GetFileNameWithoutExtension(file), test, id.Length == 0 ? new("", null, "the row names no technique") : context.Map(id), known, place)
                {
                    Date = day,
                    Host = Cell(host) is { Length: > 0 } target ? target : null,
                    Platforms = [.. Cell(platform).Split([';', ',', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(context.Knowledge.Platform).OfType<string>()],
                    TestId = Cell(guid) is { Length: > 0 } own ? own : null,
                    Rules = [.. Cell(rules).Split([';', ',', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
                    Stated = stated,
                    Note = Cell(note),
                });
        }
        var unplaced = results.Count(result => result.Platforms.Count == 0);
        if (unplaced > 0)
            context.Report(
                DefenceCodes.BadTable, string.Create(CultureInfo.InvariantCulture, $"{unplaced} of {results.Count} tests name no platform; each counts on the platforms of the inventory's hosts, else on all of its technique"), file, null,
                "add a column platform", lost: false);
        return results;
    }

    private List<KnownTest> Tests(IReadOnlyList<(int Line, string[] Cells)> rows)
    {
        int technique = ExerciseTable.TechniqueColumn(header, rows), name = Column("test name", "name"), guid = Column("test guid", "auto_generated_guid");
        // The indexes are one file a platform, and say so in their names only.
        var named = Path.GetFileNameWithoutExtension(file).Replace("-index", "", StringComparison.OrdinalIgnoreCase).Replace('-', ' ');
        IReadOnlyList<string> platforms = context.Knowledge.Platform(named) is { } platform ? [platform] : context.Products.Of(named, null);
        var tests = new Dictionary<(string, string), KnownTest>();
        foreach (var (line, cells) in rows)
        {
            if (technique >= cells.Length || guid >= cells.Length || cells[guid].Length == 0) continue;
            var mapped = context.Map(cells[technique]);
            // One row a tactic: the same test comes several times.
            if (mapped.Id is { } id) tests.TryAdd((cells[guid], id), new(cells[guid], name >= 0 && name < cells.Length ? cells[name] : "", id, platforms));
            else context.Report(DefenceCodes.OtherId, $"the test {cells[guid]} is not used: {mapped.Verdict}", file, string.Create(CultureInfo.InvariantCulture, $"{line}"));
        }
        return [.. tests.Values];
    }

    internal static IReadOnlyList<string> Ids(string text)
    {
        var ids = new List<string>();
        foreach (var word in text.Split([' ', ',', ';', '|', '\n', '\r', '\t', '(', ')', '[', ']', ':', '"'], StringSplitOptions.RemoveEmptyEntries))
            if (word.Length is >= 5 and <= 9 && word[0] is 'T' or 't' && word.AsSpan(1, Math.Min(4, word.Length - 1)).ContainsAnyExceptInRange('0', '9') == false && (word.Length == 5 || word[5] is '.' or '/'))
                ids.Add(word.ToUpperInvariant().Replace('/', '.'));
        return [.. ids.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The outcome that a cell means: words of its own, or yes and no to what the column's name asks; null where it means none.</summary>
    internal static ExerciseOutcome? OutcomeOf(string words, string column) => words.Trim().ToLowerInvariant() switch
    {
        "yes" or "y" or "true" or "1" or "x" or "✓" or "✔" => Asks(column, "prevent", "block") ? ExerciseOutcome.Prevented : Asks(column, "detect", "alert") ? ExerciseOutcome.Detected : null,
        "no" or "n" or "false" or "0" => Asks(column, "prevent", "block", "detect", "alert") ? ExerciseOutcome.Missed : null,
        _ => OutcomeOf(words),
    };

    private static bool Asks(string column, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
            if (column.Contains(word, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    /// <summary>The outcome that words mean, as VECTR and other tools write them; null where they mean none.</summary>
    internal static ExerciseOutcome? OutcomeOf(string words) => string.Concat(words.ToLowerInvariant().Where(char.IsLetter)) switch
    {
        "blocked" or "prevented" or "prevent" or "prevention" or "stopped" or "block" => ExerciseOutcome.Prevented,
        "alerted" or "detected" or "alert" or "detect" or "detection" or "fired" or "responded" or "passed" or "pass" or "success" or "hit" or "alerthigh" or "alertmedium" or "alertlow" or "alertcritical"
            or "detectedalert" or "detectedalerted" => ExerciseOutcome.Detected,
        "logged" or "log" or "telemetry" or "visible" or "lograised" or "logcentral" or "loglocal" or "loggedcentrally" or "loggedlocally" or "centrallog" or "locallog" => ExerciseOutcome.Logged,
        // Something was seen, not the whole: less than an alert, more than nothing.
        "partiallydetected" or "partialdetection" or "partlydetected" or "partiallyalerted" or "partiallyblocked" or "partiallyprevented" or "partlyblocked" or "partlyprevented" or "partial" or "partially" or "partiallylogged" or "partlylogged" => ExerciseOutcome.Logged,
        "missed" or "notdetected" or "none" or "nothing" or "failed" or "fail" or "silent" or "undetected" or "noalert" or "notlogged" or "miss" or "noevidence" => ExerciseOutcome.Missed,
        "" or "notrun" or "tbd" or "na" or "notperformed" or "notapplicable" or "pending" or "planned" or "skipped" or "abandoned" or "inprogress" or "unknown" => ExerciseOutcome.NotRun,
        _ => null,
    };

    private static DateOnly? DayOf(string text, DayOrder order) =>
        DayOrder.IsNumeric(text) ? order.Read(text)
        : YamlForm.DayOf(text) is { } day ? day
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var epoch) && epoch is > 946_684_800 and < 32_503_680_000_000
            ? DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(epoch > 32_503_680_000 ? epoch : epoch * 1000).UtcDateTime)
        : DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time) && time.Year > 1999 && !text.Contains('/', StringComparison.Ordinal) ? DateOnly.FromDateTime(time) : null;

    private int Column(params string[] names) => ExerciseTable.ColumnOf(header, names);
}
