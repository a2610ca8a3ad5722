using System.Globalization;

namespace Modus.Attack;

/// <summary>Reads the event codes out of the channel of a log source.</summary>
public static class EventCodes
{
    private static readonly string[] markers = ["EventCode", "EventID", "Event ID"];

    /// <summary>The codes after <c>EventCode=</c> (or Event ID) in a channel, in order, each once.</summary>
    /// <remarks>A list is separated by commas, as in <c>EventCode=4624, 4625</c>. Numbers elsewhere are no codes.</remarks>
    public static IReadOnlyList<int> Read(string channel)
    {
        List<int>? codes = null;
        foreach (var marker in markers)
            for (var at = Next(channel, marker, 0); at >= 0; at = Next(channel, marker, at))
            {
                at += marker.Length;
                ReadList(channel, at, ref codes);
            }
        return codes is null ? [] : codes;
    }

    private static int Next(string channel, string marker, int from) =>
        channel.IndexOf(marker, from, StringComparison.OrdinalIgnoreCase);

    private static void ReadList(string channel, int at, ref List<int>? codes)
    {
        while (at < channel.Length)
        {
            while (at < channel.Length && channel[at] is ' ' or '=' or ',' or ':') at++;
            var start = at;
            while (at < channel.Length && char.IsAsciiDigit(channel[at])) at++;
            if (at == start) return;
            if (!int.TryParse(channel.AsSpan(start, at - start), CultureInfo.InvariantCulture, out var code)) return;
            codes ??= [];
            if (!codes.Contains(code)) codes.Add(code);
        }
    }
}
