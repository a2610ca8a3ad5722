using Modus.Sigma.Expressions;

namespace Modus.Sigma.Scoring;

/// <summary>The grade of a single predicate, before those of the same kind are put together.</summary>
/// <param name="Class">What the value is.</param>
/// <param name="Level">The cost of escaping it; <see cref="Robustness.None"/> for circumstances that do not count.</param>
/// <param name="Why">Why.</param>
/// <param name="Evasion">How.</param>
internal readonly record struct Grade(string Class, Robustness Level, string Why, string Evasion);

/// <summary>Grades a predicate by the class of its field and of its value.</summary>
internal static class PredicateGrader
{
    private static readonly Grade circumstance = new("circumstance", Robustness.None, "Says when or where, not what.", "Does not count.");

    public static (Grade Grade, string Example) Of(Test test) => test switch
    {
        PatternTest pattern => (Value(pattern.Field, Plain(pattern.Pattern)), pattern.Pattern.ToString()),
        RegexTest regex => (Value(regex.Field, Literal(regex.Regex)), regex.Regex),
        NetworkTest network => (Indicators.IsPublic(network.Network) && network.Network.Length > 0
            ? new("public network", Robustness.Ephemeral, "Addresses are rented by the hour.", "Use another address.")
            : circumstance, network.Network.ToString()),
        NumberTest number => (FieldClasses.Of(number.Field) == FieldClass.Port ? Port() : circumstance, number.ToString()),
        _ => (circumstance, test.ToString()!),
    };

    private static Grade Value(string? field, string value)
    {
        var text = value.ToLowerInvariant();
        var kind = FieldClasses.Of(field);
        return kind switch
        {
            FieldClass.Hash => new("hash", Robustness.Ephemeral, "A hash changes with any byte of the file.", "Change one byte."),
            FieldClass.Remote => text.Length == 0 || text is "-" or "127.0.0.1" or "::1" ? circumstance
                : new("address or host name", Robustness.Ephemeral, "Addresses and names are changed at will.", "Use another address or name."),
            FieldClass.Port => Port(),
            FieldClass.Agent => new("word of the client", Robustness.Ephemeral, "The client says what it likes.", "Send another word."),
            FieldClass.Actor => circumstance,
            FieldClass.Record => new("record of a log", Robustness.None, "Chooses the record; the system writes it, not the adversary.", "Does not count beside other predicates."),
            FieldClass.Constant => new("constant of the system", Robustness.Implementation, "Rights, types and codes are fixed by the system.", "Find an implementation that needs other rights or calls."),
            FieldClass.Operation => new("operation of a service", Robustness.Core, "The service offers no other way to do it.", "None known: another operation would be another technique."),
            FieldClass.Parameter => new("parameter of an operation", Robustness.Implementation, "The parameter makes the operation dangerous.", "Reach the same with other parameters."),
            FieldClass.Key => Key(text),
            FieldClass.Identity => Identity(text),
            FieldClass.Program => Program(text),
            FieldClass.Place => Place(text),
            FieldClass.Data => Data(text),
            _ => Command(text),
        };
    }

    private static Grade Port() => new("port", Robustness.Ephemeral, "Ports are free to choose.", "Listen on another port.");

