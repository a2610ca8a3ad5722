namespace Modus.Stix.Bundles;

/// <summary>Reads JSON bytes into memory and stops as soon as a limit is passed, not only at the end.</summary>
internal sealed class BoundedJson(StixLimits limits)
{
    private bool inText, escaped;
    private int depth;

    /// <summary>The bytes; null where a limit was passed, with the reason.</summary>
    public (ReadOnlyMemory<byte>? Bytes, string? Reason) Read(Stream stream)
    {
        var copy = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            if (copy.Length + read > limits.Bytes) return (null, $"larger than {limits.Bytes >> 20} MiB");
            if (IsTooDeep(buffer.AsSpan(0, read))) return (null, $"nested more than {limits.Depth} deep");
            copy.Write(buffer, 0, read);
        }
        return (copy.GetBuffer().AsMemory(0, (int)copy.Length), null);
    }

    /// <summary>Counts open containers, so that a file of nothing but brackets ends at its first piece.</summary>
    private bool IsTooDeep(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            if (inText)
            {
                if (escaped) escaped = false;
                else if (value == '\\') escaped = true;
                else if (value == '"') inText = false;
            }
            else if (value == '"')
            {
                inText = true;
            }
            else if (value is (byte)'{' or (byte)'[')
            {
                if (++depth > limits.Depth) return true;
            }
            else if (value is (byte)'}' or (byte)']')
            {
                depth--;
            }
        }
        return false;
    }
}
