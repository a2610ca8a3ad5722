namespace Modus.Reports.Pdf;

/// <summary>A name object (ISO 32000-1, 7.3.5).</summary>
internal sealed record PdfName(string Value);

/// <summary>A string object as bytes (7.3.4).</summary>
internal sealed record PdfString(byte[] Bytes);

/// <summary>A reference to an indirect object (7.3.10).</summary>
internal readonly record struct PdfRef(int Number, int Generation);

/// <summary>An operator of a content stream, or another bare word.</summary>
internal sealed record PdfKeyword(string Value);

/// <summary>A dictionary object (7.3.7).</summary>
internal sealed class PdfDict : Dictionary<string, object?>
{
    public PdfDict()
        : base(StringComparer.Ordinal)
    {
    }
}

/// <summary>A stream object: its dictionary and where its raw bytes stand.</summary>
internal sealed record PdfStream(PdfDict Dict, ReadOnlyMemory<byte> Raw);

/// <summary>Something in a file that makes it unusable; becomes a problem at the reader.</summary>
internal sealed class PdfException(string message) : Exception(message);
