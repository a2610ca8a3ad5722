using System.Buffers;

namespace Modus.Logs.Json;

/// <summary>Finds the end of a JSON object or list by its brackets alone; it can stop and go on with more bytes.</summary>
internal struct JsonBoundary
{
    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[]"u8);
    private static readonly SearchValues<byte> StringEnd = SearchValues.Create("\"\\"u8);

    private int _depth;
    private bool _inString;
    private bool _escaped;

    /// <summary>A boundary that stands within so many open brackets already.</summary>
    public static JsonBoundary Within(int depth) => new() { _depth = depth };

    /// <summary>Goes through bytes that begin with an opening bracket (or go on from before).</summary>
    /// <returns>How many bytes belong to the value, or -1 when it goes on behind them.</returns>
    public int Scan(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length)
        {
            if (_escaped)
            {
                _escaped = false;
                at++;
                continue;
            }

            var next = bytes[at..].IndexOfAny(_inString ? StringEnd : Structure);
            if (next < 0) return -1;
            at += next;
            var found = bytes[at++];
            if (_inString)
            {
                if (found == '\\') _escaped = true;
                else _inString = false;
            }
            else if (found == '"')
            {
                _inString = true;
            }
            else if (found is (byte)'{' or (byte)'[')
            {
                _depth++;
            }
            else if (--_depth <= 0)
            {
                return at;
            }
        }

        return -1;
    }
}
