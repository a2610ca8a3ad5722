using Xunit;

namespace Modus.Tests;

/// <summary>Finds the folders that tests read from: the repository, and the third-party data beside it.</summary>
/// <remarks>Third-party data is never committed. Where it is missing, a test skips itself with the reason.</remarks>
internal static class TestData
{
    /// <summary>The repository's root folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The data folder, or null: <c>MODUS_TEST_DATA</c>, else <c>../shared/data</c> beside the repository.</summary>
    public static string? Folder { get; } = FindData();

    /// <summary>The path of a third-party file or folder; skips the running test where it is missing.</summary>
    public static string Need(string relative)
    {
        if (Folder is null) Assert.Skip("third-party data is missing: set MODUS_TEST_DATA or put it at ../shared/data");
        var path = Path.Combine(Folder, relative);
        if (!File.Exists(path) && !Directory.Exists(path)) Assert.Skip($"third-party data is missing: {relative}");
        return path;
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Modus.slnx"))) return folder.FullName;
        throw new DirectoryNotFoundException($"No Modus.slnx above {AppContext.BaseDirectory}.");
    }

    private static string? FindData()
    {
        var named = Environment.GetEnvironmentVariable("MODUS_TEST_DATA");
        if (!string.IsNullOrEmpty(named)) return Directory.Exists(named) ? named : null;
        var beside = Path.GetFullPath(Path.Combine(Root, "..", "shared", "data"));
        return Directory.Exists(beside) ? beside : null;
    }
}