    private static Grade Key(string text) =>
        text.StartsWith("hk", StringComparison.Ordinal) || text.Contains("currentversion", StringComparison.Ordinal) || text.Contains(@"\control\", StringComparison.Ordinal)
        || text.Contains(@"\services\", StringComparison.Ordinal) || text.Contains("microsoft", StringComparison.Ordinal) || text.Contains("_classes", StringComparison.Ordinal)
        || text.Contains(@"\environment\", StringComparison.Ordinal) || text.Contains("windows", StringComparison.Ordinal) || !text.Contains('\\', StringComparison.Ordinal)
            ? new("key owned by the system", Robustness.Implementation, "The system reads exactly this key.", "Use another mechanism of the technique.")
            : new("key of a program", Robustness.BroughtTool, "The key belongs to a program that can be changed.", "Change the program.");

    private static Grade Identity(string text) => SystemNames.Programs.Contains(text) || SystemNames.Programs.Contains(text.TrimStart('\\')) || text.EndsWith(".exe", StringComparison.Ordinal) && SystemNames.Programs.Contains(text)
        ? new("own name of a system program", Robustness.SystemTool, "The file says what it is, also after renaming.", "Bring a tool of one's own, or a copy with changed resources.")
        : new("own name of a brought program", Robustness.BroughtTool, "The name stands in the file's resources.", "Build the tool with other resources.");

    private static Grade Program(string text)
    {
        var name = text[(text.LastIndexOfAny(['\\', '/']) + 1)..];
        if (SystemNames.Programs.Contains(name)) return new("file name of a system program", Robustness.SystemTool, "The program is on the system already.", "Copy it under another name, or use another program.");
        return name.Length == 0 || !name.Contains('.', StringComparison.Ordinal)
            ? new("folder of a program", Robustness.BroughtTool, "Programs that users can write lie in few folders.", "Move the program to another folder.")
            : new("file name of a brought program", Robustness.Ephemeral, "The adversary picks the name.", "Rename the file.");
    }

    private static Grade Place(string text)
    {
        if (text is "krbtgt" or "-" or "") return circumstance;
        if (Indicators.KindOf(text) is not null) return Ephemeral();
        if (Array.Exists(SystemNames.OwnedPlaces, place => text.Contains(place, StringComparison.Ordinal) || (text.Length > 3 && place.Contains(text, StringComparison.Ordinal))))
            return new("place owned by the system", Robustness.Implementation, "The system or the technique reads exactly this place.", "Use another mechanism of the technique.");
        var name = text[(text.LastIndexOfAny(['\\', '/']) + 1)..];
        if (SystemNames.Programs.Contains(name)) return new("file name of a system program", Robustness.SystemTool, "The program is on the system already.", "Use another program.");
        if (text.StartsWith('.') && text.Length <= 6) return new("kind of file", Robustness.SystemTool, "The system opens only few kinds of files by itself.", "Use another kind of file.");
        return text.EndsWith('\\') || text.EndsWith('/')
            ? new("folder", Robustness.BroughtTool, "Folders that users can write to are few.", "Use another folder.")
            : new("name of a file or object", Robustness.Ephemeral, "The adversary picks the name.", "Choose another name.");
    }

    private static Grade Data(string text)
    {
        if (Indicators.KindOf(text) is not null) return Ephemeral();
        if (text.StartsWith("dword", StringComparison.Ordinal) || text.Length == 36 || text.StartsWith("%%", StringComparison.Ordinal)) return circumstance;
        return Command(text);
    }

    private static Grade Command(string text)
    {
        if (Indicators.KindOf(text) is not null && !Array.Exists(SystemNames.Interfaces, name => text.Contains(name, StringComparison.Ordinal))) return Ephemeral();
        if (Array.Exists(SystemNames.Interfaces, name => text.Contains(name, StringComparison.Ordinal)))
            return new("interface of the system", Robustness.Implementation, "The call or library is needed by this way of doing it.", "Call the system another way, or hide the word.");
        if (Array.Exists(SystemNames.BroughtTools, name => text.Contains(name, StringComparison.Ordinal)))
            return new("word of a brought tool", Robustness.BroughtTool, "The word stands in a tool that can be changed.", "Rename functions and parameters.");
        return new("argument", Robustness.SystemTool, "The program on the system understands these arguments only.", "Use another program, a shorter form of the argument, or the interface behind it.");
    }

    private static Grade Ephemeral() => new("indicator", Robustness.Ephemeral, "The value is good for a day.", "Use another value.");

    private static string Plain(Pattern pattern) => string.Concat(pattern.Parts.Select(part => part.Kind == PatternPartKind.Dash ? "-" : part.Text));

    // The letters of a regular expression that must occur, roughly: classes and groups are left out of words.
    private static string Literal(string regex)
    {
        var text = new System.Text.StringBuilder();
        for (var at = 0; at < regex.Length; at++)
        {
            if (regex[at] == '\\' && at + 1 < regex.Length) text.Append(char.IsLetterOrDigit(regex[++at]) ? ' ' : regex[at]);
            else text.Append("()[]|*+?{}^$".Contains(regex[at], StringComparison.Ordinal) ? ' ' : regex[at]);
        }

        return text.ToString().Trim();
    }
}
