using System.Text;
using Modus.Casework.Cases;
using Modus.Casework.Ingest;
using Modus.Casework.Workspaces;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Cases;

/// <summary>The zones of times that have none: from the call, from <c>modus.yaml</c>, or from the person at the terminal.</summary>
internal sealed class ZoneAnswers
{
    private const int LongestAnswer = 200;

    private readonly Invocation run;
    private readonly Workspace? workspace;
    private readonly List<ZoneAnswer> given = [];
    private readonly List<ZoneAnswer> fresh = [];
    private readonly Dictionary<string, string> asked = new(StringComparer.Ordinal);
    private readonly string? forAll;

    /// <param name="run">The run.</param>
    /// <param name="workspace">The workspace that remembers; null outside of one.</param>
    /// <param name="options">The values of <c>--zone</c>.</param>
    /// <exception cref="CommandFailure">A zone that this system does not know.</exception>
    public ZoneAnswers(Invocation run, Workspace? workspace, IEnumerable<string> options)
    {
        (this.run, this.workspace) = (run, workspace);
        foreach (var option in options)
        {
            var mark = option.LastIndexOf('=');
            var zone = mark < 0 ? option : option[(mark + 1)..];
            if (Zones.Read(zone) is null) throw CommandFailure.Usage(CaseRuleCodes.BadValue, $"'{zone}' is no time zone that this system knows", "write an IANA name such as Europe/Berlin, UTC, or an offset such as +01:00");
            if (mark < 0) forAll = zone;
            else given.Add(new ZoneAnswer(option[..mark], zone));
        }
    }

    /// <summary>The zone of a file, or of the member of an archive (<c>archive!member</c>); null where nobody said. Readers ask on several threads.</summary>
    public string? Of(string file)
    {
        lock (fresh) return Look(file.IndexOf('!', StringComparison.Ordinal) is var mark and > 0 && !File.Exists(file) ? file[..mark] : file);
    }

    private string? Look(string file)
    {
        var relative = Relative(file);
        var named = given.LastOrDefault(answer => Matches(answer.File, relative))?.Zone ?? forAll;
        if (named is null) return asked.GetValueOrDefault(relative) ?? workspace?.ZoneOf(file);
        if (workspace is not null && workspace.ZoneOf(file) != named) fresh.Add(new ZoneAnswer(relative, named));
        return named;
    }

    /// <summary>Asks the person at the terminal.</summary>
    public string? Ask(string file, string written)
    {
        for (var attempt = 0; attempt < 3; attempt++)
        {
            run.Terminal.Error.Write($"{SafeText.ForTerminal(file)} writes times without a zone (the first is {written}). Which zone is it? [UTC, Europe/Berlin, +01:00; empty leaves the file out] ");
            var answer = ReadLine();
            if (answer.Length == 0) return null;
            if (Zones.Read(answer) is not null)
            {
                fresh.Add(new ZoneAnswer(Relative(file), answer));
                asked[Relative(file)] = answer;
                return answer;
            }
            run.Terminal.Error.WriteLine($"'{SafeText.ForTerminal(answer)}' is no time zone that this system knows.");
        }
        return null;
    }

    /// <summary>Writes new answers into the workspace's file.</summary>
    public void Remember()
    {
        if (workspace is not { } known) return;
        foreach (var answer in fresh.Distinct()) known = known.Remember(answer);
    }

    /// <summary>People name a file as they see it: by its name, its path from here, or a pattern.</summary>
    private bool Matches(string pattern, string relative) =>
        System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, relative, ignoreCase: false)
        || System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, Path.GetFileName(relative), ignoreCase: false)
        || Relative(run.PathOf(pattern)) == relative;

    private string Relative(string file) => workspace?.Relative(file) ?? Path.GetFullPath(file).Replace('\\', '/');

    private string ReadLine()
    {
        var bytes = new List<byte>();
        for (int read; bytes.Count < LongestAnswer && (read = run.Terminal.In.ReadByte()) >= 0 && read != '\n';) bytes.Add((byte)read);
        return Encoding.UTF8.GetString([.. bytes]).Trim();
    }
}
