using System.Text;
using Modus.Attack;
using Modus.Attack.Layers;
using Modus.Attack.Projection;
using Modus.Casework.Cases;

namespace Modus.Casework.Upgrades;

/// <summary>One mapping of a workspace that changes, or that a person has to decide on.</summary>
/// <param name="What"><c>procedure</c>, <c>rule tag</c> or <c>layer entry</c>.</param>
/// <param name="Place">The record's id, or the file with the line or entry.</param>
/// <param name="Before">Technique or tag as it is.</param>
/// <param name="After">What it becomes; the same where a person has to decide.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Reason">Why.</param>
/// <param name="IsSettled">False where a person has to decide.</param>
public sealed record UpgradeItem(string What, string Place, string Before, string After, Verdict Verdict, string Reason, bool IsSettled);

/// <summary>A file of a workspace before and after.</summary>
/// <param name="Path">The path, relative to the workspace.</param>
/// <param name="Before">Its bytes.</param>
/// <param name="After">The bytes in the target release.</param>
public sealed record FileUpgrade(string Path, byte[] Before, byte[] After);

/// <summary>Everything that carrying a workspace to another release changes.</summary>
/// <param name="Target">The release.</param>
/// <param name="Items">Each mapping that changes or waits for a person.</param>
/// <param name="Files">Files that change.</param>
/// <param name="Procedures">Procedures that change, as they become.</param>
/// <param name="Looked">How many mappings were looked at.</param>
/// <param name="Problems">Files that could not be read or edited.</param>
public sealed record UpgradePlan(
    string Target, IReadOnlyList<UpgradeItem> Items, IReadOnlyList<FileUpgrade> Files, IReadOnlyList<ProcedureRecord> Procedures, int Looked, IReadOnlyList<CaseProblem> Problems);

/// <summary>Works out what a workspace becomes in another release: procedures, rule tags and Navigator layers.</summary>
/// <param name="knowledge">The releases at hand.</param>
/// <param name="domain">The domain of the rules and procedures; layers name their own.</param>
/// <param name="target">The release to go to.</param>
public sealed class WorkspaceUpgrade(KnowledgeBase knowledge, Domains domain, string target)
{
    /// <summary>A file that is larger is named and left.</summary>
    public const int MaxFileBytes = 64 * 1024 * 1024;

    private static readonly UTF8Encoding plain = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly List<UpgradeItem> items = [];
    private readonly List<FileUpgrade> files = [];
    private readonly List<CaseProblem> problems = [];
    private int looked;

