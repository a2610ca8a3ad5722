using Modus.Reports.Documents;

namespace Modus.Reports.Pdf;

/// <summary>The objects of a PDF file: cross-reference tables and streams, object streams, and a rebuilt table where they are broken.</summary>
internal sealed class PdfFile
{
    private const int MaxObjects = 8_000_000;
    private const int MaxReferenceSteps = 32;
    private const int MaxSections = 1_024;

    private readonly ReadOnlyMemory<byte> memory;
    private readonly ReportLimits limits;
    private readonly Dictionary<int, Place> places = [];
    private readonly Dictionary<int, object?> cache = [];
    private readonly Dictionary<int, ObjectStream> objectStreams = [];
    private readonly HashSet<int> loading = [];
    private long spent;

    private PdfFile(ReadOnlyMemory<byte> memory, ReportLimits limits)
    {
        this.memory = memory;
        this.limits = limits;
    }

    /// <summary>The trailer's entries, newest first.</summary>
    public PdfDict Trailer { get; } = [];

    /// <summary>Whether the cross-reference was broken and the objects were searched for.</summary>
    public bool IsRebuilt { get; private set; }

    /// <summary>Streams whose packed bytes were damaged.</summary>
    public int BrokenStreams { get; private set; }

    /// <summary>Opens a file.</summary>
    /// <exception cref="PdfException">The file holds no document that can be read.</exception>
    public static PdfFile Open(ReadOnlyMemory<byte> memory, ReportLimits limits)
    {
        var file = new PdfFile(memory, limits);
        try
        {
            file.ReadSections();
        }
        catch (PdfException)
        {
            file.places.Clear();
            file.Trailer.Clear(); // The rebuild below reports the damage.
        }

        if (file.Resolve(file.Trailer.GetValueOrDefault("Root")) is not PdfDict root || file.Resolve(root.GetValueOrDefault("Pages")) is not PdfDict) file.Rebuild();
        return file;
    }

    /// <summary>Counts unpacked bytes against the limits.</summary>
    /// <exception cref="PdfException">Too much was unpacked, as from a file made to fill the memory.</exception>
    public void Spend(int bytes, long ofStream)
    {
        spent += bytes;
        if (ofStream > limits.MaxStreamBytes || spent > limits.MaxDecodedBytes)
            throw new PdfException("its streams unpack to more bytes than the limit allows, as those of a bomb do");
    }

    /// <summary>Operators of content that were run so far, and glyphs that were shown, on all pages together.</summary>
    public long Work { get; set; }

    /// <summary>Notes that a stream's packed bytes were damaged.</summary>
    public void CountBrokenStream() => BrokenStreams++;

    /// <summary>Follows references to a value; null where they lead nowhere or in circles.</summary>
    public object? Resolve(object? value)
    {
        for (var steps = 0; value is PdfRef reference; steps++)
        {
            if (steps > MaxReferenceSteps) return null;
            value = Load(reference.Number);
        }

        return value;
    }

    /// <summary>A value as a number.</summary>
    public double Number(object? value, double otherwise) => Resolve(value) is double number ? number : otherwise;

    /// <summary>A value as a dictionary; a stream's dictionary serves too.</summary>
    public PdfDict? Dict(object? value) => Resolve(value) switch { PdfDict dict => dict, PdfStream stream => stream.Dict, _ => null };

    /// <summary>A value as an array.</summary>
    public List<object?>? Array(object? value) => Resolve(value) as List<object?>;

    /// <summary>A value as the text of a name.</summary>
    public string? Name(object? value) => (Resolve(value) as PdfName)?.Value;

    private object? Load(int number)
    {
        if (cache.TryGetValue(number, out var known)) return known;
        if (!places.TryGetValue(number, out var place) || !loading.Add(number)) return null;
        try
        {
            var value = place.Stream > 0 ? FromObjectStream(place.Stream, number) : ReadAt(place.Offset, number);
            cache[number] = value;
            return value;
        }
        finally
        {
            loading.Remove(number);
        }
    }

    private object? FromObjectStream(int container, int number)
    {
        if (!objectStreams.TryGetValue(container, out var held))
        {
            if (places.TryGetValue(container, out var place) && place.Stream > 0) return null;
            if (Load(container) is not PdfStream stream) return null;
            held = ObjectStream.Read(this, stream);
            objectStreams[container] = held;
        }

        return held.Find(number);
    }

