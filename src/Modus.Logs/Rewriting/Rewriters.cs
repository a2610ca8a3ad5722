using Modus.Logs.Reading;

namespace Modus.Logs.Rewriting;

/// <summary>Knows the forms that are given on as lines of JSON, by the start of their content.</summary>
internal static class Rewriters
{
    /// <summary>The content as lines of JSON, and what its form is called; null where it has none of these forms.</summary>
    /// <param name="feed">The content, as UTF-8.</param>
    /// <param name="name">The input's name, for problems.</param>
    /// <param name="report">Takes problems.</param>
    /// <param name="format">What the form is called.</param>
    public static ByteFeed? Open(ByteFeed feed, string name, Action<LogProblem> report, out string format)
    {
        var head = feed.Peek(LogLimits.SniffBytes);
        Stream? lines = null;
        format = "";
        if (ClixmlRows.Looks(head)) (format, lines) = ("clixml", new ClixmlRows(new FeedStream(feed), name, report));
        else if (ContainerLines.Looks(head)) (format, lines) = ("cri", new ContainerLines(new FeedStream(feed)));
        else if (UnifiedLog.Looks(head)) (format, lines) = ("macos-log", new UnifiedLog(new FeedStream(feed)));
        else if (JsonForm.Find(head) is { } form) (format, lines) = (form.Name, new JsonRows(new FeedStream(feed), form));
        return lines is null ? null : new ByteFeed(lines, null);
    }
}
