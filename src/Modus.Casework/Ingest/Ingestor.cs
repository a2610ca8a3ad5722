using Modus.Attack;
using Modus.Casework.Cases;
using Modus.Casework.Indicators;
using Modus.Casework.Inputs;
using Modus.Casework.Investigation;
using Modus.Casework.LogHoles;
using Modus.Casework.Store;
using Modus.Casework.Workspaces;

namespace Modus.Casework.Ingest;

/// <summary>Takes evidence into a case: reads it, recognises what is known, and writes evidence, procedures and gaps in one change.</summary>
public sealed class Ingestor
{
    // Each turn in vain means that somebody else's ingest came through meanwhile.
    private const int MostTurns = 100;

    private const string New = "new", Known = "known", SkippedState = "skipped";

    private readonly CaseBook book;
    private readonly CaseRecord target;
    private readonly KnowledgeAtHand knowledge;
    private readonly IngestOptions options;
    private readonly List<CaseProblem> problems = [];
    private readonly List<IngestedInput> inputs = [];
    private readonly Dictionary<string, (int Input, string Sha256, long Bytes)> reading = new(StringComparer.Ordinal);
    private readonly List<FoundIndicator> ofRules = [];
    private readonly Dictionary<string, string> ruleFiles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> zones = new(StringComparer.Ordinal);

    private Ingestor(CaseBook book, CaseRecord target, KnowledgeAtHand knowledge, IngestOptions options) =>
        (this.book, this.target, this.knowledge, this.options) = (book, target, knowledge, options);

    /// <summary>Takes files and folders into a case.</summary>
    /// <param name="paths">What was given.</param>
    /// <param name="book">The records.</param>
    /// <param name="target">The case.</param>
    /// <param name="knowledge">The releases of ATT&amp;CK to speak and understand.</param>
    /// <param name="options">How.</param>
    /// <param name="stop">Stops between two inputs; nothing is written then.</param>
    /// <returns>What was done. Bad input never throws: it is named among the problems, and the rest is taken.</returns>
    /// <exception cref="CaseRuleException">The case is closed, or somebody changed the same records in between.</exception>
    public static IngestResult Run(IEnumerable<string> paths, CaseBook book, CaseRecord target, KnowledgeAtHand knowledge, IngestOptions options, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(knowledge);
        ArgumentNullException.ThrowIfNull(options);
        if (target.Status == CaseStatus.Closed) throw new CaseRuleException(CaseRuleCodes.CaseClosed, $"{target.Id} is closed", $"open it again: modus case close {target.Id} --reopen");
        return new Ingestor(book, target, knowledge, options).Run(paths, stop);
    }

    private IngestResult Run(IEnumerable<string> paths, CancellationToken stop)
    {
        var files = InputDiscovery.Find(paths, options.Limits, problems);
        foreach (var problem in problems.Where(problem => problem.Code != CaseProblemCodes.TooMuch))
            inputs.Add(new IngestedInput(problem.File, "", "", SkippedState, problem.Message, null));
        var there = book.List<EvidenceRecord>(target.Id).ToDictionary(item => item.Id, StringComparer.Ordinal);
        var records = new List<EvidenceRecord>();
        foreach (var file in files)
        {
            stop.ThrowIfCancellationRequested();
            Look(file, there, records);
        }

        var result = Investigator.Run(reading.Keys, knowledge, new InvestigationOptions
        {
            Limits = options.Limits,
            Rules = options.Rules,
            RulePack = options.RulePack,
            Compile = options.Compile,
            LeastProbability = options.LeastProbability,
            Progress = options.Progress,
            As = options.As,
            WatchActivity = true,
            IndicatorsAt = book.Now,
            Logs = new Modus.Logs.LogReadOptions { ZoneOf = Zones.Reader(file => zones.GetValueOrDefault(PlainName(file))), DayFirst = options.DayFirst },
        }, stop);
        problems.AddRange(result.Problems);
        return Write(result, records);
    }

