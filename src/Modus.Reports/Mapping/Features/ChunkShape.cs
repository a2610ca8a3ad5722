namespace Modus.Reports.Mapping.Features;

/// <summary>What a run of characters between blanks looks like.</summary>
internal enum Shape
{
    /// <summary>Words.</summary>
    Words,

    /// <summary>An address with a scheme, defanged or not.</summary>
    Url,

    /// <summary>A defanged host name.</summary>
    Domain,

    /// <summary>A mail address.</summary>
    Mail,

    /// <summary>An IPv4 address, with or without port or prefix.</summary>
    Address,

    /// <summary>MD5, SHA-1, SHA-256 or SHA-512 in hexadecimal.</summary>
    Hash,

    /// <summary>A CVE number.</summary>
    Cve,

    /// <summary>A registry key.</summary>
    Registry,

    /// <summary>A path of a file system.</summary>
    Path,
}

/// <summary>Tells the shape of a chunk by its characters, in one pass and without patterns.</summary>
internal static class ChunkShape
{
    /// <summary>The shape of a chunk.</summary>
    public static Shape Of(ReadOnlySpan<char> chunk)
    {
        if (chunk.Length < 4) return Shape.Words;
        int dots = 0, digits = 0, hex = 0, slashes = 0, back = 0, brackets = 0, at = 0, other = 0;
        foreach (var c in chunk)
        {
            switch (c)
            {
                case '.': dots++; break;
                case '/': slashes++; break;
                case '\\': back++; break;
                case '[' or ']' or '(' or ')': brackets++; break;
                case '@': at++; break;
                case ':': break;
                case >= '0' and <= '9': digits++; hex++; break;
                case (>= 'a' and <= 'f') or (>= 'A' and <= 'F'): hex++; other++; break;
                default: other++; break;
            }
        }

        if (hex == chunk.Length && hex is 32 or 40 or 64 or 128) return Shape.Hash;
        if (chunk.StartsWith("CVE-", StringComparison.OrdinalIgnoreCase) && digits >= 8) return Shape.Cve;
        if (other == 0 && dots == 3 && digits >= 4) return Shape.Address;
        if (slashes >= 2 && IsUrl(chunk)) return Shape.Url;
        if (at == 1 && dots >= 1 && back == 0 && slashes == 0) return Shape.Mail;
        if (dots >= 1 && brackets >= 2 && Defanged(chunk)) return slashes > 0 ? Shape.Url : Shape.Domain;
        if (back > 0) return chunk.StartsWith("HK", StringComparison.Ordinal) ? Shape.Registry : Shape.Path;
        return slashes >= 2 && chunk[0] is '/' or '~' ? Shape.Path : Shape.Words;
    }

    private static bool IsUrl(ReadOnlySpan<char> chunk) =>
        chunk.Contains("://", StringComparison.Ordinal) || chunk.Contains("[:]//", StringComparison.Ordinal)
        || chunk.StartsWith("hxxp", StringComparison.OrdinalIgnoreCase) || chunk.StartsWith("www.", StringComparison.OrdinalIgnoreCase);

    private static bool Defanged(ReadOnlySpan<char> chunk) =>
        chunk.Contains("[.]", StringComparison.Ordinal) || chunk.Contains("(.)", StringComparison.Ordinal)
        || chunk.Contains("[dot]", StringComparison.OrdinalIgnoreCase);
}
