namespace Modus.Reports.Pdf;

/// <summary>Runs the content of a page as far as text is concerned (ISO 32000-1, 8 and 9).</summary>
internal sealed class ContentReader
{
    private const int MaxFormDepth = 16;
    private const int MaxOperators = 5_000_000;
    private const int MaxGlyphs = 2_000_000;
    private const int MaxOperands = 100_000;
    private const int MaxStates = 4_096;
    private const int MaxFills = 20_000;
    private const double White = 0.97;
    private const double SmallestSize = 1.5;

    private readonly PdfFile file;
    private readonly FontCache fonts;
    private readonly HiddenLayers layers;
    private readonly List<Glyph> glyphs;
    private readonly List<int> whites = [];
    private readonly List<(int Order, PdfRect Area, bool Picture)> fills = [];
    private readonly Stack<GraphicsState> saved = new();
    private readonly Stack<Mark> marks = new();
    private readonly HashSet<PdfStream> running = new(ReferenceEqualityComparer.Instance);
    private readonly List<ShownCode> shown = [];
    private readonly double width;
    private readonly double height;
    private GraphicsState state;
    private Matrix text;
    private Matrix line;
    private PdfRect? path;
    private (double X, double Y, int Turn) pen = (double.NaN, double.NaN, 0);
    private int operators;
    private bool hasImage;
    private bool moved = true;

    private ContentReader(PdfFile file, FontCache fonts, HiddenLayers layers, Matrix page, double width, double height, List<Glyph> glyphs)
    {
        this.glyphs = glyphs;
        this.file = file;
        this.fonts = fonts;
        this.layers = layers;
        this.width = width;
        this.height = height;
        state = GraphicsState.Initial(page);
    }

    /// <summary>Runs a page.</summary>
    /// <param name="file">The file.</param>
    /// <param name="fonts">Its fonts.</param>
    /// <param name="layers">Its layers.</param>
    /// <param name="page">The page.</param>
    /// <param name="glyphs">Room for the page's glyphs, emptied first: one list serves page after page.</param>
    public static PageContent Read(PdfFile file, FontCache fonts, HiddenLayers layers, PdfPage page, List<Glyph> glyphs)
    {
        glyphs.Clear();
        var reader = new ContentReader(file, fonts, layers, page.Transform, page.Width, page.Height, glyphs);
        reader.Run(page.Content, page.Resources, 0);
        file.Work += reader.operators + glyphs.Count;
        return new PageContent(page.Number, page.Width, page.Height, reader.Veiled(), reader.hasImage, page.Links, reader.Dots());
    }

    private void Run(ReadOnlyMemory<byte> content, PdfDict? resources, int depth)
    {
        var lexer = new PdfLexer(content);
        var operands = new List<object?>();
        while (operators < MaxOperators && glyphs.Count < MaxGlyphs)
        {
            var item = lexer.Read(references: false);
            if (ReferenceEquals(item, PdfLexer.End)) return;
            if (item is not PdfKeyword word)
            {
                if (operands.Count < MaxOperands) operands.Add(item);
                continue;
            }

            operators++;
            if (word.Value == "BI") SkipImage(lexer);
            else Do(word.Value, operands, resources, depth);
            operands.Clear();
        }
    }