    /// <summary>Makes the plan; nothing is written.</summary>
    /// <param name="folder">The workspace's folder.</param>
    /// <param name="paths">Files and folders in it to look at, relative to it.</param>
    /// <param name="procedures">The procedures of its cases.</param>
    /// <param name="from">The release of rules, and of layers that state none; null to work it out from their ids.</param>
    public UpgradePlan Plan(string folder, IEnumerable<string> paths, IEnumerable<ProcedureRecord> procedures, string? from = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(procedures);
        var found = paths.SelectMany(path => Files(folder, path)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        Rules(folder, [.. found.Where(path => path.EndsWith(".yml", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase))], from);
        foreach (var path in found.Where(path => path.EndsWith(".json", StringComparison.OrdinalIgnoreCase))) Layer(folder, path, from);
        var changed = procedures.Where(procedure => procedure.Status != ProcedureStatus.Rejected && procedure.Release != target).Select(Procedure).OfType<ProcedureRecord>().ToList();
        return new UpgradePlan(target, items, files, changed, looked, problems);
    }

    private void Rules(string folder, List<string> paths, string? from)
    {
        var texts = new List<(string Path, byte[] Bytes, string Text)>();
        foreach (var path in paths)
            if (Bytes(folder, path) is { } bytes && Text(bytes) is { } text && text.Contains("detection", StringComparison.Ordinal)) texts.Add((path, bytes, text));
        if (texts.Count == 0 || Projector(domain, from, texts.SelectMany(file => RuleUpgrade.TechniqueIds(file.Text))) is not { } projector) return;
        var upgrade = new RuleUpgrade(projector);
        foreach (var (path, bytes, text) in texts)
        {
            var result = upgrade.Upgrade(text, path);
            if (result.Problem is { } problem) problems.Add(problem);
            looked += result.Rules;
            items.AddRange(result.Tags.Select(tag => new UpgradeItem("rule tag", $"{path}:{tag.Line}", tag.Before, string.Join(' ', tag.After), tag.Verdict, tag.Reason, tag.IsSettled)));
            if (result.Text == text) continue;
            var mark = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.GetPreamble() : [];
            files.Add(new FileUpgrade(path, bytes, [.. mark, .. plain.GetBytes(result.Text)]));
        }
    }

    private void Layer(string folder, string path, string? from)
    {
        if (Bytes(folder, path) is not { } bytes) return;
        var read = LayerReader.Read(bytes, path);
        if (read.Layers.Count == 0) return; // some other JSON
        var after = new List<Layer>();
        foreach (var layer in read.Layers)
        {
            looked += layer.Techniques.Count;
            var own = DomainNames.Parse(layer.Domain) is not Domains.None and var named ? named : domain;
            if (Projector(own, layer.Versions.Attack ?? from, layer.Techniques.Select(entry => entry.TechniqueId)) is not { } projector)
            {
                problems.Add(new CaseProblem(CaseProblemCodes.OtherRelease, $"No release {target} of {own.Name()} is at hand; the layer stays as it is.", path));
                return;
            }
            var upgrade = LayerUpgrade.Upgrade(layer, projector, path);
            after.Add(upgrade.Layer);
            items.AddRange(upgrade.Entries.Where(entry => !entry.Projection.IsSettled || entry.After?.TechniqueId != entry.Before.TechniqueId || entry.After?.Tactic != entry.Before.Tactic)
                .Select(entry => new UpgradeItem("layer entry", path, Cell(entry.Before.TechniqueId, entry.Before.Tactic),
                    entry.After is { } now ? Cell(now.TechniqueId, now.Tactic) : "", entry.Projection.Verdict, entry.Projection.Reason, entry.Projection.IsSettled)));
            if (projector.SourceVersion == target) after[^1] = layer;
        }
        if (after.SequenceEqual(read.Layers)) return; // of this release already: its bytes stay
        using var buffer = new MemoryStream();
        LayerWriter.Write(after, buffer);
        files.Add(new FileUpgrade(path, bytes, buffer.ToArray()));

        static string Cell(string technique, string? tactic) => tactic is null ? technique : $"{technique} {tactic}";
    }

    private ProcedureRecord? Procedure(ProcedureRecord procedure)
    {
        looked++;
        if (Projector(domain, procedure.Release.Length > 0 ? procedure.Release : null, [procedure.Technique]) is not { } projector) return null;
        var alone = projector.Project(new ProjectionQuestion(procedure.Technique));
        var tactics = procedure.Tactics.Select(tactic => projector.Project(new ProjectionQuestion(procedure.Technique, tactic))).ToList();
        var settled = alone.IsSettled && alone.Verdict != Verdict.SplitSuspected && tactics.All(answer => answer.IsSettled);
        var after = !settled ? procedure : procedure with
        {
            Technique = alone.TechniqueId!,
            Name = alone.Name ?? procedure.Name,
            Tactics = [.. tactics.Select(answer => answer.Tactic!).Distinct()],
            Release = target,
        };
        if (!settled || after.Technique != procedure.Technique || !after.Tactics.SequenceEqual(procedure.Tactics))
            items.Add(new UpgradeItem("procedure", procedure.Id, Line(procedure), Line(after), alone.Verdict, string.Join(' ', tactics.Select(answer => answer.Reason).Prepend(alone.Reason).Distinct()), settled));
        return settled ? after : null;

        static string Line(ProcedureRecord record) => string.Join(' ', record.Tactics.Prepend(record.Technique));
    }

    private Projector? Projector(Domains of, string? from, IEnumerable<string> ids) =>
        ProjectionSetup.Choose(knowledge, of, from, target, ids, out _)?.Projector;

    private static IEnumerable<string> Files(string folder, string path)
    {
        var full = Path.GetFullPath(Path.Combine(folder, path));
        var root = Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar;
        if (!(full + Path.DirectorySeparatorChar).StartsWith(root, StringComparison.Ordinal)) return [];
        if (File.Exists(full)) return [Path.GetRelativePath(folder, full)];
        if (!Directory.Exists(full)) return [];
        var all = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };
        return Directory.EnumerateFiles(full, "*", all).Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
            .Where(file => !file.StartsWith(".modus/", StringComparison.Ordinal));
    }

    private byte[]? Bytes(string folder, string path)
    {
        try
        {
            var full = Path.Combine(folder, path);
            if (new FileInfo(full).Length <= MaxFileBytes) return File.ReadAllBytes(full);
            problems.Add(new CaseProblem(CaseProblemCodes.TooMuch, $"The file has more than {MaxFileBytes:N0} bytes.", path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problems.Add(new CaseProblem(CaseProblemCodes.Forbidden, $"The file cannot be read: {error.Message}", path));
        }
        return null;
    }

    // A file in another encoding is not edited: its bytes could not all be kept.
    private static string? Text(byte[] bytes)
    {
        try
        {
            return plain.GetString(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsSpan(3) : bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