    private object? ReadAt(int offset, int number)
    {
        if (offset < 0 || offset >= memory.Length) return null;
        var lexer = new PdfLexer(memory, offset);
        if (lexer.Read(references: false) is not double found || (int)found != number) return null;
        if (lexer.Read(references: false) is not double) return null;
        if (lexer.Read() is not PdfKeyword { Value: "obj" }) return null;
        var value = lexer.Read();
        if (value is not PdfDict dict) return ReferenceEquals(value, PdfLexer.End) || value is PdfKeyword ? null : value;
        var back = lexer.Position;
        return lexer.Read() is PdfKeyword { Value: "stream" } ? new PdfStream(dict, StreamBytes(dict, lexer.Position)) : dict;
    }

    private ReadOnlyMemory<byte> StreamBytes(PdfDict dict, int start)
    {
        var bytes = memory.Span;
        if (start < bytes.Length && bytes[start] == '\r') start++;
        if (start < bytes.Length && bytes[start] == '\n') start++;
        var length = Number(dict.GetValueOrDefault("Length"), -1);
        if (length >= 0 && start + length <= bytes.Length)
        {
            var after = new PdfLexer(memory, start + (int)length);
            after.SkipSpace();
            if (bytes[after.Position..].StartsWith("endstream"u8) || bytes[after.Position..].StartsWith("endobj"u8)) return memory.Slice(start, (int)length);
        }

        var end = bytes[Math.Min(start, bytes.Length)..].IndexOf("endstream"u8);
        return end < 0 ? memory[Math.Min(start, bytes.Length)..] : memory.Slice(start, end);
    }

    private void ReadSections()
    {
        var tail = memory.Span;
        var at = tail.LastIndexOf("startxref"u8);
        if (at < 0) throw new PdfException("no cross-reference");
        var lexer = new PdfLexer(memory, at + 9);
        var next = lexer.Read(references: false) is double offset ? offset : -1;
        var shift = Math.Max(0, tail[..Math.Min(1_024, tail.Length)].IndexOf("%PDF-"u8));
        var seen = new HashSet<int>();
        var queue = new Queue<double>([next]);
        while (queue.TryDequeue(out next) && seen.Count < MaxSections)
        {
            if (next < 0 || next + shift >= memory.Length || !seen.Add((int)next)) continue;
            var trailer = ReadSection((int)next + shift, shift);
            foreach (var (key, value) in trailer) Trailer.TryAdd(key, value);
            if (trailer.GetValueOrDefault("XRefStm") is double hybrid) queue.Enqueue(hybrid);
            if (trailer.GetValueOrDefault("Prev") is double previous) queue.Enqueue(previous);
        }
    }

    private PdfDict ReadSection(int offset, int shift)
    {
        var lexer = new PdfLexer(memory, offset);
        if (lexer.Read(references: false) is PdfKeyword { Value: "xref" }) return ReadTable(lexer, shift);
        lexer.Position = offset;
        if (lexer.Read(references: false) is not double || lexer.Read(references: false) is not double || lexer.Read() is not PdfKeyword { Value: "obj" })
            throw new PdfException("no cross-reference where one is announced");
        if (lexer.Read() is not PdfDict dict || lexer.Read() is not PdfKeyword { Value: "stream" }) throw new PdfException("a broken cross-reference stream");
        ReadStreamSection(new PdfStream(dict, StreamBytes(dict, lexer.Position)), shift);
        return dict;
    }

    private PdfDict ReadTable(PdfLexer lexer, int shift)
    {
        while (true)
        {
            var word = lexer.Read(references: false);
            if (word is PdfKeyword { Value: "trailer" }) return lexer.Read() as PdfDict ?? throw new PdfException("a broken trailer");
            if (word is not double first || lexer.Read(references: false) is not double count || count is < 0 or > MaxObjects) throw new PdfException("a broken cross-reference table");
            for (var at = 0; at < (int)count; at++)
            {
                var offset = lexer.Read(references: false);
                var generation = lexer.Read(references: false);
                if (offset is not double place || generation is not double || lexer.Read(references: false) is not PdfKeyword kind) throw new PdfException("a broken cross-reference table");
                if (kind.Value == "n" && place > 0) places.TryAdd((int)first + at, new Place((int)Math.Min(place, int.MaxValue - shift) + shift, 0));
            }
        }
    }

