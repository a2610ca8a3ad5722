using System.CommandLine;
using Modus.Cli.Commands;
using Modus.Cli.Shell;
using Xunit;

namespace Modus.EndToEnd;

/// <summary>What help pages promise, kept.</summary>
public sealed class HelpTests
{
    private static readonly List<(string Path, ModusCommand Command)> commands = [.. Walk(CommandTree.Build(), "modus")];

    public static IEnumerable<TheoryDataRow<string, int>> Examples =>
        commands.SelectMany(command => command.Command.Examples).DistinctBy(example => example.Line).Select(example => new TheoryDataRow<string, int>(example.Line, example.ExitCode)
        {
            Skip = example.IsSlow && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("MODUS_TEST_SLOW")) ? "takes a minute or more: set MODUS_TEST_SLOW to run it" : null,
        });

    public static TheoryData<string> Commands => [.. commands.Select(command => command.Path)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_example_runs_as_printed(string line, int code)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the examples are lines for a POSIX shell");
        using var modus = new ModusProgram();
        modus.Bring("samples");
        modus.Bring("rules");

        var ended = modus.Shell(line);

        Assert.True(ended.Code == code, $"{line}\nended with {ended.Code} instead of {code}\n{ended.Error}");
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_explains_itself(string path)
    {
        var command = commands.Single(entry => entry.Path == path).Command;

        Assert.False(string.IsNullOrWhiteSpace(command.Description));
        Assert.True(command.Examples.Count >= 2, $"'{path}' needs at least two examples");
        Assert.All(command.Examples, example => Assert.Contains(path, example.Line, StringComparison.Ordinal));
        Assert.All(command.Options, option => Assert.False(string.IsNullOrWhiteSpace(option.Description), option.Name));
        Assert.All(command.Arguments, argument => Assert.False(string.IsNullOrWhiteSpace(argument.Description), argument.Name));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_call_that_names_a_command_makes_it_with_what_is_above_and_below_it_and_no_other(string path)
    {
        var made = Walk(CommandTree.Build(path.Split(' ').AsSpan(1)), "modus").ToList();

        Assert.Equal(commands.Where(entry => IsWithin(entry.Path, path) || IsWithin(path, entry.Path)).Select(entry => (entry.Path, entry.Command.GetType())), made.Select(entry => (entry.Path, entry.Command.GetType())));
    }

    private static bool IsWithin(string path, string above) => path == above || path.StartsWith(above + " ", StringComparison.Ordinal);

    private static IEnumerable<(string Path, ModusCommand Command)> Walk(Command command, string path)
    {
        if (command is ModusCommand own) yield return (path, own);
        foreach (var below in command.Subcommands)
            foreach (var found in Walk(below, $"{path} {below.Name}")) yield return found;
    }
}
