using System.Text;

namespace Modus.Logs.Reading;

/// <summary>What every event of a block gets, how it counts, and what is asked of the user because of it.</summary>
internal static class BlockEvents
{
    private const int ShownFields = 12;

    public static void Enter(LogEvent target, LogBlock block)
    {
        target.File = block.File.Name;
        target.FileNumber = block.File.Number;
        target.Block = block.Number;
        target.IsCarved = false;
        target.IsDayFirst = block.File.IsDayFirst;
    }

    public static void Count(LogEvent target, LogBlock block)
    {
        var tally = block.Tally;
        tally.Events++;
        tally.Saw(target.Shape);
        if (target.IsTruncated) tally.Note(
            LogProblemCodes.TooLarge, "values", target.Line, $"a record has more than {LogLimits.MaxValues} values; the rest was left out", "Split the record at its source.");
        if (target.Trie is { Shape: { Product: null, FindingsOf: null } } && !tally.Again(LogProblemCodes.UnknownShape, "")) NoteShape(target, tally);
        if (target.Trie is { Shape.FindingsOf: { } tool }) tally.Note(
            LogProblemCodes.Findings, "", target.Line, $"these are findings of {tool}, not the events it found them in", "Give the logs that it was run over: rules look at events, and findings keep only a part of their fields.");
        if (block.File.DoubtfulDate is { } date && !tally.Knows(LogProblemCodes.DayOrderUnknown)) NoteDays(target, tally, date);
        // Times are read on demand: the first event of a block speaks for it.
        if (target.Index == 0 && target.Time.Quality == TimeQuality.ZoneUnknown) NoteZone(target, tally);
    }

    private static void NoteShape(LogEvent target, BlockTally tally)
    {
        var names = new List<string>();
        for (var slot = 0; slot < target.Count && names.Count <= ShownFields; slot++)
            if (target.FieldOf(slot) is >= 0 and var field && !names.Contains(target.Fields.Name(field))) names.Add(target.Fields.Name(field));
        var shown = new StringBuilder(string.Join(", ", names.Take(ShownFields)));
        if (names.Count > ShownFields) shown.Append(", …");
        tally.Note(
            LogProblemCodes.UnknownShape,
            "",
            target.Line,
            $"no mapping knows records with the fields {shown}: they have no product, so only rules without a logsource see them",
            "Give a mapping file with a shape that \"needs\" some of these fields and names their \"product\", \"time\" and \"host\".");
    }

    /// <summary>Says so where another order of day and month would be another time.</summary>
    private static void NoteDays(LogEvent target, BlockTally tally, string date)
    {
        if (target.Trie is not { } trie) return;
        var time = trie.TimeOf(target);
        target.IsDayFirst = true;
        var other = trie.TimeOf(target);
        target.IsDayFirst = false;
        if (time.Utc == other.Utc) return;
        tally.Note(
            LogProblemCodes.DayOrderUnknown,
            "",
            target.Line,
            $"times such as {date} may begin with the day or with the month, and none that was looked at has a day above 12: the month is taken to stand first",
            "Say --day-first if days stand first.",
            0);
    }

    private static void NoteZone(LogEvent target, BlockTally tally) => tally.Note(
        LogProblemCodes.ZoneUnknown,
        "",
        target.Line,
        "the times carry no zone: in which zone does the clock of this source run? Until told, they are read as UTC and marked so",
        "Give the offset from UTC, such as +02:00.",
        0);
}