    private void Do(string word, List<object?> operands, PdfDict? resources, int depth)
    {
        double N(int at) => at < operands.Count && operands[at] is double number ? number : 0;
        switch (word)
        {
            case "q":
                if (saved.Count < MaxStates) saved.Push(state);
                break;
            case "Q":
                if (saved.Count > 0) state = saved.Pop();
                break;
            case "cm":
                state.Transform = new Matrix(N(0), N(1), N(2), N(3), N(4), N(5)).Then(state.Transform);
                break;
            case "BT":
                text = line = Matrix.Identity;
                moved = true;
                break;
            case "Tf":
                state.Font = fonts.Find((file.Dict(resources?.GetValueOrDefault("Font")))?.GetValueOrDefault((operands.FirstOrDefault() as PdfName)?.Value ?? ""));
                state.Size = N(1);
                break;
            case "Tm":
                text = line = new Matrix(N(0), N(1), N(2), N(3), N(4), N(5));
                moved = true;
                break;
            case "Td":
                Move(N(0), N(1));
                break;
            case "TD":
                state.Leading = -N(1);
                Move(N(0), N(1));
                break;
            case "T*":
                Move(0, -state.Leading);
                break;
            case "Tc": state.CharacterSpacing = N(0); break;
            case "Tw": state.WordSpacing = N(0); break;
            case "Tz": state.HorizontalScale = N(0) / 100; break;
            case "TL": state.Leading = N(0); break;
            case "Ts": state.Rise = N(0); break;
            case "Tr": state.RenderMode = (int)N(0); break;
            case "Tj":
                Show(operands.FirstOrDefault());
                break;
            case "'":
                Move(0, -state.Leading);
                Show(operands.FirstOrDefault());
                break;
            case "\"":
                state.WordSpacing = N(0);
                state.CharacterSpacing = N(1);
                Move(0, -state.Leading);
                Show(operands.ElementAtOrDefault(2));
                break;
            case "TJ":
                if (operands.FirstOrDefault() is not List<object?> parts) break;
                foreach (var part in parts)
                {
                    if (part is double shift) text = new Matrix(1, 0, 0, 1, -shift / 1000 * state.Size * state.HorizontalScale, 0).Then(text);
                    else Show(part);
                }

                break;
            case "g":
                state.FillIsWhite = N(0) >= White;
                break;
            case "rg" or "sc" or "scn":
                state.FillIsWhite = operands.Count switch { 1 => N(0) >= White, 3 => N(0) >= White && N(1) >= White && N(2) >= White, 4 => Cmyk(N), _ => false };
                break;
            case "k":
                state.FillIsWhite = Cmyk(N);
                break;
            case "cs":
                state.FillIsWhite = false;
                break;
            case "re":
                Extend(N(0), N(1));
                Extend(N(0) + N(2), N(1) + N(3));
                break;
            case "m" or "l":
                Extend(N(0), N(1));
                break;
            case "c":
                Extend(N(4), N(5));
                break;
            case "f" or "F" or "f*" or "B" or "B*" or "b" or "b*":
                if (path is { } area && !state.FillIsWhite && fills.Count < MaxFills) fills.Add((glyphs.Count, area, false));
                path = null;
                break;
            case "n" or "S" or "s":
                path = null;
                break;
            case "gs":
                var extended = file.Dict(file.Dict(resources?.GetValueOrDefault("ExtGState"))?.GetValueOrDefault((operands.FirstOrDefault() as PdfName)?.Value ?? ""));
                if (file.Array(extended?.GetValueOrDefault("Font")) is [var font, var size])
                {
                    state.Font = fonts.Find(font);
                    state.Size = file.Number(size, state.Size);
                }

                break;
            case "BDC" or "BMC":
                Begin(operands, resources);
                break;
            case "EMC":
                if (marks.Count > 0) marks.Pop();
                break;
            case "Do":
                Paint(file.Resolve(file.Dict(resources?.GetValueOrDefault("XObject"))?.GetValueOrDefault((operands.FirstOrDefault() as PdfName)?.Value ?? "")), resources, depth);
                break;
        }
    }

    private static bool Cmyk(Func<int, double> n) => n(0) + n(1) + n(2) + n(3) <= 0.04;

    private void Move(double x, double y)
    {
        text = line = new Matrix(1, 0, 0, 1, x, y).Then(line);
        moved = true;
    }

    private void Extend(double x, double y)
    {
        var (px, py) = state.Transform.Apply(x, y);
        path = path is { } held
            ? new PdfRect(Math.Min(held.Left, px), Math.Min(held.Top, py), Math.Max(held.Right, px), Math.Max(held.Bottom, py))
            : new PdfRect(px, py, px, py);
    }