    /// <summary>Decides on one file before it is read in full: known, not for the investigator, or to be read.</summary>
    private void Look(InputFile file, Dictionary<string, EvidenceRecord> there, List<EvidenceRecord> records)
    {
        string sha256;
        InputKind kind;
        try
        {
            if (file.Length == 0)
            {
                Skip(file, CaseProblemCodes.EmptyFile, "the file is empty");
                return;
            }
            sha256 = FileHash.Of(file.Path);
            kind = options.As ?? InputRecognition.Tell(file, LogRecognition.IsLog, options.Limits);
        }
        catch (InvalidDataException problem)
        {
            Skip(file, CaseProblemCodes.BadCompression, problem.Message, "unpack the file and look at it first");
            return;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            Skip(file, CaseProblemCodes.Forbidden, $"cannot be read: {problem.Message}", "check its permissions");
            return;
        }

        var id = CaseIds.OfEvidence(target.Id, sha256);
        // After a merge of cases the same bytes may be there under another id.
        var old = there.GetValueOrDefault(id) ?? there.Values.FirstOrDefault(record => record.Sha256 == sha256);
        if (old is not null && (!options.Again || old.Id != id))
        {
            inputs.Add(new IngestedInput(file.Path, RecordJson.WordOf(old.Type), old.Format, Known, $"the case holds these bytes as {old.Id}, taken in from {old.Path}", old.Id));
            return;
        }
        if (reading.FirstOrDefault(pair => pair.Value.Sha256 == sha256) is { Key: { } twin } || records.Find(record => record.Sha256 == sha256) is { Path: var path } && (twin = path) is not null)
        {
            inputs.Add(new IngestedInput(file.Path, "", "", Known, $"the same bytes as {twin}", id));
            return;
        }
        if (Material.Read(file.Path, kind, options.As is not null) is { } material)
        {
            problems.AddRange(material.Problems);
            if (material.Used == 0 && material.Problems.Count > 0)
            {
                inputs.Add(new IngestedInput(file.Path, RecordJson.WordOf(material.Type), material.Format, SkippedState, material.Summary, null));
                return;
            }
            ofRules.AddRange(material.Indicators);
            ruleFiles[file.Path] = id;
            inputs.Add(new IngestedInput(file.Path, RecordJson.WordOf(material.Type), material.Format, New, material.Summary, id));
            records.Add(Start(file.Path, id, sha256, file.Length, material.Type) with { Format = material.Format, Summary = material.Summary, Used = material.Used, Skipped = material.Skipped });
            return;
        }
        if (kind == InputKind.Logs && !KnowsZone(file)) return;
        reading[file.Path] = (inputs.Count, sha256, file.Length);
        inputs.Add(new IngestedInput(file.Path, "", "", SkippedState, "", id));
    }

    /// <summary>Sees to it that times without a zone have one: asks once, and leaves the file out where nobody answers.</summary>
    private bool KnowsZone(InputFile file)
    {
        if (Zones.FirstWithout(file.Path) is not { } written) return true;
        var zone = options.ZoneOf(file.Path);
        if (zone is null && options.AskZone?.Invoke(file.Path, written) is { Length: > 0 } answer) zone = answer;
        if (zone is null)
        {
            Skip(file, CaseRuleCodes.ZoneNeeded, $"its times have no zone (the first is {written}), and nothing says which is meant", $"name it once: --zone {Path.GetFileName(file.Path)}=Europe/Berlin (or UTC, or +01:00); it is remembered in {Workspace.FileName}");
            return false;
        }
        zones[file.Path] = zone;
        return true;
    }

