namespace Modus.SampleCase.Story;

/// <summary>One of the case's techniques.</summary>
/// <param name="Id">Its id in ATT&amp;CK 18.1.</param>
/// <param name="Later">Its id in 19.0.</param>
/// <param name="Told">Whether a report tells it.</param>
/// <param name="Seen">Whether a log shows it.</param>
/// <param name="State">fired, no-rule, cannot-fire, not-collected or outside-telemetry.</param>
/// <param name="Rule">The rule of the company that is tagged with it, or null.</param>
/// <param name="Tested">Whether an exercise tried it.</param>
internal sealed record CaseTechnique(string Id, string Later, bool Told, bool Seen, string State, string? Rule, bool Tested);

/// <summary>The 48 techniques of the case.</summary>
internal static class TechniqueTable
{
    private const string Table = """
        T1583.001 =         R  outside-telemetry -
        T1566.002 =         RL no-rule -
        T1204.004 =         RL fired R01
        T1059.001 =         RL fired R02 purple
        T1027.010 =         L  no-rule -
        T1105     =         L  no-rule -
        T1053.005 =         RL fired R03 purple
        T1218.011 =         L  no-rule -
        T1033     =         L  no-rule -
        T1016     =         L  no-rule -
        T1049     =         L  no-rule -
        T1482     =         L  fired R04
        T1069.002 =         L  fired R05
        T1018     =         L  no-rule -
        T1558.003 =         RL fired R06 purple
        T1021.001 =         RL cannot-fire R21
        T1078.002 =         RL no-rule -
        T1219.002 =         RL fired R07
        T1562.001 T1685     RL fired R09 purple
        T1003.001 =         RL fired R10 purple
        T1021.002 =         L  no-rule -
        T1569.002 =         L  fired R11
        T1003.003 =         L  fired R12 purple
        T1552.004 =         L  no-rule -
        T1021.004 =         RL no-rule -
        T1053.003 =         L  no-rule -
        T1552.001 =         L  no-rule -
        T1098.004 =         L  fired R13
        T1562.012 T1685.004 L  no-rule -
        T1572     =         RL no-rule -
        T1621     =         RL fired R16
        T1078.004 =         L  no-rule -
        T1564.008 =         L  no-rule -
        T1213.002 =         RL no-rule -
        T1580     =         L  no-rule -
        T1136.003 =         L  fired R15
        T1098.001 =         L  no-rule -
        T1098.003 =         L  no-rule -
        T1562.008 T1685.002 L  fired R14
        T1530     =         R  not-collected -
        T1560.001 =         RL fired R20 purple
        T1074.001 =         L  no-rule -
        T1036.005 =         L  no-rule -
        T1567.002 =         RL fired R22
        T1490     =         RL fired R17 purple
        T1489     =         L  no-rule -
        T1070.001 T1685.005 L  fired R18
        T1486     =         RL fired R19
        """;

    public static IReadOnlyList<CaseTechnique> All { get; } =
    [
        .. Table.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(cells => new CaseTechnique(
            cells[0], cells[1] == "=" ? cells[0] : cells[1], cells[2].Contains('R', StringComparison.Ordinal), cells[2].Contains('L', StringComparison.Ordinal),
            cells[3], cells[4] == "-" ? null : cells[4], cells.Length > 5)),
    ];
}
