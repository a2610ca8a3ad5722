namespace Modus.Logs.Mapping;

/// <summary>How the paths of one record shape become field names.</summary>
internal sealed record ShapeMapping
{
    /// <summary>The shape's name.</summary>
    public required string Name { get; init; }

    /// <summary>The readers that may show it: <c>json</c>, <c>csv</c>, <c>auditd</c>, <c>syslog</c>, <c>evtx</c>.</summary>
    public required IReadOnlyList<string> Readers { get; init; }

    /// <summary>Sigma's product, or null.</summary>
    public string? Product { get; init; }

    /// <summary>Alternatives; a record has the shape when it has all paths of one of them. A path that ends in <c>.*</c> asks for an object with members.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Needs { get; init; } = [];

    /// <summary>Containers whose name does not show in the fields below them; <c>*</c> stands for one segment.</summary>
    public IReadOnlyList<string> Strip { get; init; } = [];

    /// <summary>Containers in which a product begins the names with a small letter; they show with a capital one.</summary>
    public IReadOnlyList<string> Capital { get; init; } = [];

    /// <summary>Containers in whose values a product doubles the backslashes; they show single.</summary>
    public IReadOnlyList<string> Doubled { get; init; } = [];

    /// <summary>What stands before the names of a record's fields and does not show, such as the low line of GELF; the first that fits goes.</summary>
    public IReadOnlyList<string> Prefixes { get; init; } = [];

    /// <summary>Whether records are what an audit daemon says, grouped by the type of record, as Laurel writes them.</summary>
    public bool IsAudit { get; init; }

    /// <summary>The tool whose findings the records are, rather than events; null where they are events.</summary>
    public string? FindingsOf { get; init; }

    /// <summary>Whether paths name the device of a volume; they show with the letter of the system's drive, which nearly all of them stand on.</summary>
    public bool Volumes { get; init; }

    /// <summary>Paths that are left out with all below them.</summary>
    public IReadOnlySet<string> Ignore { get; init; } = new HashSet<string>();

    /// <summary>Path to names; the first is the field's name, the others further names of it.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Fields { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The fields that tell the time, best first; <c>|utc</c> behind a name says that its figures are UTC.</summary>
    public IReadOnlyList<string> Time { get; init; } = [];

    /// <summary>The fields that tell the host, best first.</summary>
    public IReadOnlyList<string> Host { get; init; } = [];

    /// <summary>The field that holds the record's own number, or null.</summary>
    public string? Record { get; init; }

    /// <summary>The fields that decide about the log source.</summary>
    public IReadOnlyList<string> Key { get; init; } = [];

    /// <summary>The field that holds the whole record as text (JSON or a Windows event's XML), or null.</summary>
    public string? Embedded { get; init; }

    /// <summary>The field whose text is a JSON document with the event's data in <c>@Name</c> and <c>#text</c>, or null; its values stand below <see cref="PayloadRoot"/>.</summary>
    public string? Payload { get; init; }

    /// <summary>The field with the text that Windows makes of an event for people, from which the event's data is taken, or null; its values stand below <see cref="MessageRoot"/>.</summary>
    public string? Message { get; init; }

    /// <summary>Fields that are put together: their names, and texts in which <c>{name}</c> stands for a field's value or nothing.</summary>
    public IReadOnlyDictionary<string, string> Made { get; init; } = new Dictionary<string, string>();

    /// <summary>Where records of the registry tell key, value, type and data; null where the shape has none, or tells them as Sysmon does.</summary>
    public RegistryMapping? Registry { get; init; }

    /// <summary>The place below which the values of <see cref="Payload"/> stand.</summary>
    public const string PayloadRoot = "#payload";

    /// <summary>The place below which the values of <see cref="Message"/> stand.</summary>
    public const string MessageRoot = "#message";

    /// <summary>Whether XML was turned into this shape: <c>#text</c>, <c>#attributes</c> and <c>…_attributes</c> are folded into names.</summary>
    public bool Xml { get; init; }
}

/// <summary>A rule that gives events a service or a category, and says what the taxonomy's fields are called there.</summary>
internal sealed record SourceRule
{
    /// <summary>The product it is about.</summary>
    public required string Product { get; init; }

    /// <summary>The shapes it is about; empty means all of the product.</summary>
    public IReadOnlyList<string> Shapes { get; init; } = [];

    /// <summary>The product that the events really belong to, in place of their shape's; null where it stays.</summary>
    public string? Becomes { get; init; }

    /// <summary>The service it gives, or null.</summary>
    public string? Service { get; init; }

    /// <summary>The category it gives, or null.</summary>
    public string? Category { get; init; }

    /// <summary>Field to the values that fit; all fields must. A value that ends in <c>*</c> fits by its start.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> When { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The taxonomy's field to the event's.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();
}
