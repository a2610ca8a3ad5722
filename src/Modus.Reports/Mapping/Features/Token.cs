namespace Modus.Reports.Mapping.Features;

/// <summary>What a token of a sentence is.</summary>
internal enum TokenKind : byte
{
    /// <summary>A word, number or part of a path, as written (lower case).</summary>
    Word,

    /// <summary>A class in place of the thing: an address, a hash, a masked name. It has no characters to look into.</summary>
    Class,
}

/// <summary>A token: its place in the sentence, its lower-case characters in the lexer's buffer, its hash.</summary>
/// <param name="Start">Offset in the sentence.</param>
/// <param name="Length">Length in the sentence.</param>
/// <param name="BufferStart">Where the lower-case characters start in the lexer's buffer, the blank before them included.</param>
/// <param name="BufferLength">Their number with the blank before and after; 0 for a class.</param>
/// <param name="Hash">Hash of the lower-case text, or of the class name.</param>
/// <param name="CaseHash">Hash of the text as written.</param>
/// <param name="StemHash">Hash of the stem that the word's forms have in common; of a class as <paramref name="Hash"/>.</param>
/// <param name="Kind">What it is.</param>
internal readonly record struct Token(
    int Start, int Length, int BufferStart, int BufferLength, ulong Hash, ulong CaseHash, ulong StemHash, TokenKind Kind);

/// <summary>A technique id printed in a sentence, as hash of its canonical upper-case form.</summary>
internal readonly record struct PrintedId(int Start, int Length, ulong Hash);
