using Modus.Casework.Cases;
using Modus.Casework.Inputs;
using Modus.Casework.Workspaces;

namespace Modus.Casework.Defence;

/// <summary>What a workspace knows of its defence: the folder for it, and what was taken into its cases.</summary>
/// <param name="Paths">The folder <c>defence</c> where it holds something, then inventories and exercises of the cases, in the order they arrived: absolute paths.</param>
/// <param name="Rules">Rules of the cases: claimed until an inventory says that they run.</param>
/// <param name="Problems">Files that are gone, or are no longer what was taken in.</param>
public sealed record WorkspaceDefence(IReadOnlyList<string> Paths, IReadOnlyList<string> Rules, IReadOnlyList<CaseProblem> Problems)
{
    /// <summary>The folder of a workspace that its defence is read from.</summary>
    public const string Folder = "defence";

    /// <summary>True where nothing is known.</summary>
    public bool IsEmpty => Paths.Count == 0 && Rules.Count == 0;

    /// <summary>Gathers.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="evidence">The evidence of its cases.</param>
    public static WorkspaceDefence Of(Workspace workspace, IEnumerable<EvidenceRecord> evidence)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(evidence);
        var (paths, rules, problems) = (new List<string>(), new List<string>(), new List<CaseProblem>());
        var folder = Path.GetFullPath(workspace.PathOf(Folder));
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()) paths.Add(folder);
        foreach (var item in evidence.Where(item => item.Type is EvidenceKind.Inventory or EvidenceKind.Exercises or EvidenceKind.Rules)
            .OrderBy(item => item.Arrived).ThenBy(item => item.Path, StringComparer.Ordinal).DistinctBy(item => item.Sha256))
        {
            if (PathOf(workspace, item, problems) is not { } path || paths.Count > 0 && path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)) continue;
            (item.Type == EvidenceKind.Rules ? rules : paths).Add(path);
        }
        return new(paths, rules, problems);
    }

    /// <summary>The copy that the workspace keeps, else the file where it lay: as it is today, with a word where it changed.</summary>
    private static string? PathOf(Workspace workspace, EvidenceRecord item, List<CaseProblem> problems)
    {
        var path = Path.GetFullPath(workspace.PathOf(item.Path));
        try
        {
            if (File.Exists(path))
            {
                // An inventory is looked after: what it says today counts. The reader should know that it is not what was taken in.
                if (FileHash.Of(path) != item.Sha256) problems.Add(new CaseProblem(DefenceCodes.Unreadable, $"it changed since it was taken in as {item.Id}: what it says now counts", path, Fix: "take it in again: modus ingest FILE", Lost: false));
                return path;
            }
            // A kept copy has no name that tells its format: the reader of a defence goes by names.
            problems.Add(new CaseProblem(DefenceCodes.Unreadable, $"it is gone: {item.Id} was taken in from there{(item.Kept is { } kept ? $"; a copy is {kept}" : "")}", path, Fix: item.Kept is null ? "take it in again: modus ingest FILE" : $"put the copy back: cp {item.Kept} {item.Path}"));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            problems.Add(new CaseProblem(DefenceCodes.Unreadable, $"cannot be read: {problem.Message}", path));
        }
        return null;
    }
}
