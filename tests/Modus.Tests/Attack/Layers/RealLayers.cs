using Xunit;

namespace Modus.Tests.Attack.Layers;

/// <summary>The published layers that lie beside the repository.</summary>
internal static class RealLayers
{
    /// <summary>A sighting report among them: it has entries like a layer, and is none.</summary>
    public const string SightingReport = "sightings_ecosystem/tests_pipeline_test_data_1.json";

    /// <summary>Their paths below the data folder, in ordinal order; one row that skips itself where there is no data.</summary>
    public static TheoryData<string> Files()
    {
        if (TestData.Folder is not { } folder || !Directory.Exists(Path.Combine(folder, "layers"))) return [MissingRow];
        return [.. All(folder).Where(path => !path.EndsWith(SightingReport, StringComparison.Ordinal))];
    }

    public static IEnumerable<string> All(string folder) =>
        Directory.EnumerateFiles(Path.Combine(folder, "layers"), "*.json", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);

    private const string MissingRow = "layers";
}
