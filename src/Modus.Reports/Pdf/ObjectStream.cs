namespace Modus.Reports.Pdf;

/// <summary>An object stream (ISO 32000-1, 7.5.7), its objects read when asked for.</summary>
internal sealed class ObjectStream
{
    private const int MaxObjects = 1_000_000;
    private readonly byte[] data;
    private readonly Dictionary<int, int> offsets = [];

    private ObjectStream(byte[] data) => this.data = data;

    /// <summary>The numbers of the objects inside.</summary>
    public IEnumerable<int> Numbers => offsets.Keys;

    /// <summary>Unpacks an object stream and reads its table.</summary>
    public static ObjectStream Read(PdfFile file, PdfStream stream)
    {
        var held = new ObjectStream(PdfFilters.Decode(file, stream));
        var count = (int)Math.Clamp(file.Number(stream.Dict.GetValueOrDefault("N"), 0), 0, MaxObjects);
        var first = (int)Math.Clamp(file.Number(stream.Dict.GetValueOrDefault("First"), 0), 0, int.MaxValue);
        var lexer = new PdfLexer(held.data);
        for (var at = 0; at < count; at++)
        {
            if (lexer.Read(references: false) is not double number || lexer.Read(references: false) is not double offset) break;
            held.offsets.TryAdd((int)number, (int)Math.Min(first + offset, int.MaxValue));
        }

        return held;
    }

    /// <summary>An object of the stream; null where it is not inside.</summary>
    public object? Find(int number)
    {
        if (!offsets.TryGetValue(number, out var offset) || offset >= data.Length) return null;
        var value = new PdfLexer(data, offset).Read();
        return value is PdfKeyword || ReferenceEquals(value, PdfLexer.End) ? null : value;
    }
}
