using System.Buffers;
using System.Text;

namespace Modus.Logs.Mapping;

/// <summary>
/// Takes an event's data out of the text that Windows makes of it for people: lines of a label, a colon and a value, below
/// headings that end in a colon. Labels of Sysmon are the fields' names; those of other providers are turned into them by
/// leaving out the blanks, with the heading's first word before what an account is called.
/// </summary>
internal static class MessageText
{
    private const int MaxLines = 2000;
    private const int MaxLabel = 60;

    private static readonly SearchValues<char> LabelLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 _-()/");

    /// <summary>Names that leaving out the blanks does not give.</summary>
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["ProcessCommandLine"] = "CommandLine",
        ["CreatorProcessName"] = "ParentProcessName",
        ["SourceNetworkAddress"] = "IpAddress",
        ["SourcePort"] = "IpPort",
        ["LogonProcess"] = "LogonProcessName",
        ["AuthenticationPackage"] = "AuthenticationPackageName",
        ["PackageName(NTLMonly)"] = "LmPackageName",
        ["ClientAddress"] = "IpAddress",
        ["ClientPort"] = "IpPort",
        ["Accesses"] = "AccessList",
        ["CallerProcessName"] = "ProcessName",
    };

    /// <summary>Headings under which an account's lines stand, and how the fields begin there.</summary>
    private static readonly (string Heading, string Prefix)[] Accounts =
    [
        ("Creator Subject", "Subject"),
        ("Subject", "Subject"),
        ("Target Subject", "Target"),
        ("Target Account", "Target"),
        ("New Logon", "Target"),
        ("New Account", "Target"),
        ("Account For Which Logon Failed", "Target"),
        ("Account Whose Credentials Were Used", "Target"),
        ("Account Information", "Target"),
        ("Account That Was Locked Out", "Target"),
        ("Group", "Target"),
        ("Member", "Member"),
    ];

    /// <summary>Adds the values below a place; text without labelled lines adds nothing.</summary>
    public static void Add(LogEvent target, PathTrie trie, PathNode root, string text)
    {
        var heading = "";
        var lines = 0;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            if (++lines > MaxLines) return;
            var line = text.AsSpan()[range].TrimEnd();
            var colon = line.IndexOf(':');
            if (colon <= 0 || colon > MaxLabel) continue;
            var label = line[..colon].Trim();
            var value = line[(colon + 1)..].Trim();
            if (label.IsEmpty) continue;
            if (value.IsEmpty && !char.IsWhiteSpace(line[0]))
            {
                heading = label.ToString();
                continue;
            }

            if (Name(heading, label) is not { } name) continue;
            var node = trie.Child(root, name);
            if (node.Ignored || target.First(node.Field) >= 0) continue;
            var slot = target.AddText(node.Field, Encoding.UTF8.GetBytes(value.ToString()));
            if (slot >= 0)
                foreach (var alias in node.Aliases) target.Alias(alias, slot);
        }
    }

    private static string? Name(string heading, ReadOnlySpan<char> label)
    {
        if (label.ContainsAnyExcept(LabelLetters)) return null;
        var name = label.ToString().Replace(" ", "", StringComparison.Ordinal);
        var prefix = Array.Find(Accounts, a => a.Heading == heading).Prefix;
        var account = name switch
        {
            "SecurityID" => prefix is null ? null : prefix == "Member" ? "MemberSid" : $"{prefix}UserSid",
            "AccountName" or "GroupName" => prefix is null ? null : prefix == "Member" ? "MemberName" : $"{prefix}UserName",
            "AccountDomain" or "GroupDomain" => prefix is null ? null : $"{prefix}DomainName",
            "LogonID" => prefix is null ? null : $"{prefix}LogonId",
            _ => null,
        };
        return account ?? Names.GetValueOrDefault(name, name);
    }
}
