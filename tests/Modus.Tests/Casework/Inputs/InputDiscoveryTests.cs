using Modus.Casework;
using Modus.Casework.Inputs;
using Xunit;

namespace Modus.Tests.Casework.Inputs;

public sealed class InputDiscoveryTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<CaseProblem> problems = [];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Walks_folders_in_one_order_and_leaves_hidden_files_out()
    {
        folder.Write("b.txt", "1");
        folder.Write("a/z.txt", "1");
        folder.Write("a/.hidden", "1");
        folder.Write(".git/config", "1");

        Assert.Equal(["a/z.txt", "b.txt"], Find(folder.Path));
        Assert.Empty(problems);
    }

    [Fact]
    public void Takes_a_file_once_however_often_it_is_given()
    {
        var file = folder.Write("a.txt", "1");

        Assert.Equal(["a.txt"], Find(file, folder.Path, Path.Combine(folder.Path, ".", "a.txt")));
    }

    [Fact]
    public void Names_what_is_missing_empty_or_dangling()
    {
        var empty = Directory.CreateDirectory(Path.Combine(folder.Path, "empty")).FullName;
        File.CreateSymbolicLink(Path.Combine(folder.Path, "link"), Path.Combine(folder.Path, "nowhere"));

        Assert.Empty(Find(empty, Path.Combine(folder.Path, "link"), Path.Combine(folder.Path, "absent.txt")));
        Assert.Equal(
            [CaseProblemCodes.EmptyFolder, CaseProblemCodes.Missing, CaseProblemCodes.Missing],
            problems.Select(problem => problem.Code));
        Assert.Contains("leads nowhere", problems[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Does_not_follow_links_to_folders_and_so_never_runs_in_a_circle()
    {
        folder.Write("a.txt", "1");
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "circle"), folder.Path);

        Assert.Equal(["a.txt"], Find(folder.Path).Where(path => path == "a.txt"));
        Assert.DoesNotContain(Find(folder.Path), path => path.StartsWith("circle/", StringComparison.Ordinal));
    }

    [Fact]
    public void Goes_on_past_a_folder_without_permission()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.UserName == "root", "needs a user whom permissions stop");
        folder.Write("a.txt", "1");
        var closed = Directory.CreateDirectory(Path.Combine(folder.Path, "closed")).FullName;
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(closed, UnixFileMode.None);

        Assert.Equal(["a.txt"], Find(folder.Path));
        Assert.Equal(CaseProblemCodes.Forbidden, Assert.Single(problems).Code);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(closed, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public void Stops_at_the_limits_and_says_so()
    {
        for (var number = 0; number < 5; number++) folder.Write($"{number}.txt", "1");
        folder.Write("deep/er/est/x.txt", "1");

        var found = InputDiscovery.Find([folder.Path], new InputLimits { Files = 3, FolderDepth = 1 }, problems);

        Assert.Equal(3, found.Count);
        Assert.Contains(problems, problem => problem.Code == CaseProblemCodes.TooMuch && problem.Message.Contains("files", StringComparison.Ordinal));
    }

    private IEnumerable<string> Find(params string[] paths) =>
        InputDiscovery.Find(paths, null, problems).Select(file => Path.GetRelativePath(folder.Path, file.Path).Replace('\\', '/')).ToList();
}
