namespace Modus.Logs.Auditd;

/// <summary>Decodes the values of audit records: what a process chose is quoted when harmless and hexadecimal otherwise.</summary>
internal static class AuditValues
{
    private static readonly HashSet<string> Encoded = new(StringComparer.Ordinal)
    {
        "acct", "cmd", "comm", "cwd", "data", "dir", "exe", "file", "grp", "key", "name", "ocomm", "path", "proctitle", "vm", "watch",
    };

    /// <summary>Whether an unquoted value of a field may be hexadecimal text.</summary>
    public static bool MayBeHex(ReadOnlySpan<byte> name, bool arguments) =>
        arguments ? name.Length > 1 && name[0] == 'a' && char.IsAsciiDigit((char)name[1]) : Encoded.GetAlternateLookup<ReadOnlySpan<char>>().Contains(Chars(name, stackalloc char[16]));

    /// <summary>Decodes hexadecimal text; false when it is none.</summary>
    public static bool TryHex(ReadOnlySpan<byte> value, Span<byte> target, out int used)
    {
        used = 0;
        if (value.Length < 2 || value.Length % 2 != 0) return false;
        for (var i = 0; i < value.Length; i += 2)
        {
            var high = Digit(value[i]);
            var low = Digit(value[i + 1]);
            if (high < 0 || low < 0) return false;
            target[used++] = (byte)((high << 4) | low);
        }

        return true;
    }

    private static ReadOnlySpan<char> Chars(ReadOnlySpan<byte> name, Span<char> target)
    {
        if (name.Length > target.Length) return default;
        for (var i = 0; i < name.Length; i++) target[i] = (char)name[i];
        return target[..name.Length];
    }

    /// <summary>The kernel writes capital letters only, which keeps words like "face" apart from text.</summary>
    private static int Digit(byte c) => c switch
    {
        >= (byte)'0' and <= (byte)'9' => c - '0',
        >= (byte)'A' and <= (byte)'F' => c - 'A' + 10,
        _ => -1,
    };
}
