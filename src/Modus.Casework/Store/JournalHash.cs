using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Modus.Casework.Store;

/// <summary>The hash that chains journal entries: changing, removing or reordering one breaks all that follow.</summary>
internal static class JournalHash
{
    public const string Start = "0000000000000000000000000000000000000000000000000000000000000000";

    public static string Of(JournalEntry entry)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        foreach (var part in Parts(entry))
        {
            // Lengths before the parts, so that no two different entries run together to the same bytes; -1 tells null from empty.
            var bytes = part is null ? [] : Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(length, part is null ? -1 : bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string?[] Parts(JournalEntry entry) =>
    [
        entry.Previous, entry.Sequence.ToString(CultureInfo.InvariantCulture), entry.ChangeSet.ToString(CultureInfo.InvariantCulture),
        TimeText.Of(entry.Time), entry.Actor, entry.Action, entry.Kind, entry.Id, entry.CaseId, entry.Before, entry.After,
    ];
}
