namespace Modus.Casework.Inputs;

/// <summary>A file to read, as the user may name it.</summary>
/// <param name="Path">Where it is, as given or found below a given folder.</param>
/// <param name="Length">Its size in bytes.</param>
public sealed record InputFile(string Path, long Length);

/// <summary>Finds the files behind paths: files themselves, and everything below folders, in one defined order.</summary>
public static class InputDiscovery
{
    /// <summary>Finds the files. What cannot be opened becomes a problem; the rest is found all the same.</summary>
    /// <param name="paths">Files and folders.</param>
    /// <param name="limits">Limits; the default ones where null.</param>
    /// <param name="problems">Takes what was met.</param>
    /// <returns>Each file once, folders walked in ordinal order of their names. Names that begin with a dot are left out.</returns>
    public static IReadOnlyList<InputFile> Find(IEnumerable<string> paths, InputLimits? limits, ICollection<CaseProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(problems);
        var walk = new Walk(limits ?? InputLimits.Default, problems);
        foreach (var path in paths) walk.Take(path);
        return walk.Files;
    }

    private sealed class Walk(InputLimits limits, ICollection<CaseProblem> problems)
    {
        private readonly HashSet<string> seen = new(StringComparer.Ordinal);
        private bool full;

        public List<InputFile> Files { get; } = [];

        public void Take(string path)
        {
            if (Directory.Exists(path))
            {
                var before = Files.Count;
                var complaints = problems.Count;
                Descend(path, 0);
                if (Files.Count == before && problems.Count == complaints)
                    problems.Add(new CaseProblem(CaseProblemCodes.EmptyFolder, "the folder holds no file", path));
            }
            else
            {
                Add(path);
            }
        }

        private void Descend(string folder, int depth)
        {
            if (depth > limits.FolderDepth)
            {
                problems.Add(new CaseProblem(CaseProblemCodes.TooMuch, $"more than {limits.FolderDepth} folders inside each other; not read further", folder));
                return;
            }
            string[] entries;
            try
            {
                entries = Directory.GetFileSystemEntries(folder);
            }
            catch (Exception problem) when (problem is UnauthorizedAccessException or IOException)
            {
                problems.Add(new CaseProblem(CaseProblemCodes.Forbidden, $"the folder cannot be read: {problem.Message}", folder, Fix: "check its permissions"));
                return;
            }
            Array.Sort(entries, StringComparer.Ordinal);
            foreach (var entry in entries)
            {
                if (full) return;
                if (Path.GetFileName(entry).StartsWith('.')) continue;
                var info = new DirectoryInfo(entry);
                // A link to a folder could lead in a circle or out of what was given.
                if (info.Exists && info.LinkTarget is null) Descend(entry, depth + 1);
                else if (!info.Exists) Add(entry);
            }
        }

        private void Add(string path)
        {
            if (full || !seen.Add(Path.GetFullPath(path))) return;
            if (Files.Count >= limits.Files)
            {
                full = true;
                problems.Add(new CaseProblem(CaseProblemCodes.TooMuch, $"more than {limits.Files:N0} files; the rest was left out", path, Fix: "give fewer folders at once"));
                return;
            }
            try
            {
                var info = new FileInfo(path);
                var target = info.LinkTarget is null ? info : info.ResolveLinkTarget(returnFinalTarget: true) as FileInfo;
                if (target is null || !target.Exists)
                {
                    var why = info.LinkTarget is null ? "there is no such file or folder" : $"the link leads nowhere ({info.LinkTarget})";
                    problems.Add(new CaseProblem(CaseProblemCodes.Missing, why, path));
                    return;
                }
                Files.Add(new InputFile(path, target.Length));
            }
            catch (Exception problem) when (problem is UnauthorizedAccessException or IOException)
            {
                problems.Add(new CaseProblem(CaseProblemCodes.Forbidden, $"cannot be read: {problem.Message}", path));
            }
        }
    }
}
