namespace Modus.Reports.Mentions;

/// <summary>Addresses of pages of the knowledge base's own site.</summary>
public static class KnowledgeBaseAddress
{
    private const string Host = "attack.mitre.org";
    private const string OldIndustrialHost = "collaborate.mitre.org/attackics";
    private const string VersionsFolder = "/versions/v";

    /// <summary>The object that an address leads to.</summary>
    /// <param name="address">An address of any site.</param>
    /// <returns>The object's kind, its id, and the release where the address names one; null for other addresses.</returns>
    public static (MentionKind Kind, string Id, string? Release)? Read(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (!HoldsHost(address)) return null;
        (MentionKind Kind, string Id, string? Release)? last = null;
        for (var at = address.IndexOf(".org", StringComparison.OrdinalIgnoreCase); at >= 0 && at < address.Length; at++)
        {
            if (address[at] is not ('/' or ':')) continue;
            var rest = address.AsSpan(at + 1);
            if (IdShape.Read(rest) is not { } shape) continue;
            var id = rest[..shape.Length].ToString();
            var after = rest[shape.Length..];
            if (shape.Kind == MentionKind.Technique && after.Length > IdShape.SubDigits && after[0] is '/' or '.'
                && IdShape.AreDigits(after.Slice(1, IdShape.SubDigits))) id = $"{id}.{after.Slice(1, IdShape.SubDigits)}";
            last = (shape.Kind, id, ReleaseIn(address));
        }

        return last;
    }

    internal static bool HoldsHost(ReadOnlySpan<char> address) =>
        address.Contains(Host, StringComparison.OrdinalIgnoreCase) || address.Contains(OldIndustrialHost, StringComparison.OrdinalIgnoreCase);

    internal static string? ReleaseIn(ReadOnlySpan<char> address)
    {
        var at = address.IndexOf(VersionsFolder, StringComparison.OrdinalIgnoreCase);
        if (at < 0) return null;
        var rest = address[(at + VersionsFolder.Length)..];
        var stop = 0;
        while (stop < rest.Length && (char.IsAsciiDigit(rest[stop]) || rest[stop] is '-' or '.')) stop++;
        return stop == 0 ? null : rest[..stop].ToString().Replace('-', '.');
    }
}
