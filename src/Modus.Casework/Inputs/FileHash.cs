using System.Security.Cryptography;

namespace Modus.Casework.Inputs;

/// <summary>The hash by which evidence is known.</summary>
internal static class FileHash
{
    /// <summary>SHA-256 of a file's bytes as they lie on disk, in lower-case hexadecimal.</summary>
    public static string Of(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