    private void Begin(List<object?> operands, PdfDict? resources)
    {
        if (marks.Count > MaxStates) return;
        var properties = operands.ElementAtOrDefault(1);
        object? listed = properties is PdfName name ? file.Dict(resources?.GetValueOrDefault("Properties"))?.GetValueOrDefault(name.Value) : properties;
        var outer = marks.Count > 0 ? marks.Peek() : null;
        var off = outer is { IsOff: true } || ((operands.FirstOrDefault() as PdfName)?.Value == "OC" && layers.AreOff(listed));
        var actual = file.Resolve(file.Dict(listed)?.GetValueOrDefault("ActualText")) as PdfString;
        marks.Push(new Mark(off) { Actual = actual is null ? outer?.Actual : PdfText.Decode(actual.Bytes), Owner = actual is null ? outer?.Owner : null });
    }

    private void Paint(object? value, PdfDict? outer, int depth)
    {
        if (value is not PdfStream stream) return;
        var kind = file.Name(stream.Dict.GetValueOrDefault("Subtype"));
        if (kind == "Image")
        {
            hasImage = true;
            path = null;
            Extend(0, 0);
            Extend(1, 1);
            if (path is { } area && fills.Count < MaxFills) fills.Add((glyphs.Count, area, true));
            path = null;
        }

        if (kind != "Form" || depth >= MaxFormDepth || !running.Add(stream)) return;
        var before = state;
        var (heldText, heldLine) = (text, line);
        if (file.Array(stream.Dict.GetValueOrDefault("Matrix")) is { Count: 6 } matrix)
        {
            var n = matrix.ConvertAll(part => file.Number(part, 0));
            state.Transform = new Matrix(n[0], n[1], n[2], n[3], n[4], n[5]).Then(state.Transform);
        }

        var off = layers.AreOff(stream.Dict.GetValueOrDefault("OC"));
        if (off) marks.Push(new Mark(true));
        Run(PdfFilters.Decode(file, stream), file.Dict(stream.Dict.GetValueOrDefault("Resources")) ?? outer, depth + 1);
        if (off && marks.Count > 0) marks.Pop();
        running.Remove(stream);
        state = before;
        (text, line) = (heldText, heldLine);
    }

    private void Show(object? value)
    {
        if (value is not PdfString bytes || state.Font is not { } font) return;
        shown.Clear();
        font.Decode(bytes.Bytes, shown);
        var mark = marks.Count > 0 ? marks.Peek() : null;
        foreach (var code in shown)
        {
            var place = new Matrix(state.Size * state.HorizontalScale, 0, 0, state.Size, 0, state.Rise).Then(text).Then(state.Transform);
            var own = code.Width * font.Scale * state.Size;
            var advance = (own + state.CharacterSpacing + (code.IsSpaceCode ? state.WordSpacing : 0)) * state.HorizontalScale;
            var after = new Matrix(1, 0, 0, 1, advance, 0).Then(text);
            Add(TextOf(code, mark), place, own * state.HorizontalScale, mark, font);
            text = after;
            var (x, y) = text.Then(state.Transform).Apply(0, state.Rise);
            pen = (x, y, pen.Turn);
        }
    }

    private static string TextOf(ShownCode code, Mark? mark)
    {
        if (mark?.Actual is not { } actual) return code.Text;
        if (mark.Owner is { Used: true }) return "";
        mark.Owner ??= new ActualOwner();
        mark.Owner.Used = true;
        return actual;
    }

