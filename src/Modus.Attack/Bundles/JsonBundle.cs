using System.Buffers;
using System.Text.Json;

namespace Modus.Attack.Bundles;

/// <summary>Walks a bundle in a stream object by object, with one buffer that grows to the largest object.</summary>
internal sealed class JsonBundle(ReadLimits limits)
{
    private const int FirstBuffer = 1 << 20;
    private Place place = Place.Start;

    private enum Place { Start, Root, Objects, End }

    /// <summary>What is called at the beginning of each object; false asks for more data and is called again from there.</summary>
    public delegate bool ObjectReader(ref Utf8JsonReader reader);

    /// <summary>Whether the outermost object says that it is a bundle.</summary>
    public bool IsBundle { get; private set; }

    /// <summary>Reads the whole stream.</summary>
    /// <exception cref="JsonException">The JSON is malformed, truncated or too deep.</exception>
    /// <exception cref="InputTooLargeException">A limit is passed.</exception>
    public void Read(Stream stream, ObjectReader onObject, CancellationToken stop)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        try
        {
            Read(stream, onObject, ref buffer, stop);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Read(Stream stream, ObjectReader onObject, ref byte[] buffer, CancellationToken stop)
    {
        var state = new JsonReaderState(new JsonReaderOptions { MaxDepth = limits.Depth });
        var filled = 0;
        var total = 0L;
        var first = true;
        for (var final = false; !final;)
        {
            stop.ThrowIfCancellationRequested();
            if (filled == buffer.Length) Grow(ref buffer, filled);
            var read = stream.Read(buffer, filled, buffer.Length - filled);
            final = read == 0;
            filled += read;
            total += read;
            if (total > limits.Bytes) throw new InputTooLargeException($"more than {limits.Bytes:N0} bytes of JSON");
            if (!final && filled < buffer.Length) continue;

            var start = first && buffer.AsSpan(0, filled).StartsWith("\uFEFF"u8) ? 3 : 0;
            var reader = new Utf8JsonReader(buffer.AsSpan(start, filled - start), final, state);
            Walk(ref reader, onObject);
            state = reader.CurrentState;
            var used = start + (int)reader.BytesConsumed;
            if (used > 0) first = false;
            buffer.AsSpan(used, filled - used).CopyTo(buffer);
            filled -= used;
        }
    }

    private void Grow(ref byte[] buffer, int filled)
    {
        if (filled >= limits.ObjectBytes) throw new InputTooLargeException($"an object of more than {limits.ObjectBytes:N0} bytes");
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, filled).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }

    // Takes whole units only; the reader is left behind the last one.
    private void Walk(ref Utf8JsonReader reader, ObjectReader onObject)
    {
        while (true)
        {
            var before = reader;
            if (Unit(ref reader, onObject)) continue;
            reader = before;
            return;
        }
    }

    private bool Unit(ref Utf8JsonReader reader, ObjectReader onObject)
    {
        if (!reader.Read()) return false;
        switch (place)
        {
            case Place.Start:
                if (reader.TokenType != JsonTokenType.StartObject) throw new NotABundleException("the JSON is no object");
                place = Place.Root;
                return true;
            case Place.Root when reader.TokenType == JsonTokenType.EndObject:
                place = Place.End;
                return true;
            case Place.Root:
                return Property(ref reader);
            case Place.Objects when reader.TokenType == JsonTokenType.EndArray:
                place = Place.Root;
                return true;
            case Place.Objects:
                return onObject(ref reader);
            default:
                return true;
        }
    }

    private bool Property(ref Utf8JsonReader reader)
    {
        var isType = reader.ValueTextEquals("type"u8);
        var isObjects = reader.ValueTextEquals("objects"u8);
        if (!reader.Read()) return false;
        if (isType && reader.TokenType == JsonTokenType.String) IsBundle = reader.ValueTextEquals("bundle"u8);
        if (!isObjects) return reader.TrySkip();
        if (reader.TokenType != JsonTokenType.StartArray) throw new NotABundleException("objects is no list");
        place = Place.Objects;
        return true;
    }
}

/// <summary>The JSON is well formed but has not the shape of a bundle.</summary>
internal sealed class NotABundleException(string message) : Exception(message);

/// <summary>An input passed a limit.</summary>
internal sealed class InputTooLargeException(string message) : IOException(message);
