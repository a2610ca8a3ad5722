using Modus.Logs.Mapping;

namespace Modus.Logs.Evtx;

/// <summary>What an operation of a compiled template does.</summary>
internal enum BinXmlAction : byte
{
    /// <summary>The value of a substitution becomes the field.</summary>
    Substitute,

    /// <summary>Like <see cref="Substitute"/> for an attribute: a null leaves it out.</summary>
    SubstituteAttribute,

    /// <summary>Text of the template (UTF-16 in the chunk) becomes the field.</summary>
    Text,

    /// <summary>An empty element.</summary>
    Empty,

    /// <summary>Several parts become one text.</summary>
    Join,

    /// <summary>A named datum whose name is a substitution itself.</summary>
    Named,
}

/// <summary>One operation of a compiled template.</summary>
/// <param name="Action">What is done.</param>
/// <param name="Node">The place the value goes to; the parent place for <see cref="BinXmlAction.Named"/>.</param>
/// <param name="A">The substitution's number, the text's place in the chunk, or the first part.</param>
/// <param name="B">The text's bytes, the number of parts, or the substitution that names the datum.</param>
internal readonly record struct BinXmlOperation(BinXmlAction Action, PathNode Node, int A, int B);

/// <summary>A part of a joined text: a substitution (<paramref name="Length"/> = -1), text in the chunk, or one character (<paramref name="Length"/> = -2).</summary>
internal readonly record struct BinXmlPart(int Start, int Length)
{
    public const int Substitution = -1;
    public const int Character = -2;
}

/// <summary>A template, or a fragment without one, as a list of operations in document order.</summary>
internal sealed class BinXmlTemplate
{
    public required BinXmlOperation[] Operations { get; init; }

    public required BinXmlPart[] Parts { get; init; }

    /// <summary>The place the elements stand under.</summary>
    public required PathNode Root { get; init; }
}
