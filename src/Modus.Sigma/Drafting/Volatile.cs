using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Modus.Sigma.Drafting;

/// <summary>Knows which fields and parts of values change from event to event.</summary>
internal static partial class Volatile
{
    private const RegexOptions Safe = RegexOptions.NonBacktracking | RegexOptions.IgnoreCase;

    /// <summary>Why a field's value says nothing about the behaviour; null when it may.</summary>
    public static string? Reason(string field, string value)
    {
        if (value.Length == 0 || value is "-" or "0" or "0x0") return "empty";
        if (Names().IsMatch(field)) return "numbers, ids and times of one event";
        if (Actors().IsMatch(field)) return "who and where, not what";
        if (field.EndsWith("Port", StringComparison.OrdinalIgnoreCase)) return "ports are free to choose";
        if (Guids().IsMatch(value)) return "an id of one event";
        if (Hashes().IsMatch(value)) return "a hash changes with any byte";
        if (Times().IsMatch(value)) return "a time";
        return Addresses().IsMatch(value) ? "an address" : null;
    }

    /// <summary>A path without what differs from machine to machine: from the last folder that users cannot choose, or the file name alone.</summary>
    public static string Path(string path)
    {
        var name = path[Math.Max(path.LastIndexOfAny(['\\', '/']), 0)..];
        return IsRandom(name.TrimStart('\\', '/')) && name.LastIndexOf('.') is var dot and > 0 ? name[dot..] : name;
    }

    /// <summary>True for a path in a folder that users can write to.</summary>
    public static bool IsWritable(string path) =>
        writable.Any(folder => path.Contains(folder, StringComparison.OrdinalIgnoreCase));

    /// <summary>The folder of a file below the folder of a user, without the user's name; null where there is none.</summary>
    public static string? Folder(string path)
    {
        var users = path.IndexOf("\\Users\\", StringComparison.OrdinalIgnoreCase);
        if (users < 0) return null;
        var after = path.IndexOf('\\', users + 7);
        var last = path.LastIndexOf('\\');
        return after < 0 || last <= after ? null : path[after..(last + 1)];
    }

    private static readonly string[] writable = ["\\Users\\", "\\Temp\\", "\\ProgramData\\", "\\PerfLogs\\", "/tmp/", "/var/tmp/", "/dev/shm/", "/home/"];

