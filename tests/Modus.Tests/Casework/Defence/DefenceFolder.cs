using Modus.Analysis.Coverage;
using Modus.Attack;
using Modus.Casework.Defence;

namespace Modus.Tests.Casework.Defence;

/// <summary>A folder with a defence, read as the commands read it.</summary>
internal sealed class DefenceFolder : IDisposable
{
    private static readonly KnowledgeBase releases = KnowledgeBase.Open();
    private readonly TemporaryFolder folder = new();

    public DefenceContext Context { get; } = Make();

    public static CoverageKnowledge Knowledge { get; } = CoverageKnowledge.Read(releases.Newest(Domains.Enterprise)!, Domains.Enterprise);

    public static DefenceContext Make(Domains domain = Domains.Enterprise)
    {
        var release = releases.Newest(domain)!;
        return new(CoverageKnowledge.Read(release, domain), release, () => [.. releases.Entries.Select(releases.Load).OfType<Release>()]);
    }

    public string Write(string name, string text)
    {
        var path = Path.Combine(folder.Path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public DefenceLoad Load(params string[] logs) => DefenceLoader.Load(Context, new() { Paths = [folder.Path], Logs = logs, NameOf = path => Path.GetRelativePath(folder.Path, path).Replace('\\', '/') });

    public void Dispose() => folder.Dispose();
}
