using Modus.Attack.Bundles;
using Modus.Attack.Snapshots;

namespace Modus.Attack.Install;

/// <summary>Converts bundles to snapshots in the user's cache, so that a release is read once only.</summary>
public static class Installer
{
    /// <summary>Reads one source and keeps it as a snapshot. Doing so again with the same data changes nothing.</summary>
    /// <param name="sources">Files, folders or http(s) addresses of bundles, which together form one release.</param>
    /// <param name="cacheFolder">The folder to keep it in.</param>
    /// <param name="options">What the caller knows of the data; null for nothing.</param>
    /// <param name="client">Fetches addresses; null makes a client with safe limits.</param>
    /// <param name="stop">Stops fetching and reading.</param>
    public static async Task<InstallResult> InstallAsync(
        IReadOnlyList<string> sources, string cacheFolder, ReadOptions? options = null, HttpClient? client = null, CancellationToken stop = default)
    {
        var problems = new List<Problem>();
        var files = new List<string>();
        var temporary = new List<string>();
        try
        {
            foreach (var source in sources)
            {
                if (!Download.IsAddress(source, out var address))
                {
                    files.Add(source);
                    continue;
                }
                var file = Path.GetTempFileName();
                temporary.Add(file);
                if (await Download.FetchAsync(address, file, options?.Limits ?? new ReadLimits(), client, stop).ConfigureAwait(false) is { } problem)
                    return new InstallResult(null, null, false, [problem], new Dictionary<string, int>());
                files.Add(file);
            }
            var read = BundleReader.Read(files, options, stop);
            problems.AddRange(read.Problems.Select(problem => WithSource(problem, files, sources)));
            if (read.Release is not { } release) return new InstallResult(null, null, false, problems, read.Repairs);
            if (release.Domains == Domains.None)
            {
                problems.Add(new Problem(ProblemCodes.UnknownDomain, "No technique belongs to a domain that ATT&CK has; nothing was installed.",
                    sources[0], 0, "Give a bundle of MITRE ATT&CK, such as enterprise-attack.json."));
                return new InstallResult(null, null, false, problems, read.Repairs);
            }
            var path = PathOf(release, cacheFolder);
            try
            {
                return new InstallResult(release, path, SnapshotFile.Write(release, path), problems, read.Repairs);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                problems.Add(new Problem(ProblemCodes.Unreadable, $"The snapshot cannot be written: {error.Message}", path, 0,
                    $"Choose another folder with {CacheFolder.Variable}."));
                return new InstallResult(release, null, false, problems, read.Repairs);
            }
        }
        finally
        {
            foreach (var file in temporary) File.Delete(file);
        }
    }

    private static string PathOf(Release release, string folder) =>
        Path.Combine(folder, new ReleaseEntry(release.Domains, release.Version, ReleaseOrigin.Installed).FileName + SnapshotFile.Ending);

    // A fetched bundle is known to the user by its address, not by the temporary file.
    private static Problem WithSource(Problem problem, List<string> files, IReadOnlyList<string> sources) =>
        files.IndexOf(problem.File) is >= 0 and var index ? problem with { File = sources[index] } : problem;
}

/// <summary>What became of an installation.</summary>
/// <param name="Release">The release that was read; null where there is none.</param>
/// <param name="Path">The snapshot; null where none could be written.</param>
/// <param name="IsNew">False where the same snapshot was there already.</param>
/// <param name="Problems">What was wrong on the way.</param>
/// <param name="Repairs">How often each silent repair was made.</param>
public sealed record InstallResult(
    Release? Release, string? Path, bool IsNew, IReadOnlyList<Problem> Problems, IReadOnlyDictionary<string, int> Repairs);