    private IngestResult Write(InvestigationResult result, List<EvidenceRecord> records)
    {
        var ids = reading.ToDictionary(pair => pair.Key, pair => CaseIds.OfEvidence(target.Id, pair.Value.Sha256), StringComparer.Ordinal);
        var names = knowledge.Targets.SelectMany(release => release.Techniques).DistinctBy(technique => technique.Id).ToDictionary(technique => technique.Id, technique => technique.FullName, StringComparer.Ordinal);
        var observations = new Observations(ids, names);
        foreach (var finding in result.Techniques) observations.Add(finding);

        foreach (var input in result.Inputs)
        {
            var (index, sha256, bytes) = reading[input.File];
            var type = TypeOf(input.Kind);
            inputs[index] = new IngestedInput(input.File, type is { } word ? RecordJson.WordOf(word) : "", input.Format, input.Used ? New : SkippedState, input.Summary, input.Used ? ids[input.File] : null);
            if (input.Used && type is { } kind) records.Add(Fill(Start(input.File, ids[input.File], sha256, bytes, kind), input, result, observations));
        }

        for (var turn = 0; ; turn++)
        {
            if (Join(result, records, observations.Found, ids) is { } done) return done;
            // Somebody else wrote to the case since it was read: what belongs together is looked at again, with theirs.
            if (turn == MostTurns) throw new CaseRuleException(CaseRuleCodes.Conflict, $"others keep writing to {target.Id}; nothing was written", "ingest again when they are done");
        }
    }

    /// <summary>Joins what was read with what the case holds now, and writes it; null where the case changed on the way.</summary>
    private IngestResult? Join(InvestigationResult result, List<EvidenceRecord> read, IReadOnlyList<Observation> found, Dictionary<string, string> ids)
    {
        var sequence = book.Store.LastSequence;
        var there = book.List<EvidenceRecord>(target.Id).ToDictionary(item => item.Id, StringComparer.Ordinal);
        var known = options.Again ? [] : TakenMeanwhile(read, there);
        var records = read.Where(record => !known.Contains(record.Id)).ToList();
        // Read again, evidence keeps how it came in.
        for (var index = 0; index < records.Count; index++)
            if (there.TryGetValue(records[index].Id, out var old))
                records[index] = records[index] with { Version = old.Version, Path = old.Path, Kept = records[index].Kept ?? old.Kept, Arrived = old.Arrived, By = old.By, Tlp = options.Tlp ?? old.Tlp, Source = options.Source.Length > 0 ? options.Source : old.Source };

        var merge = new ProcedureMerge(target.Id, result.Release.Version, book.Actor, book.List<ProcedureRecord>(target.Id));
        merge.Add(found.Where(item => !known.Contains(item.EvidenceId)));
        var gaps = result.Activity is { } activity ? HoleGaps.Of(HoleFinder.Find(activity), target.Id, book.Actor, file => ids.GetValueOrDefault(PlainName(file)), knowledge.Targets) : [];
        var newGaps = gaps.Where(gap => book.Find<GapRecord>(gap.Id) is null).ToList();
        var indicators = IndicatorsOf(result, there, records, merge, ids, known);
        var now = book.Find<CaseRecord>(target.Id) ?? target;
        var changed = now with { Release = now.Release ?? result.Release.Version, Tlp = Strictest(now.Tlp, options.Tlp) };

        var set = 0L;
        if (!options.DryRun && records.Count > 0)
        {
            if (options.Keep) Keep(records);
            var all = new List<ICaseRecord>();
            if (changed != now) all.Add(changed);
            all.AddRange(records);
            all.AddRange(merge.Added);
            all.AddRange(merge.Changed);
            all.AddRange(newGaps);
            all.AddRange(indicators);
            if (book.SaveUnlessMoved(target.Id, sequence, FormattableString.Invariant($"ingest of {records.Count} {(records.Count == 1 ? "file" : "files")} into {target.Id}"), all) is not { } saved) return null;
            set = saved.ChangeSet;
        }
        return new IngestResult { Case = changed, Inputs = inputs, Problems = problems, Added = merge.Added, Changed = merge.Changed, Gaps = newGaps, Indicators = indicators, ChangeSet = set };
    }

    /// <summary>The evidence that the case did not hold when it was read, and holds now.</summary>
    private HashSet<string> TakenMeanwhile(List<EvidenceRecord> read, Dictionary<string, EvidenceRecord> there)
    {
        var known = read.Where(record => there.ContainsKey(record.Id)).Select(record => record.Id).ToHashSet(StringComparer.Ordinal);
        for (var index = 0; index < inputs.Count; index++)
            if (inputs[index] is { State: New, EvidenceId: { } id } && known.Contains(id))
                inputs[index] = inputs[index] with { State = Known, Summary = $"the case holds these bytes as {id}, taken in from {there[id].Path}" };
        return known;
    }

