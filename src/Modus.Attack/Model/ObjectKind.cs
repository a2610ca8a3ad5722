namespace Modus.Attack;

/// <summary>What an ATT&amp;CK object is. Ids are unique within a kind only: dead mitigations carry technique ids.</summary>
public enum ObjectKind
{
    /// <summary>An object that is kept for the count but has no part in the model (identity, marking).</summary>
    Other,

    /// <summary>A matrix: the order of the tactics of a domain.</summary>
    Matrix,

    /// <summary>A tactic: the adversary's goal.</summary>
    Tactic,

    /// <summary>A technique or sub-technique.</summary>
    Technique,

    /// <summary>A group (STIX intrusion set).</summary>
    Group,

    /// <summary>Malware or a tool.</summary>
    Software,

    /// <summary>A campaign.</summary>
    Campaign,

    /// <summary>A mitigation (STIX course of action).</summary>
    Mitigation,

    /// <summary>A data source (all deprecated since release 18).</summary>
    DataSource,

    /// <summary>A data component.</summary>
    DataComponent,

    /// <summary>An asset (industrial control systems).</summary>
    Asset,

    /// <summary>A detection strategy (since release 18).</summary>
    DetectionStrategy,

    /// <summary>An analytic of a detection strategy (since release 18).</summary>
    Analytic,
}

/// <summary>How kinds are spelt in STIX and on the screen.</summary>
public static class ObjectKinds
{
    private static readonly string[] lowerNames =
    [
        "other", "matrix", "tactic", "technique", "group", "software", "campaign", "mitigation", "datasource",
        "datacomponent", "asset", "detectionstrategy", "analytic",
    ];

    private static readonly (string Stix, ObjectKind Kind)[] types =
    [
        ("x-mitre-matrix", ObjectKind.Matrix), ("x-mitre-tactic", ObjectKind.Tactic),
        ("attack-pattern", ObjectKind.Technique), ("intrusion-set", ObjectKind.Group),
        ("malware", ObjectKind.Software), ("tool", ObjectKind.Software), ("campaign", ObjectKind.Campaign),
        ("course-of-action", ObjectKind.Mitigation), ("x-mitre-data-source", ObjectKind.DataSource),
        ("x-mitre-data-component", ObjectKind.DataComponent), ("x-mitre-asset", ObjectKind.Asset),
        ("x-mitre-detection-strategy", ObjectKind.DetectionStrategy), ("x-mitre-analytic", ObjectKind.Analytic),
        ("identity", ObjectKind.Other), ("marking-definition", ObjectKind.Other), ("x-mitre-collection", ObjectKind.Other),
    ];

    /// <summary>The kind that a STIX type stands for, or null where ATT&amp;CK does not use the type.</summary>
    public static ObjectKind? FromStixType(string type)
    {
        foreach (var (stix, kind) in types)
            if (stix == type) return kind;
        return null;
    }

    /// <summary>The kind as one word in lower case, as facts files have it: <c>detectionstrategy</c>.</summary>
    internal static string Word(ObjectKind kind) => lowerNames[(int)kind];

    /// <summary>The kind of a word of <see cref="Word"/>, or null.</summary>
    internal static ObjectKind? FromWord(ReadOnlySpan<byte> word)
    {
        for (var kind = 0; kind < lowerNames.Length; kind++)
            if (System.Text.Ascii.Equals(word, lowerNames[kind])) return (ObjectKind)kind;
        return null;
    }

    /// <summary>The kind as words: <c>detection strategy</c>.</summary>
    public static string Words(this ObjectKind kind) => kind switch
    {
        ObjectKind.DataSource => "data source",
        ObjectKind.DataComponent => "data component",
        ObjectKind.DetectionStrategy => "detection strategy",
        _ => kind.ToString().ToLowerInvariant(),
    };
}
