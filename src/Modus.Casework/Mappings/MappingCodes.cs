namespace Modus.Casework.Mappings;

/// <summary>The codes of problems with files of mappings.</summary>
public static class MappingCodes
{
    /// <summary>The file cannot be read.</summary>
    public const string CannotRead = "MD5650";

    /// <summary>The content is no layer, STIX, CSV, TRAM JSON or NDJSON of mappings.</summary>
    public const string NoMappings = "MD5651";

    /// <summary>A line or an object without a technique, or damaged.</summary>
    public const string BadLine = "MD5652";

    /// <summary>A table without a column of techniques.</summary>
    public const string NoTechniqueColumn = "MD5653";

    /// <summary>More statements than are read from one file.</summary>
    public const string TooMany = "MD5654";
}
