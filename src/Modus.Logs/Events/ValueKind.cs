namespace Modus.Logs;

/// <summary>What a value of an event is.</summary>
public enum ValueKind : byte
{
    /// <summary>The event does not have the field.</summary>
    Missing,

    /// <summary>The field is there without a value: JSON null, an empty list, an EVTX null.</summary>
    Null,

    /// <summary>Text, perhaps empty.</summary>
    Text,

    /// <summary>A number; its text is as written, in decimal for EVTX integers.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>An object with fields of its own, which follow under their own names; its text is the JSON as written.</summary>
    Object,

    /// <summary>
    /// An empty cell of a table. Tables have a column for whatever any of their events has, and most writers leave the cell
    /// empty both for nothing and for empty text: it fits a rule's null and a rule's empty text, but no <c>exists</c>.
    /// </summary>
    Blank,
}

/// <summary>How the raw bytes of a value are written.</summary>
public enum ValueEncoding : byte
{
    /// <summary>Plain UTF-8: the raw bytes are the text.</summary>
    Utf8,

    /// <summary>The inside of a JSON string that has escapes.</summary>
    JsonEscaped,

    /// <summary>Little-endian UTF-16.</summary>
    Utf16,

    /// <summary>A binary EVTX value; only the text is of use outside.</summary>
    Binary,
}
