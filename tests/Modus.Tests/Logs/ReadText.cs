using System.Text;
using Modus.Logs;

namespace Modus.Tests.Logs;

/// <summary>Reads logs that stand in a test.</summary>
internal static class ReadText
{
    public static (List<EventRecord> Events, LogReadReport Report) Of(string text, LogReadOptions? options = null) => Of(Encoding.UTF8.GetBytes(text), options);

    public static (List<EventRecord> Events, LogReadReport Report) Of(byte[] bytes, LogReadOptions? options = null)
    {
        var reader = new LogReader(options);
        var events = reader.Read(new MemoryStream(bytes), "test").Select(e => e.Keep()).ToList();
        return (events, reader.Report);
    }
}
