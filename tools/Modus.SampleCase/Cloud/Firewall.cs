using System.Globalization;
using System.Text;
using static Modus.SampleCase.Clock;

namespace Modus.SampleCase.Cloud;

/// <summary>Sessions of the firewall: semicolons, local time, and nothing that says so.</summary>
internal sealed class Firewall(ulong seed)
{
    public const int Events = 304;

    private readonly Rng _rng = Rng.For(seed, "firewall");

    public (CaseFile File, Truth Truth) Write()
    {
        var events = new List<(DateTime Time, string From, int Port, string To, int ToPort, string Action, long Sent, long Received, int Seconds, string Note, string? Story)>
        {
            (At(9, "08:43:57"), "10.20.4.17", 50112, "203.0.113.45", 443, "allow", 4_812, 611_204, 14, "", "E06"),
            (At(10, "03:51:00"), "10.30.2.13", 41822, "203.0.113.45", 443, "allow", 88_214_331, 24_770_120, 18_120, "", "E25"),
            (At(12, "01:40:03"), "10.20.8.22", 51877, "203.0.113.90", 443, "allow", 21_884_113_902, 9_114_882, 2_840, "", "E33"),
            (At(9, "10:31:18"), "10.20.4.17", 50190, "203.0.113.45", 443, "allow", 2_004, 1_820, 3, "", "E06"),
            (At(9, "15:02:41"), "10.20.4.17", 50311, "203.0.113.45", 443, "allow", 2_010, 1_822, 3, "", "E06"),
            (At(9, "21:47:09"), "10.20.4.17", 50477, "203.0.113.45", 443, "allow", 2_007, 1_818, 3, "", "E06"),
            (At(11, "16:20:00"), "10.20.4.88", 50500, "192.0.2.80", 80, "deny", 120, 0, 0, "=cmd|' /C calc'!A0", null),
        };
        for (var i = 0; i < 24; i++) events.Add((At(11, "12:30:00").AddSeconds(i * 12), "10.20.9.5", 40_000 + i, "10.20.8." + (5 + (i % 6 * 6)).ToString(CultureInfo.InvariantCulture), i % 2 == 0 ? 445 : 3389, i % 3 == 0 ? "deny" : "allow", 180, 90, 1, "vulnerability scan", null));
        foreach (var time in Spread(_rng, Events - events.Count, Start, End))
            events.Add((time, "10.20.4." + (30 + _rng.Below(60)).ToString(CultureInfo.InvariantCulture), 49_152 + _rng.Below(16_000), "192.0.2." + (20 + _rng.Below(60)).ToString(CultureInfo.InvariantCulture), 443, "allow", 900 + _rng.Below(90_000), 4_000 + _rng.Below(900_000), 1 + _rng.Below(120), "", null));
        var text = new StringBuilder("time;end;device;src_ip;src_port;dst_ip;dst_port;proto;action;bytes_sent;bytes_received;duration_s;note\n");
        var labels = new List<Label>();
        var number = 0;
        foreach (var e in events.OrderBy(e => e.Time))
        {
            number++;
            if (e.Story is { } story) labels.Add(new(number, story));
            text.Append(CultureInfo.InvariantCulture, $"{LocalText(e.Time)};{LocalText(e.Time.AddSeconds(e.Seconds))};FW-EDGE;{e.From};{e.Port};{e.To};{e.ToPort};tcp;{e.Action};{e.Sent};{e.Received};{e.Seconds};{e.Note}\n");
        }

        return (CaseFile.Text("logs/fw.csv", text.ToString()), new Truth(number, labels) { Facts = [("zone", "none in the file; local time is one hour ahead of UTC")] });
    }

    private static string LocalText(DateTime time) => (time + Local).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