    /// <summary>The parts of a registry path behind the root, user and machine, before and after the ids in it; none where nothing is left.</summary>
    public static ImmutableArray<string> Key(string key)
    {
        var sid = Sids().Match(key);
        var text = sid.Success ? key[(sid.Index + sid.Length)..] : key;
        foreach (var root in (string[])["HKLM", "HKCU", "HKCR", "HKU", "HKEY_LOCAL_MACHINE", "HKEY_CURRENT_USER", "HKEY_CLASSES_ROOT"])
            if (text.StartsWith(root + "\\", StringComparison.OrdinalIgnoreCase)) text = text[root.Length..];
        return [.. Guids().Split(text).Where(part => part.Count(char.IsLetterOrDigit) > 2).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>The words of a command line or a message that stay the same when it is given again elsewhere.</summary>
    /// <param name="command">The text.</param>
    /// <param name="startsWithProgram">Whether the first word is the program, which another field tells better.</param>
    public static IEnumerable<string> Words(string command, bool startsWithProgram = true)
    {
        var first = startsWithProgram;
        foreach (Match match in Tokens().Matches(command))
        {
            var word = match.Value.Trim('"', '\'', ',', ';', '(', ')');
            // The code of a device's message; a field of its own holds it.
            if (!startsWithProgram && word.StartsWith('%')) continue;
            var isProgram = first;
            first = false;
            if (isProgram || word.Length < 3) continue;
            if (BeforeAddress(word) is { } before)
            {
                yield return before;
                continue;
            }

            if (Guids().IsMatch(word) || Hashes().IsMatch(word) || Addresses().IsMatch(word) || Web().IsMatch(word) || Long().IsMatch(word) || Numbers().IsMatch(word)) continue;
            var value = word.Contains('\\', StringComparison.Ordinal) || (word.Contains('/', StringComparison.Ordinal) && word.IndexOf('/', 1) > 0) ? Path(word).TrimStart('\\', '/') : word;
            if (value.Length < 3 || IsRandom(value)) continue;
            yield return value;
        }
    }

    /// <summary>The names that a script calls, those with a dash or a dot (commands, types) first: what is written between them is free to choose.</summary>
    public static IEnumerable<string> ScriptWords(string script)
    {
        var text = script.Length > MaxScript ? script[..MaxScript] : script;
        var names = ScriptTokens().Matches(text).Select(match => match.Value).Where(token => token[0] != '$' && !Web().IsMatch(token)).Select(token => token.Trim('.', '-'))
            .Where(name => name.Length > 2 && !grammar.Contains(name) && !IsRandom(name) && !Long().IsMatch(name) && !Numbers().IsMatch(name) && !Addresses().IsMatch(name)).ToList();
        return names.Where(IsJoined).Concat(names.Where(name => !IsJoined(name)));

        static bool IsJoined(string name) => name.AsSpan().IndexOfAny('-', '.') > 0;
    }

    // Long scripts are cut into blocks of some ten thousand characters by the writer of the log; what matters for a draft stands well before that.
    private const int MaxScript = 20_000;

    private static readonly HashSet<string> grammar = new(
        ["function", "param", "foreach", "for", "while", "return", "else", "elseif", "try", "catch", "finally", "throw", "begin", "process", "end", "null", "true", "false", "string", "int", "bool", "switch", "parameter", "mandatory", "and", "not", "the", "this", "that", "with", "http", "https"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The parts of a request that stay the same when it is made again elsewhere: parameters up to an address in them, and the end of the path.</summary>
    public static ImmutableArray<string> Request(string request)
    {
        var parts = new List<string>();
        var scheme = request.IndexOf("://", StringComparison.Ordinal);
        var path = request.StartsWith('/') ? 0 : scheme is > 0 and < 12 ? request.IndexOf('/', scheme + 3) : -1;
        if (scheme is > 0 and < 12 && path < 0) return [];
        var mark = path < 0 ? -1 : request.IndexOf('?', path);
        if (path >= 0 && Path(mark < 0 ? request[path..] : request[path..mark]) is { Length: > 2 } end) parts.Add(end);
        if (path < 0 || mark >= 0)
            foreach (var parameter in request[(mark + 1)..].Split('&', ';'))
                if (Parameter(parameter) is { } kept) parts.Add(kept);
        return [.. parts.Distinct(StringComparer.OrdinalIgnoreCase).Take(5)];
    }

    private static string? Parameter(string parameter)
    {
        var web = parameter.IndexOf("://", StringComparison.Ordinal);
        var address = Addresses().Match(parameter);
        var kept = web >= 0 ? parameter[..(web + 3)] : BeforeAddress(parameter) ?? (address.Success ? "" : parameter);
        var mark = kept.IndexOf('=', StringComparison.Ordinal);
        var value = kept[(mark + 1)..];
        if (mark >= 0 && (Guids().IsMatch(value) || Hashes().IsMatch(value) || Long().IsMatch(value) || Numbers().IsMatch(value) || IsRandom(value))) kept = kept[..(mark + 1)];
        return kept.Count(char.IsLetterOrDigit) > 1 ? kept : null;
    }

    // "/dev/tcp/10.1.2.3/443" and "--host=10.1.2.3" tell something even without the address.
    private static string? BeforeAddress(string text)
    {
        var address = Addresses().Match(text);
        if (!address.Success || text.Contains("://", StringComparison.Ordinal)) return null;
        var before = text[..(address.Index + (char.IsAsciiDigit(address.Value[0]) ? 0 : 1))];
        return before.Count(char.IsLetter) > 2 ? before : null;
    }

    // A name of mixed letters and digits without a vowel pattern, as temporary files have it.
    private static bool IsRandom(string name)
    {
        var stem = name.LastIndexOf('.') is var dot and > 0 ? name[..dot] : name;
        var digits = stem.Count(char.IsAsciiDigit);
        return stem.Length >= 6 && (digits * 3 >= stem.Length || (stem.Any(char.IsUpper) && stem.Skip(1).Count(char.IsUpper) >= 3 && stem.Any(char.IsLower) && stem.All(char.IsAsciiLetterOrDigit) && stem.Length <= 12 && digits > 0)) && stem.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '~');
    }

    [GeneratedRegex("(^|\\.)(.*guid|.*id|.*time|.*timestamp|utctime|recordnumber|eventrecordid|keywords|version|task|opcode|level|rulename|sequence.*|correlation.*|request.*id|msg|serial|pid|ppid|ses|inode|dev|items|exit|.*hash|hashes|fileversion|terminalsession.*|iplport)$", Safe)]
    private static partial Regex Names();

    [GeneratedRegex("^(user|.*username|.*usersid|.*domainname|.*domain|computer|.*computername|hostname|host|workstation.*|account.*name|parentuser|sourceuser|targetuser|currentdirectory|cwd|sourceip|destinationip|ipaddress|clientip|sourceipaddress|useridentity\\..*|initiatedby\\..*|userprincipalname|userdisplayname|awsregion|recipientaccountid|.*hostname|uid|gid|auid|euid|suid|fsuid|egid|sgid|fsgid|tty|subj|useragent|integritylevel|channel|provider_name|eventid|organizationid|userkey|location\\..*|devicedetail\\..*)$", Safe)]
    private static partial Regex Actors();

    [GeneratedRegex("\\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\}?", Safe)]
    private static partial Regex Guids();

    [GeneratedRegex("(^|[^0-9a-f])([0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32})([^0-9a-f]|$)", Safe)]
    private static partial Regex Hashes();

    [GeneratedRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]", Safe)]
    private static partial Regex Times();

    [GeneratedRegex("(^|[^0-9.])[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}([^0-9.]|$)", Safe)]
    private static partial Regex Addresses();

    [GeneratedRegex("://|@[a-z0-9-]+\\.", Safe)]
    private static partial Regex Web();

    [GeneratedRegex("[a-z0-9+/=]{32,}", Safe)]
    private static partial Regex Long();

    // Also times of day, and numbers of processes behind a program's name.
    [GeneratedRegex("^[-+]?(0x)?[0-9a-f]*[0-9][0-9a-f]*$|^[0-9]+(:[0-9]+)+([.,][0-9]+)?$|\\[[0-9]+\\]:?$", Safe)]
    private static partial Regex Numbers();

    [GeneratedRegex("^(HKU|HKEY_USERS)\\\\[^\\\\]+", Safe)]
    private static partial Regex Sids();

    [GeneratedRegex("[a-z]+://[^\\s'\")]+|[$]?[a-z_][a-z0-9_]*([.-][a-z0-9_]+)*", Safe)]
    private static partial Regex ScriptTokens();

    [GeneratedRegex("\"[^\"]*\"|[^\\s\"]+", RegexOptions.NonBacktracking)]
    private static partial Regex Tokens();
}
