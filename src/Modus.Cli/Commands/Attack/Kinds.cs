using Modus.Attack;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Attack;

/// <summary>The kinds of object as the user types them, in singular or plural.</summary>
internal static class Kinds
{
    private static readonly ObjectKind[] shown = [.. Enum.GetValues<ObjectKind>().Where(kind => kind != ObjectKind.Other)];

    /// <summary>The words for help and messages: <c>techniques, groups …</c>.</summary>
    public static IReadOnlyList<string> Plurals { get; } = [.. shown.Select(Plural)];

    public static ObjectKind? Read(string? typed)
    {
        if (string.IsNullOrEmpty(typed)) return null;
        var word = typed.Replace(' ', '-');
        foreach (var kind in shown)
            if (word.Equals(Plural(kind), StringComparison.OrdinalIgnoreCase) || word.Equals(Singular(kind), StringComparison.OrdinalIgnoreCase))
                return kind;
        var near = Suggestions.Nearest(word, Plurals);
        throw CommandFailure.Usage("MD9010", $"'{typed}' is no kind of ATT&CK object",
            near is null ? $"use one of: {string.Join(", ", Plurals)}" : $"did you mean '{near}'?");
    }

    private static string Singular(ObjectKind kind) => kind.Words().Replace(' ', '-');

    private static string Plural(ObjectKind kind) => kind switch
    {
        ObjectKind.Software => "software",
        ObjectKind.Matrix => "matrices",
        ObjectKind.DetectionStrategy => "detection-strategies",
        _ => Singular(kind) + "s",
    };
}