    private void ReadStreamSection(PdfStream stream, int shift)
    {
        var widths = Array(stream.Dict.GetValueOrDefault("W"))?.Select(width => (int)Number(width, 0)).ToArray();
        if (widths is not { Length: >= 3 } || widths.Any(static width => width is < 0 or > 8)) throw new PdfException("a broken cross-reference stream");
        var data = PdfFilters.Decode(this, stream);
        var row = widths[0] + widths[1] + widths[2];
        if (row == 0) throw new PdfException("a broken cross-reference stream");
        var index = Array(stream.Dict.GetValueOrDefault("Index"))?.Select(part => (int)Number(part, 0)).ToArray() ?? [0, (int)Number(stream.Dict.GetValueOrDefault("Size"), 0)];
        var at = 0;
        for (var part = 0; part + 1 < index.Length; part += 2)
        {
            for (var step = 0; step < index[part + 1] && at + row <= data.Length; step++, at += row)
            {
                var kind = widths[0] == 0 ? 1 : Field(data, at, widths[0]);
                var second = Field(data, at + widths[0], widths[1]);
                if (kind == 1) places.TryAdd(index[part] + step, new Place((int)Math.Min(second, int.MaxValue - shift) + shift, 0));
                else if (kind == 2) places.TryAdd(index[part] + step, new Place(0, (int)Math.Min(second, int.MaxValue)));
            }
        }
    }

    private static long Field(byte[] data, int at, int width)
    {
        long value = 0;
        for (var step = 0; step < width; step++) value = (value << 8) | data[at + step];
        return value < 0 ? 0 : value;
    }

    /// <summary>Searches the whole file for objects, for cross-references that are missing or wrong.</summary>
    private void Rebuild()
    {
        IsRebuilt = true;
        places.Clear();
        cache.Clear();
        objectStreams.Clear();
        var bytes = memory.Span;
        PdfDict? root = null;
        for (var at = bytes.IndexOf(" obj"u8); at >= 0;)
        {
            if (HeadOf(bytes, at) is { } head && places.Count < MaxObjects) places[head.Number] = new Place(head.Offset, 0);
            var next = bytes[(at + 4)..].IndexOf(" obj"u8);
            at = next < 0 ? -1 : at + 4 + next;
        }

        foreach (var number in places.Keys.Order().ToArray())
        {
            if (Load(number) is PdfStream { Dict: var dict } stream && Name(dict.GetValueOrDefault("Type")) == "ObjStm")
            {
                var held = ObjectStream.Read(this, stream);
                objectStreams[number] = held;
                foreach (var inner in held.Numbers) places.TryAdd(inner, new Place(0, number));
            }
        }

        for (var at = bytes.IndexOf("trailer"u8); at >= 0;)
        {
            if (new PdfLexer(memory, at + 7).Read() is PdfDict trailer)
                foreach (var (key, value) in trailer) Trailer[key] = value;
            var next = bytes[(at + 7)..].IndexOf("trailer"u8);
            at = next < 0 ? -1 : at + 7 + next;
        }

        foreach (var number in places.Keys.Order())
        {
            var value = Load(number);
            if (value is PdfStream { Dict: var dict } && Name(dict.GetValueOrDefault("Type")) == "XRef")
                foreach (var (key, entry) in dict) Trailer.TryAdd(key, entry);
            if (value is PdfDict catalog && Name(catalog.GetValueOrDefault("Type")) == "Catalog") root = catalog;
        }

        if (Dict(Trailer.GetValueOrDefault("Root")) is null && root is not null) Trailer["Root"] = root;
        if (Dict(Trailer.GetValueOrDefault("Root")) is null) throw new PdfException("it has no page tree, even after its objects were searched for");
    }

    /// <summary>The object number and its place before the word "obj".</summary>
    private static (int Number, int Offset)? HeadOf(ReadOnlySpan<byte> bytes, int at)
    {
        var start = at;
        while (start > 0 && bytes[start - 1] is >= (byte)'0' and <= (byte)'9') start--;
        if (start == at || start == 0 || !PdfLexer.IsSpace(bytes[start - 1])) return null;
        var end = start;
        while (end > 0 && PdfLexer.IsSpace(bytes[end - 1])) end--;
        var first = end;
        while (first > 0 && bytes[first - 1] is >= (byte)'0' and <= (byte)'9' && end - first < 9) first--;
        return first < end && System.Buffers.Text.Utf8Parser.TryParse(bytes[first..end], out int number, out _) ? (number, first) : null;
    }

    private readonly record struct Place(int Offset, int Stream);
}
