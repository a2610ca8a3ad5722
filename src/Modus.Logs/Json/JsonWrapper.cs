using System.Text;
using System.Text.Json;

namespace Modus.Logs.Json;

/// <summary>Knows documents that keep their records in a list under a known key, such as <c>{"Records":[…]}</c>.</summary>
internal sealed class JsonWrapper(IReadOnlyList<string> keys)
{
    /// <summary>How many bytes before the list are looked at.</summary>
    public const int MaxPrefix = 16 << 10;

    private readonly byte[][] _keys = [.. keys.Select(Encoding.UTF8.GetBytes)];

    /// <summary>Whether an object opens a list of records.</summary>
    /// <param name="bytes">The bytes from the object's brace on.</param>
    /// <param name="opened">How many bytes lie before the first record.</param>
    /// <param name="unsure">Whether more bytes could change the answer.</param>
    public bool TryOpen(ReadOnlySpan<byte> bytes, out int opened, out bool unsure)
    {
        opened = 0;
        unsure = false;
        var looked = bytes[..Math.Min(bytes.Length, MaxPrefix)];
        var reader = new Utf8JsonReader(looked, isFinalBlock: false, default);
        var known = false;
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName)
                {
                    known = false;
                    foreach (var key in _keys) known |= reader.ValueTextEquals(key);
                }
                else if (known && reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.StartArray)
                {
                    // Only a list of objects (or an empty one) holds records.
                    var rest = looked[(int)reader.BytesConsumed..].TrimStart(" \t\r\n"u8);
                    if (rest.IsEmpty) break;
                    if (rest[0] is not ((byte)'{' or (byte)']')) return false;
                    opened = (int)reader.BytesConsumed;
                    return true;
                }
                else if (reader.CurrentDepth == 0 && reader.TokenType == JsonTokenType.EndObject)
                {
                    return false;
                }
            }
        }
        catch (JsonException)
        {
            return false;
        }

        unsure = bytes.Length < MaxPrefix;
        return false;
    }
}