    private void Add(string shownText, Matrix place, double own, Mark? mark, PdfFont font)
    {
        var (x, y) = place.Apply(0, 0);
        var size = Math.Sqrt((place.C * place.C) + (place.D * place.D));
        var across = Math.Sqrt((place.A * place.A) + (place.B * place.B));
        var turn = Math.Abs(place.A) >= Math.Abs(place.B) ? (place.A >= 0 ? 0 : 2) : place.B > 0 ? 1 : 3;
        var scale = state.Size * state.HorizontalScale is not 0 and var unit ? across / Math.Abs(unit) : 0;
        var length = Math.Abs(own) * scale;
        if (double.IsNaN(x + y + size + length) || double.IsInfinity(x + y + size + length)) return;
        var (along, off) = turn switch { 0 => (x - pen.X, y - pen.Y), 1 => (y - pen.Y, x - pen.X), 2 => (pen.X - x, y - pen.Y), _ => (pen.Y - y, x - pen.X) };
        var expected = pen.Turn == turn && Math.Abs(off) < 0.5 * size ? along : double.NaN;
        pen.Turn = turn;
        var veil = mark is { IsOff: true } ? GlyphVeil.Layer
            : state.RenderMode is 3 or 7 ? GlyphVeil.Invisible
            : size < SmallestSize ? GlyphVeil.Tiny
            : x < -size || y < -size || x > width + size || y > height + size ? GlyphVeil.OffPage
            : GlyphVeil.None;
        if (veil == GlyphVeil.None && state.FillIsWhite && state.RenderMode is 0 or 4) whites.Add(glyphs.Count);
        glyphs.Add(new Glyph(shownText, x, y, length, size, turn, expected, moved, font, veil));
        moved = false;
    }

    /// <summary>White glyphs are seen only where something dark was painted below them; invisible ones over a scan are its text layer.</summary>
    private List<Glyph> Veiled()
    {
        foreach (var index in whites)
        {
            var glyph = glyphs[index];
            var (x, y) = (glyph.X + (glyph.Width / 2), glyph.Y - (glyph.Size / 3));
            if (!fills.Exists(fill => fill.Order <= index && fill.Area.Holds(x, y))) glyphs[index] = glyph with { Veil = GlyphVeil.Background };
        }

        var isScan = fills.Exists(fill => fill.Picture && (fill.Area.Right - fill.Area.Left) * (fill.Area.Bottom - fill.Area.Top) > 0.5 * width * height);
        if (isScan && glyphs.TrueForAll(static glyph => glyph.Veil is GlyphVeil.Invisible || string.IsNullOrWhiteSpace(glyph.Text)))
            for (var at = 0; at < glyphs.Count; at++) glyphs[at] = glyphs[at] with { Veil = GlyphVeil.None };
        return glyphs;
    }

    private List<PdfRect> Dots() =>
        [.. fills.Where(static fill => !fill.Picture && IsDot(fill.Area.Right - fill.Area.Left, fill.Area.Bottom - fill.Area.Top)).Select(static fill => fill.Area)];

    private static bool IsDot(double wide, double high) => wide is > 1 and < 8 && high is > 1 and < 8 && Math.Abs(wide - high) < 0.3 * wide;

    /// <summary>Steps over an image that stands in the content itself (8.9.7).</summary>
    private static void SkipImage(PdfLexer lexer)
    {
        var bytes = lexer.Bytes;
        var data = bytes[lexer.Position..].IndexOf("ID"u8);
        if (data < 0) return;
        for (var at = lexer.Position + data + 2; at + 2 < bytes.Length; at++)
        {
            var end = bytes[at..].IndexOf("EI"u8);
            if (end < 0) break;
            at += end;
            if (at > 0 && PdfLexer.IsSpace(bytes[at - 1]) && (at + 2 >= bytes.Length || PdfLexer.IsSpace(bytes[at + 2])))
            {
                lexer.Position = at + 2;
                return;
            }
        }

        lexer.Position = bytes.Length;
    }

    /// <summary>What a marked part of the content says about the glyphs inside.</summary>
    private sealed class Mark(bool isOff)
    {
        public bool IsOff { get; } = isOff;

        public string? Actual { get; init; }

        public ActualOwner? Owner { get; set; }
    }

    /// <summary>Whether a replacement text was already given to a glyph.</summary>
    private sealed class ActualOwner
    {
        public bool Used { get; set; }
    }
}
