using System.Security.Cryptography;
using System.Text;

namespace Modus.Casework.Exchange;

/// <summary>STIX ids that follow from what an object stands for: the same case gives the same ids.</summary>
internal static class FlowIds
{
    // The namespace of ids that Modus makes: any fixed value does, it must never change.
    private static readonly Guid space = new("6f1d2f0e-52a4-5b0c-9a58-2d6b0c9be771");

    /// <summary>The id of an object: its type, and a name-based UUID (version 5 of RFC 9562) of what makes it this one.</summary>
    public static string Of(string type, params ReadOnlySpan<string> parts)
    {
        var name = Encoding.UTF8.GetBytes(type + "\u001f" + string.Join('\u001f', parts!));
        var bytes = new byte[16 + name.Length];
        space.TryWriteBytes(bytes, bigEndian: true, out _);
        name.CopyTo(bytes, 16);
#pragma warning disable CA5350 // version 5 is defined over SHA-1; nothing is kept secret or proved by it
        var hash = SHA1.HashData(bytes).AsSpan(0, 16);
#pragma warning restore CA5350
        hash[6] = (byte)(hash[6] & 0x0F | 0x50);
        hash[8] = (byte)(hash[8] & 0x3F | 0x80);
        return $"{type}--{new Guid(hash, bigEndian: true)}";
    }
}
