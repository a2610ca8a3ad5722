using Modus.SampleCase.Cloud;
using Modus.SampleCase.Linux;
using Modus.SampleCase.Windows;

namespace Modus.SampleCase;

/// <summary>Builds all files of the case from a seed.</summary>
public static class CaseBuilder
{
    /// <summary>The seed of the shipped case.</summary>
    public const ulong Seed = 20260309;

    /// <summary>Events from Windows.</summary>
    public const int WindowsEvents = 48_000;

    public static IReadOnlyList<CaseFile> Build(ulong seed)
    {
        var files = new List<CaseFile>();
        Logs(files, seed);
        Reports.ReportFiles.AddTo(files);
        Defence.DefenceTexts.AddTo(files);
        Rules.RuleFixtures.AddTo(files);
        files.Add(Story.CaseExpectation.ToFile());
        foreach (var (name, text) in Rules.RuleTexts.All) files.Add(CaseFile.Text($"rules/{name}.yml", text));
        files.AddRange(Rules.RuleExpectation.All.Select(rule => rule.ToFile()));
        return files;
    }

    private static void Logs(List<CaseFile> files, ulong seed)
    {
        var attack = new Attack(Rng.For(seed, "attack")).All();
        var noise = new Background(Rng.For(seed, "noise")).All(WindowsEvents - attack.Count);
        var windows = WinWriter.Order(attack.Concat(noise));
        var labels = windows.Index().Where(e => e.Item.Story is not null).Select(e => new Label(e.Index + 1, e.Item.Story!)).ToList();
        Add(new CaseFile("logs/win-events.jsonl.gz", CaseFile.Gzip(WinWriter.Lines(windows))), new Truth(windows.Count, labels));
        var (evtx, slice) = EvtxFile.Write(windows);
        Add(new CaseFile("logs/wks-0417.evtx", evtx), slice);
        var linux = new LinuxLogs(seed);
        foreach (var (file, truth) in new[]
        {
            linux.Audit(), linux.Auth(), linux.Syslog(), new CloudTrail(seed).Write(), new Entra(seed).Write(), new UnifiedAudit(seed).Write(), new Firewall(seed).Write(),
        })
        {
            Add(file, truth);
        }

        void Add(CaseFile file, Truth truth)
        {
            files.Add(file);
            files.Add(truth.ToFile(file.Path));
        }
    }
}
