namespace Modus.Cli.Shell;

/// <summary>Colour, where a person asked for it or a terminal can show it. Never the only carrier of a meaning.</summary>
internal sealed record Style(bool IsOn)
{
    public static Style None { get; } = new(false);

    public string Bold(string text) => Wrap("1", text);
    public string Red(string text) => Wrap("31", text);
    public string Yellow(string text) => Wrap("33", text);
    public string Dim(string text) => Wrap("2", text);

    /// <summary>Decides by <c>--color</c>, then <c>NO_COLOR</c> and <c>FORCE_COLOR</c>, then whether the stream is a terminal.</summary>
    public static Style Choose(string? option, bool isTerminal, Func<string, string?> environment) => new(option switch
    {
        "always" => true,
        "never" => false,
        _ when !string.IsNullOrEmpty(environment("NO_COLOR")) => false,
        _ when !string.IsNullOrEmpty(environment("FORCE_COLOR")) => true,
        _ => isTerminal && environment("TERM") != "dumb",
    });

    private string Wrap(string code, string text) => IsOn ? $"\u001b[{code}m{text}\u001b[0m" : text;
}
