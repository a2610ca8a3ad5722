using System.CommandLine;

namespace Modus.Cli.Shell;

/// <summary>Options that every command takes and that mean the same everywhere.</summary>
internal static class GlobalOptions
{
    public static readonly Option<DirectoryInfo?> Directory = new("--directory", "-C")
    {
        Description = "Work in this folder instead of the current one.",
        Recursive = true,
        HelpName = "DIR",
    };

    public static readonly Option<string?> AttackVersion = new("--attack-version")
    {
        Description = "ATT&CK release to use, for example 18.1; the newest by default.",
        Recursive = true,
        HelpName = "VERSION",
    };

    public static readonly Option<bool> Quiet = new("--quiet", "-q") { Description = "Say nothing but errors.", Recursive = true };

    public static readonly Option<string?> Color = new("--color")
    {
        Description = "auto, always or never. NO_COLOR and FORCE_COLOR are heeded.",
        Recursive = true,
        HelpName = "WHEN",
    };

    public static readonly Option<string?> Progress = new("--progress")
    {
        Description = "auto, plain, json or none: how long work reports on standard error.",
        Recursive = true,
        HelpName = "HOW",
    };

    public static readonly Option<DateTimeOffset?> Now = new("--now")
    {
        Description = "Take this as the present time (ISO 8601), so that a run can be repeated to the byte.",
        Recursive = true,
        HelpName = "TIME",
        CustomParser = result =>
        {
            if (Times.TryParse(result.Tokens[0].Value, out var time)) return time;
            result.AddError($"'{result.Tokens[0].Value}' is no time: write 2026-03-09T08:41:07Z");
            return null;
        },
    };

    public static void AddTo(RootCommand root)
    {
        Color.AcceptOnlyFromAmong("auto", "always", "never");
        Progress.AcceptOnlyFromAmong("auto", "plain", "json", "none");
        foreach (var option in new Option[] { Directory, AttackVersion, Quiet, Color, Progress, Now }) root.Add(option);
    }
}
