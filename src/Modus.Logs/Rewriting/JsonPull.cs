using System.Text.Json;

namespace Modus.Logs.Rewriting;

/// <summary>Reads the tokens of JSON from a stream, one document after the other, and whole values where they are asked for.</summary>
internal sealed class JsonPull(Stream stream)
{
    private byte[] _bytes = new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _ended;
    private JsonReaderState _state = State;

    /// <summary>How documents are read.</summary>
    public static JsonReaderState State => new(new JsonReaderOptions { AllowMultipleValues = true, MaxDepth = LogLimits.MaxDepth });

    public JsonTokenType Token { get; private set; }

    public int Depth { get; private set; }

    /// <summary>The name, where the token is one.</summary>
    public string Name { get; private set; } = "";

    /// <summary>How many lines ended before what was read.</summary>
    public long Lines { get; private set; }

    /// <summary>Reads a token; false at the end.</summary>
    public bool Read()
    {
        while (true)
        {
            if (_start == _end && _ended) return false;
            var reader = new Utf8JsonReader(_bytes.AsSpan(_start, _end - _start), _ended, _state);
            if (reader.Read())
            {
                Token = reader.TokenType;
                Depth = reader.CurrentDepth;
                if (Token == JsonTokenType.PropertyName) Name = JsonPath.NameOf(reader);
                Take(reader);
                return true;
            }

            if (_ended) return false;
            Fill();
        }
    }

    /// <summary>Whether the next token opens a value rather than ending the list around it.</summary>
    public bool IsNextValue()
    {
        while (true)
        {
            var reader = new Utf8JsonReader(_bytes.AsSpan(_start, _end - _start), _ended, _state);
            if (reader.Read()) return reader.TokenType is not (JsonTokenType.EndArray or JsonTokenType.EndObject);
            if (_ended) return false;
            Fill();
        }
    }

    /// <summary>Reads the next value whole.</summary>
    public JsonDocument? Value()
    {
        while (true)
        {
            var reader = new Utf8JsonReader(_bytes.AsSpan(_start, _end - _start), _ended, _state);
            if (reader.Read() && JsonDocument.TryParseValue(ref reader, out var value))
            {
                Take(reader);
                return value;
            }

            if (_ended) return null;
            Fill();
        }
    }

    /// <summary>Gives up the document at hand.</summary>
    /// <returns>What is left of its line.</returns>
    public byte[] Abandon()
    {
        var rest = new List<byte>();
        while (true)
        {
            // Where the trouble is at the end of a line, what follows is the next line's.
            if (rest.Count == 0)
                while (_start < _end && _bytes[_start] <= ' ')
                    if (_bytes[_start++] == '\n') Lines++;
            var line = _bytes.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            var length = line < 0 ? _end - _start : line;
            if (rest.Count < LogLimits.MaxRecordBytes / 4) rest.AddRange(_bytes.AsSpan(_start, Math.Min(length, LogLimits.MaxRecordBytes / 4)));
            _start += length;
            if (line >= 0 || _ended) break;
            Fill();
        }

        _state = State;
        return [.. rest];
    }

    private void Take(Utf8JsonReader reader)
    {
        Lines += _bytes.AsSpan(_start, (int)reader.BytesConsumed).Count((byte)'\n');
        _start += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
            _end -= _start;
            _start = 0;
        }

        if (_end == _bytes.Length)
        {
            if (_bytes.Length >= LogLimits.MaxRecordBytes) throw new JsonException($"a value of more than {LogLimits.MaxRecordBytes} bytes");
            Array.Resize(ref _bytes, _bytes.Length * 2);
        }

        var got = stream.Read(_bytes.AsSpan(_end));
        _ended = got == 0;
        _end += got;
    }
}