    private IReadOnlyList<IndicatorRecord> IndicatorsOf(
        InvestigationResult result, Dictionary<string, EvidenceRecord> there, List<EvidenceRecord> records, ProcedureMerge merge, Dictionary<string, string> ids, HashSet<string> known)
    {
        var evidence = there.Values.Concat(records).GroupBy(record => record.Id, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Last(), StringComparer.Ordinal);
        var joined = new IndicatorMerge(
            target.Id, book.List<IndicatorRecord>(target.Id), evidence, EvidenceOf, merge.All, options.Workspace.DaysOf);
        joined.Add(result.Indicators.Concat(ofRules).Where(found => EvidenceOf(found.File) is not { } id || !known.Contains(id)));
        return joined.Written;

        string? EvidenceOf(string file) => ids.GetValueOrDefault(PlainName(file)) ?? ruleFiles.GetValueOrDefault(file);
    }

    private EvidenceRecord Start(string file, string id, string sha256, long bytes, EvidenceKind type) => new()
    {
        Id = id,
        CaseId = target.Id,
        Type = type,
        Sha256 = sha256,
        Bytes = bytes,
        Path = options.Workspace.Relative(file),
        Kept = options.Keep ? $"{Workspace.KeptFolder}/{sha256}" : null,
        Source = options.Source,
        Arrived = book.Now,
        By = book.Actor,
        Tlp = options.Tlp,
        Zone = zones.GetValueOrDefault(file),
    };

    private static EvidenceRecord Fill(EvidenceRecord record, InputRead input, InvestigationResult result, Observations observations)
    {
        var series = result.Activity?.Series.Where(item => PlainName(item.File) == input.File).ToList() ?? [];
        return record with
        {
            Format = input.Format,
            Summary = input.Summary,
            Used = record.Type == EvidenceKind.Logs ? series.Sum(item => item.Events) : observations.Found.Count(item => (item.Quote?.EvidenceId ?? item.Claim?.EvidenceId) == record.Id),
            Skipped = input.SkippedRecords,
            First = series.Min(item => item.First),
            Last = series.Max(item => item.Last),
            Hosts = [.. series.Select(item => item.Host).Where(host => host.Length > 0).Distinct().Order(StringComparer.Ordinal)],
            Sources = [.. series.Select(item => item.Source).Distinct().Order(StringComparer.Ordinal)],
            Asides = observations.Asides.GetValueOrDefault(record.Id, []),
        };
    }

    private void Keep(List<EvidenceRecord> records)
    {
        Directory.CreateDirectory(options.Workspace.PathOf(Workspace.KeptFolder));
        foreach (var record in records.Where(record => record.Kept is not null))
        {
            var to = options.Workspace.PathOf(record.Kept!);
            if (!File.Exists(to)) File.Copy(options.Workspace.PathOf(record.Path), to);
        }
    }

    private void Skip(InputFile file, string code, string why, string? fix = null)
    {
        problems.Add(new CaseProblem(code, why, file.Path, Fix: fix));
        inputs.Add(new IngestedInput(file.Path, "", "", SkippedState, why, null));
    }

    private static string PlainName(string file)
    {
        var mark = file.IndexOf('!', StringComparison.Ordinal);
        return mark < 0 ? file : file[..mark];
    }

    private static EvidenceKind? TypeOf(InputKind kind) => kind switch
    {
        InputKind.Report => EvidenceKind.Report,
        InputKind.Layer => EvidenceKind.Layer,
        InputKind.Stix => EvidenceKind.Stix,
        InputKind.Logs => EvidenceKind.Logs,
        _ => null,
    };

    private static string? Strictest(string? left, string? right) => TlpWords.Rank(right) > TlpWords.Rank(left) ? right : left;
}
