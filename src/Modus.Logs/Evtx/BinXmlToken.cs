namespace Modus.Logs.Evtx;

/// <summary>Tokens of BinXML; <see cref="More"/> is a flag.</summary>
internal static class BinXmlToken
{
    public const int End = 0x00;
    public const int Element = 0x01;
    public const int CloseStart = 0x02;
    public const int CloseEmpty = 0x03;
    public const int EndElement = 0x04;
    public const int Value = 0x05;
    public const int Attribute = 0x06;
    public const int CData = 0x07;
    public const int Character = 0x08;
    public const int Entity = 0x09;
    public const int Instruction = 0x0a;
    public const int InstructionText = 0x0b;
    public const int Template = 0x0c;
    public const int Substitution = 0x0d;
    public const int OptionalSubstitution = 0x0e;
    public const int Header = 0x0f;
    public const int More = 0x40;

    /// <summary>The character of a named entity; U+FFFD for one that XML does not define.</summary>
    public static int EntityCharacter(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("lt"u8) ? '<'
        : name.SequenceEqual("gt"u8) ? '>'
        : name.SequenceEqual("amp"u8) ? '&'
        : name.SequenceEqual("quot"u8) ? '"'
        : name.SequenceEqual("apos"u8) ? '\''
        : 0xfffd;
}
