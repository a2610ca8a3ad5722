using Modus.Casework.Cases;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Cases;

/// <summary>Intelligence gaps as rows.</summary>
internal static class GapRows
{
    public static void Write(Invocation run, IEnumerable<GapRecord> gaps) => run.Write(gaps,
        new Column<GapRecord>("id", "Id", gap => gap.Id),
        new Column<GapRecord>("type", "Type", gap => gap.Type),
        new Column<GapRecord>("state", "State", gap => gap.State.ToString().ToLowerInvariant()),
        new Column<GapRecord>("host", "Host", gap => gap.Host),
        new Column<GapRecord>("source", "Source", gap => gap.Source) { Gives = true },
        new Column<GapRecord>("from", "From", gap => gap.From),
        new Column<GapRecord>("to", "To", gap => gap.To),
        new Column<GapRecord>("reason", "Why", gap => gap.State == GapState.Closed ? $"{gap.Reason} · closed: {gap.ClosedBecause}" : gap.Reason) { Gives = true },
        new Column<GapRecord>("could_hide", "Could hide", gap => gap.Techniques.Count) { Right = true },
        new Column<GapRecord>("techniques", null, gap => gap.Techniques),
        new Column<GapRecord>("record", null, gap => gap.Record),
        new Column<GapRecord>("author", null, gap => gap.Author));
}
