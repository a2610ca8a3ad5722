using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Modus.Logs;

namespace Modus.Sigma.Hunting;

/// <summary>The identity of a record in sixteen bytes, for the many that a long hunt has to remember.</summary>
/// <remarks>A keyed hash of what <see cref="RecordIdentity"/> tells. The key is made anew for each process, so that no log can be written to have two records of one key.</remarks>
internal readonly record struct RecordKey(ulong First, ulong Second)
{
    private const int OnStack = 512, Numbers = 2 * sizeof(long);

    private static readonly ulong[] secrets = [.. Enumerable.Range(0, 6).Select(_ => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))))];

    /// <summary>The key of an event's record; null where nothing tells it again.</summary>
    /// <param name="logEvent">The event.</param>
    /// <param name="channel">The number of the field <c>Channel</c>.</param>
    public static RecordKey? Of(LogEvent logEvent, int channel)
    {
        var host = logEvent.Host;
        if (host.IsEmpty || !logEvent.TryGet(channel, out var name) || name.IsEmpty || logEvent.RecordId is var record && record <= 0) return null;
        if (!Ascii.IsValid(host)) host = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(host).ToLowerInvariant());
        var size = host.Length + name.Length + Numbers;
        var rented = size <= OnStack ? null : ArrayPool<byte>.Shared.Rent(size);
        var text = rented is null ? stackalloc byte[size] : rented.AsSpan(0, size);
        BinaryPrimitives.WriteInt64LittleEndian(text, record);
        BinaryPrimitives.WriteInt64LittleEndian(text[sizeof(long)..], logEvent.Time.Utc.Ticks / TimeSpan.TicksPerMillisecond);
        name.CopyTo(text[Numbers..]);
        host.CopyTo(text[(Numbers + name.Length)..]);
        // What is not ASCII was lowered above and has no ASCII capitals left.
        Ascii.ToLowerInPlace(text[(Numbers + name.Length)..], out _);
        var key = Of(text, name.Length);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        return key;
    }

    /// <summary>One number for the record and a rule that matched it; keyed too.</summary>
    /// <param name="rule">The rule.</param>
    public ulong With(int rule) => Mix(First ^ secrets[0], Second ^ Mix((uint)rule ^ secrets[2], secrets[3]));

    // The length of the name goes in as well: it says where the host begins.
    private static RecordKey Of(ReadOnlySpan<byte> text, int nameLength)
    {
        var first = secrets[0] ^ (ulong)text.Length;
        var second = secrets[1] ^ (ulong)nameLength;
        scoped ReadOnlySpan<byte> part;
        Span<byte> last = stackalloc byte[Numbers];
        for (var at = 0; at < text.Length; at += Numbers)
        {
            part = text[at..];
            if (part.Length < Numbers)
            {
                last.Clear();
                part.CopyTo(last);
                part = last;
            }

            var (a, b) = (BinaryPrimitives.ReadUInt64LittleEndian(part), BinaryPrimitives.ReadUInt64LittleEndian(part[sizeof(ulong)..]));
            first = Mix(a ^ secrets[2] ^ first, b ^ secrets[3]);
            second = Mix(a ^ secrets[4], b ^ secrets[5] ^ second);
        }

        return new(Mix(first ^ secrets[2], second ^ secrets[3]), Mix(second ^ secrets[4], first ^ secrets[5]));
    }

    private static ulong Mix(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return high ^ low;
    }
}
