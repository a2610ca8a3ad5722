using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Modus.Sigma.Expressions;

/// <summary>A range of addresses, IPv4 or IPv6. IPv4 addresses written inside IPv6 (<c>::ffff:10.0.0.1</c>) count as IPv4.</summary>
/// <param name="Bits">The network's address as a number; IPv4 in the lowest 32 bits.</param>
/// <param name="Length">Leading bits that must agree: 0 to 32, or 0 to 128.</param>
/// <param name="IsV6">True for IPv6.</param>
public sealed record Network(UInt128 Bits, int Length, bool IsV6)
{
    /// <summary>Reads <c>address/length</c>; an address alone is a network of one.</summary>
    /// <returns>The network, or null when the text is none or has bits set behind its length.</returns>
    public static Network? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var address = slash < 0 ? text : text[..slash];
        if (!TryAddress(address, out var bits, out var isV6)) return null;
        var width = isV6 ? 128 : 32;
        var length = width;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > width)) return null;
        var network = new Network(bits, length, isV6);
        return (bits & ~network.Mask) == 0 ? network : null;
    }

    private UInt128 Mask => Length == 0 ? 0 : (IsV6 ? UInt128.MaxValue : uint.MaxValue) & ~((UInt128.One << ((IsV6 ? 128 : 32) - Length)) - 1);

    /// <summary>True when the text is an address inside the network.</summary>
    public bool Contains(ReadOnlySpan<char> address) =>
        TryAddress(address, out var bits, out var isV6) && isV6 == IsV6 && (bits & Mask) == Bits;

    /// <summary>Written as <c>address/length</c>.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, Bits);
        return $"{new IPAddress(IsV6 ? bytes : bytes[12..])}/{Length}";
    }

    internal static bool TryAddress(ReadOnlySpan<char> text, out UInt128 bits, out bool isV6)
    {
        bits = 0;
        isV6 = false;
        // Four decimal parts are required: the class library would also read "10" or "0x0a000001".
        if (text.Contains(':'))
        {
            if (text.Contains('%') || text.Contains('[') || !IPAddress.TryParse(text, out var address)) return false;
            Span<byte> bytes = stackalloc byte[16];
            if (address.AddressFamily != AddressFamily.InterNetworkV6) return false;
            address.TryWriteBytes(bytes, out _);
            bits = System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
            isV6 = !address.IsIPv4MappedToIPv6;
            if (!isV6) bits &= uint.MaxValue;
            return true;
        }

        var parts = 0;
        for (var at = 0; parts < 4; parts++)
        {
            var start = at;
            var number = 0;
            while (at < text.Length && char.IsAsciiDigit(text[at]) && at - start < 3) number = (number * 10) + text[at++] - '0';
            if (at == start || number > 255) return false;
            bits = (bits << 8) | (uint)number;
            if (parts < 3 && (at >= text.Length || text[at++] != '.')) return false;
            if (parts == 3 && at != text.Length) return false;
        }

        return true;
    }
}
