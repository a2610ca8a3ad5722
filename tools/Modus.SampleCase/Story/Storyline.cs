namespace Modus.SampleCase.Story;

/// <summary>An entry of the storyline.</summary>
internal sealed record Entry(string Id, string Time, string Host, string[] Techniques);

/// <summary>What happened, in order, with the techniques of ATT&amp;CK 18.1.</summary>
internal static class Storyline
{
    public static readonly Entry[] All =
    [
        new("E01", "2026-03-09T08:41:07Z", "harborline.example", ["T1566.002"]),
        new("E02", "2026-03-09T08:43:52Z", "WKS-0417", ["T1204.004"]),
        new("E03", "2026-03-09T08:43:53Z", "WKS-0417", ["T1059.001"]),
        new("E04", "2026-03-09T08:43:55Z", "WKS-0417", ["T1059.001", "T1027.010"]),
        new("E05", "2026-03-09T08:43:56Z", "WKS-0417", ["T1105"]),
        new("E06", "2026-03-09T08:43:57Z", "WKS-0417", ["T1105"]),
        new("E07", "2026-03-09T08:44:10Z", "WKS-0417", ["T1105"]),
        new("E08", "2026-03-09T08:46:31Z", "WKS-0417", ["T1053.005"]),
        new("E09", "2026-03-09T08:46:40Z", "WKS-0417", ["T1218.011"]),
        new("E10", "2026-03-09T09:05:12Z", "WKS-0417", ["T1033", "T1016", "T1049", "T1482", "T1069.002"]),
        new("E11", "2026-03-09T09:12:26Z", "WKS-0417", ["T1018"]),
        new("G1", "2026-03-09T09:40:00Z", "WKS-0417", []),
        new("E12", "2026-03-09T10:12:04Z", "DC01", ["T1558.003"]),
        new("E13", "2026-03-10T02:14:20Z", "SRV-BKP01", ["T1021.001", "T1078.002"]),
        new("E14", "2026-03-10T02:17:02Z", "SRV-BKP01", ["T1219.002"]),
        new("E15", "2026-03-10T02:24:45Z", "SRV-BKP01", ["T1562.001"]),
        new("E16", "2026-03-10T02:31:09Z", "SRV-BKP01", ["T1003.001"]),
        new("E17", "2026-03-10T02:52:33Z", "DC01", ["T1021.002", "T1569.002"]),
        new("E18", "2026-03-10T03:02:18Z", "DC01", ["T1003.003"]),
        new("E19", "2026-03-10T03:31:40Z", "SRV-FS02", ["T1552.004"]),
        new("E20", "2026-03-10T03:40:05Z", "LNX-APP03", ["T1021.004"]),
        new("E21", "2026-03-10T03:44:51Z", "LNX-APP03", ["T1053.003"]),
        new("E22", "2026-03-10T03:45:20Z", "LNX-APP03", ["T1552.001"]),
        new("E23", "2026-03-10T03:46:02Z", "LNX-APP03", ["T1098.004"]),
        new("E24", "2026-03-10T03:47:30Z", "LNX-APP03", ["T1562.012"]),
        new("E25", "2026-03-10T03:51:00Z", "FW-EDGE", ["T1572"]),
        new("E26", "2026-03-11T09:58:10Z", "", ["T1621", "T1078.004"]),
        new("E27", "2026-03-11T10:34:12Z", "harborline.example", ["T1564.008"]),
        new("E28", "2026-03-11T10:40:00Z", "harborline.example", ["T1213.002"]),
        new("E29", "2026-03-11T11:20:04Z", "111122223333", ["T1580", "T1078.004"]),
        new("E30", "2026-03-11T11:36:02Z", "111122223333", ["T1136.003", "T1098.001", "T1098.003"]),
        new("E31", "2026-03-11T11:41:00Z", "111122223333", ["T1562.008"]),
        new("E32", "2026-03-12T01:05:10Z", "SRV-FS02", ["T1560.001", "T1074.001"]),
        new("E33", "2026-03-12T01:40:00Z", "SRV-FS02", ["T1036.005", "T1567.002"]),
        new("E34", "2026-03-13T04:10:02Z", "SRV-BKP01", ["T1490"]),
        new("E35", "2026-03-13T04:10:40Z", "SRV-BKP01", ["T1489"]),
        new("E36", "2026-03-13T04:11:15Z", "SRV-BKP01", ["T1070.001"]),
        new("E37", "2026-03-13T04:12:00Z", "SRV-FS02", ["T1486"]),
    ];

    public static string[] TechniquesOf(string id) => Array.Find(All, entry => entry.Id == id)?.Techniques ?? throw new ArgumentException($"{id} is no entry of the storyline", nameof(id));
}
