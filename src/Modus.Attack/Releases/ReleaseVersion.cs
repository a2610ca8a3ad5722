using System.Globalization;

namespace Modus.Attack;

/// <summary>Orders version texts part by part as whole numbers: 1.10 is newer than 1.9, and 18.1 than 9.0.</summary>
public sealed class ReleaseVersion : IComparer<string>
{
    private ReleaseVersion()
    {
    }

    /// <summary>The one instance.</summary>
    public static ReleaseVersion Comparer { get; } = new();

    /// <summary>Whether a text is a version: whole numbers separated by dots, at most four.</summary>
    public static bool IsValid(string? text) => text?.Split('.') is { Length: >= 1 and <= 4 } parts && parts.All(IsNumber);

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        var left = (x ?? "").Split('.');
        var right = (y ?? "").Split('.');
        for (var i = 0; i < Math.Max(left.Length, right.Length); i++)
        {
            var difference = Part(left, i).CompareTo(Part(right, i));
            if (difference != 0) return difference;
        }
        return string.CompareOrdinal(x, y);
    }

    private static bool IsNumber(string part) => part.Length is > 0 and <= 6 && part.All(char.IsAsciiDigit);

    private static int Part(string[] parts, int index) =>
        index < parts.Length && IsNumber(parts[index]) ? int.Parse(parts[index], CultureInfo.InvariantCulture) : 0;
}
