using System.Buffers;
using System.Text;

namespace Modus.Logs.Mapping;

/// <summary>Gives a message for people its lines back, where a relay put it into one line: each line of it began with a label or a heading.</summary>
internal static class FlatMessage
{
    private const int FewestLabels = 3;
    private const int MaxLabel = 60;

    private static readonly SearchValues<char> LabelLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 ()-/");

    /// <summary>The names of Sysmon's fields, which stand behind one blank where a relay left no more.</summary>
    private static readonly HashSet<string> SysmonNames = new(StringComparer.Ordinal)
    {
        "RuleName", "UtcTime", "ProcessGuid", "ProcessId", "Image", "FileVersion", "Description", "Product", "Company", "OriginalFileName", "CommandLine", "CurrentDirectory", "User",
        "LogonGuid", "LogonId", "TerminalSessionId", "IntegrityLevel", "Hashes", "ParentProcessGuid", "ParentProcessId", "ParentImage", "ParentCommandLine", "ParentUser", "TargetFilename",
        "CreationUtcTime", "PreviousCreationUtcTime", "Protocol", "Initiated", "SourceIsIpv6", "SourceIp", "SourceHostname", "SourcePort", "SourcePortName", "DestinationIsIpv6", "DestinationIp",
        "DestinationHostname", "DestinationPort", "DestinationPortName", "ImageLoaded", "Signed", "Signature", "SignatureStatus", "SourceProcessGUID", "SourceProcessId", "SourceThreadId",
        "SourceImage", "TargetProcessGUID", "TargetProcessId", "TargetImage", "GrantedAccess", "CallTrace", "SourceUser", "TargetUser", "NewThreadId", "StartAddress", "StartModule",
        "StartFunction", "EventType", "TargetObject", "Details", "NewName", "PipeName", "QueryName", "QueryStatus", "QueryResults", "Contents", "Archived", "IsExecutable",
    };

    /// <summary>The message with its lines; as it is where it has lines, or no labels.</summary>
    public static string Lines(string text)
    {
        if (text.Contains('\n', StringComparison.Ordinal)) return text;
        var labels = Find(text, WideStart);
        if (labels.Count < FewestLabels) labels = Find(text, SysmonStart);
        if (labels.Count < FewestLabels) return text;
        var lines = new StringBuilder(text.Length + (labels.Count * 2));
        var at = 0;
        for (var i = 0; i < labels.Count; i++)
        {
            var (start, colon) = labels[i];
            lines.Append(text.AsSpan(at, start - at).TrimEnd(" \t")).Append('\n');
            // What stands below a heading is indented; a heading is followed by the first label below it.
            var isHeading = i + 1 < labels.Count && text.AsSpan(colon + 1, labels[i + 1].Start - colon - 1).IsWhiteSpace();
            if (!isHeading) lines.Append('\t');
            at = start;
        }

        return lines.Append(text, at, text.Length - at).ToString();
    }

    private delegate int StartOf(ReadOnlySpan<char> before);

    /// <summary>The labels: where each starts, and its colon.</summary>
    private static List<(int Start, int Colon)> Find(string text, StartOf startOf)
    {
        var labels = new List<(int Start, int Colon)>();
        var from = 0;
        for (var colon = text.IndexOf(':', StringComparison.Ordinal); colon > 0; colon = text.IndexOf(':', colon + 1))
        {
            if (colon + 1 < text.Length && text[colon + 1] is not (' ' or '\t')) continue;
            var looked = Math.Max(from, colon - MaxLabel - 2);
            var start = startOf(text.AsSpan(looked, colon - looked));
            if (start < 0) continue;
            labels.Add((looked + start, colon));
            from = colon + 1;
        }

        return labels;
    }

    /// <summary>What broke lines became blanks of its own, mostly two or more; a label begins with a capital letter.</summary>
    private static int WideStart(ReadOnlySpan<char> before)
    {
        var start = before.Length;
        while (start > 1 && !(IsBlank(before[start - 1]) && IsBlank(before[start - 2]))) start--;
        var label = before[start..];
        return start < 2 || label.Length > MaxLabel || label.IsEmpty || !char.IsAsciiLetterUpper(label[0]) || label.ContainsAnyExcept(LabelLetters) ? -1 : start;
    }

    private static int SysmonStart(ReadOnlySpan<char> before)
    {
        var blank = before.LastIndexOf(' ');
        return blank >= 0 && SysmonNames.Contains(before[(blank + 1)..].ToString()) ? blank + 1 : -1;
    }

    private static bool IsBlank(char c) => c is ' ' or '\t';
}
