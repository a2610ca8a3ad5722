using System.Security.Cryptography;
using System.Text;
using Modus.Logs.Evtx;

namespace Modus.Tests.Logs.Evtx;

/// <summary>One event for <see cref="EvtxWriter"/>: a system template with its values, and event data in a fragment of its own, as Windows writes it.</summary>
internal sealed record EvtxEvent
{
    public string Provider { get; init; } = "Microsoft-Windows-Sysmon";

    public string Channel { get; init; } = "Microsoft-Windows-Sysmon/Operational";

    public string Computer { get; init; } = "w1.example";

    public ushort EventId { get; init; } = 1;

    public ulong RecordId { get; init; } = 1;

    public DateTime Time { get; init; } = new(2025, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    public string? User { get; init; } = "S-1-5-18";

    /// <summary>The named data in order.</summary>
    public IReadOnlyList<(string Name, EvtxValue Value)> Data { get; init; } = [];

    /// <summary>Unnamed data, as old sources write it; in place of <see cref="Data"/>.</summary>
    public EvtxValue? Unnamed { get; init; }

    /// <summary>Writes the event as BinXML.</summary>
    public void Write(BinXmlWriter writer)
    {
        writer.FragmentHeader();
        writer.Template(
            Id("system", Provider, Channel),
            () => System(writer),
            [
                EvtxValue.Of(EventId),
                EvtxValue.Of((byte)4),
                EvtxValue.Hex(0x8000000000000000),
                EvtxValue.Of(Time),
                EvtxValue.Of(RecordId),
                EvtxValue.Null,
                EvtxValue.Of(4242u),
                EvtxValue.Of(Computer),
                User is null ? EvtxValue.Null : EvtxValue.Sid(User),
                EvtxValue.Fragment(DataFragment),
            ]);
        writer.Byte(0);
    }

    private void System(BinXmlWriter w) => w.Element(
        "Event",
        () =>
        {
            w.Element("System", () =>
            {
                w.Element("Provider", null, ("Name", () => w.Constant(Provider)), ("Guid", () => w.Constant("{5770385f-c22a-43e0-bf4c-06f5698ffbd9}")));
                w.Element("EventID", () => w.Substitute(0, EvtxValueType.UInt16, false));
                w.Element("Level", () => w.Substitute(1, EvtxValueType.UInt8, false));
                w.Element("Keywords", () => w.Substitute(2, EvtxValueType.Hex64, false));
                w.Element("TimeCreated", null, ("SystemTime", () => w.Substitute(3, EvtxValueType.FileTime)));
                w.Element("EventRecordID", () => w.Substitute(4, EvtxValueType.UInt64, false));
                w.Element("Correlation", null, ("ActivityID", () => w.Substitute(5, EvtxValueType.Guid)));
                w.Element("Execution", null, ("ProcessID", () => w.Substitute(6, EvtxValueType.UInt32)));
                w.Element("Channel", () => w.Constant(Channel));
                w.Element("Computer", () => w.Substitute(7, EvtxValueType.Utf16, false));
                w.Element("Security", null, ("UserID", () => w.Substitute(8, EvtxValueType.Sid)));
            });
            w.Substitute(9, EvtxValueType.BinXml);
        },
        ("xmlns", () => w.Constant("http://schemas.microsoft.com/win/2004/08/events/event")));

    private void DataFragment(BinXmlWriter w)
    {
        w.FragmentHeader();
        var names = Unnamed is null ? Data.Select(d => d.Name).ToList() : [];
        w.Template(
            Id(["data", Provider, .. names, Unnamed is null ? "" : "unnamed"]),
            () => w.Element("EventData", () =>
            {
                if (Unnamed is not null) w.Element("Data", () => w.Substitute(0, Unnamed.Type));
                for (var i = 0; i < names.Count; i++)
                {
                    var number = i;
                    w.Element("Data", () => w.Substitute(number, EvtxValueType.Utf16, false), ("Name", () => w.Constant(names[number])));
                }
            }),
            Unnamed is null ? [.. Data.Select(d => d.Value)] : [Unnamed]);
        w.Byte(0);
    }

    private static Guid Id(params string[] parts) => new(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))).AsSpan(0, 16));
}
