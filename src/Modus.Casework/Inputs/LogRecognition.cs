using Modus.Logs;

namespace Modus.Casework.Inputs;

/// <summary>Asks the reader of logs whether the beginning of a file is a log.</summary>
internal static class LogRecognition
{
    /// <summary>True where the reader knows the format and finds at least one event in the first bytes.</summary>
    public static bool IsLog(ReadOnlyMemory<byte> head)
    {
        var reader = new LogReader(new LogReadOptions { Threads = 1, AssumedOffset = TimeSpan.Zero });
        var found = reader.Read(new MemoryStream(head.ToArray(), writable: false), "head").Any();
        // The report is complete only when everything was read; one event is enough to know.
        return found;
    }
}
