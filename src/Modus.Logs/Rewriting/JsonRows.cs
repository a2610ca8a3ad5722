using System.Buffers;
using System.Text.Json;

namespace Modus.Logs.Rewriting;

/// <summary>Gives the rows of a <see cref="JsonForm"/> as records. Only a row is held at a time.</summary>
internal sealed class JsonRows(Stream stream, JsonForm form) : RewritingStream
{
    private readonly JsonPull _pull = new(stream);
    private JsonPath _path = new();
    private JsonDocument? _context;
    private readonly ArrayBufferWriter<byte> _row = new(1 << 12);
    private long _line;

    protected override bool Next(IBufferWriter<byte> lines)
    {
        try
        {
            return form.Row == JsonRow.Query ? NextQuery(lines) : NextRow(lines);
        }
        catch (JsonException)
        {
            // The rest of the line goes on as it is, so that it is counted and told as a record that cannot be read.
            var rest = _pull.Abandon();
            _path = new JsonPath();
            lines.Write("!"u8);
            lines.Write(rest);
            lines.Write("\n"u8);
            _line++;
            return true;
        }
    }

    private bool NextRow(IBufferWriter<byte> lines)
    {
        while (true)
        {
            if (_path.IsInList && _path.Here() == form.Path && _pull.IsNextValue())
            {
                using var row = _pull.Value();
                if (row is null) return false;
                Write(lines, json => RowRecords.Write(json, form.Row, row.RootElement, _context?.RootElement));
                return true;
            }

            if (!_pull.Read()) return false;
            var at = _path.Step(_pull.Token, _pull.Name);
            if (_pull.Token != JsonTokenType.PropertyName || at != form.Context) continue;
            _context?.Dispose();
            _context = _pull.Value();
        }
    }

    private bool NextQuery(IBufferWriter<byte> lines)
    {
        if (!_pull.IsNextValue()) return false;
        using var record = _pull.Value();
        if (record is null) return false;
        var written = false;
        foreach (var (row, action) in RowRecords.QueryRows(record.RootElement))
        {
            Write(lines, json => RowRecords.WriteQuery(json, record.RootElement, row, action));
            written = true;
        }

        if (!written) Write(lines, record.RootElement.WriteTo);
        return true;
    }

    private void Write(IBufferWriter<byte> lines, Action<Utf8JsonWriter> record)
    {
        // Empty lines keep the numbers of lines, as far as there are as many.
        for (; _line < _pull.Lines; _line++) lines.Write("\n"u8);
        _row.ResetWrittenCount();
        try
        {
            using var json = new Utf8JsonWriter(_row);
            record(json);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // Bytes that are no text: the row is counted and told as one that cannot be read.
            _row.ResetWrittenCount();
            _row.Write("!"u8);
        }

        lines.Write(_row.WrittenSpan);
        lines.Write("\n"u8);
        _line++;
    }
}
