using System.Text;

namespace Modus.Reports.Pdf;

/// <summary>Text strings outside content (ISO 32000-1, 7.9.2).</summary>
internal static class PdfText
{
    /// <summary>Decodes a text string.</summary>
    public static string Decode(byte[] bytes) => bytes switch
    {
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(bytes.AsSpan(2)),
        [0xFF, 0xFE, ..] => Encoding.Unicode.GetString(bytes.AsSpan(2)),
        [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8.GetString(bytes.AsSpan(3)),
        _ => Encoding.Latin1.GetString(bytes),
    };
}
