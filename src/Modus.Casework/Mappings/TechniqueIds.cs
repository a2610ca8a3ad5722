namespace Modus.Casework.Mappings;

/// <summary>The shape of technique ids. Whether a release knows them is another question.</summary>
internal static class TechniqueIds
{
    /// <summary>Says whether a text is written like a technique's id: <c>T1059</c>, <c>t1059.001</c>, <c>T1059/001</c>.</summary>
    public static bool IsId(string? text) => Normal(text) is not null;

    /// <summary>The id in upper case with a point before the sub-technique; null where the text is no id.</summary>
    public static string? Normal(string? text)
    {
        if (text is null) return null;
        var id = text.Trim().Trim('[', ']', '(', ')', '"', '\'').ToUpperInvariant().Replace('/', '.');
        if (id.StartsWith("ATTACK.", StringComparison.Ordinal)) id = id[7..];
        if (id.Length is not (5 or 9) || id[0] != 'T') return null;
        for (var at = 1; at < id.Length; at++)
            if (at == 5 ? id[at] != '.' : !char.IsAsciiDigit(id[at])) return null;
        return id;
    }

    /// <summary>The parent's id: what stands before the point.</summary>
    public static string ParentOf(string id) => id.IndexOf('.', StringComparison.Ordinal) is var point and > 0 ? id[..point] : id;

    /// <summary>Says whether an id is a sub-technique's.</summary>
    public static bool IsSub(string id) => id.Contains('.', StringComparison.Ordinal);
}
