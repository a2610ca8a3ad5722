using System.Text.Json;

namespace Modus.Attack.Bundles;

/// <summary>Reads ATT&amp;CK from STIX 2.0 and 2.1 bundles: plain or gzip, files, folders and streams.</summary>
/// <remarks>Several inputs form one release: the same object in several domains is merged and its domains united.</remarks>
public static class BundleReader
{
    /// <summary>Reads one file, or every bundle below a folder.</summary>
    /// <param name="path">A bundle, plain or gzip by content, or a folder of bundles (one release).</param>
    /// <param name="options">What the caller knows; null for none.</param>
    /// <param name="stop">Stops the reading.</param>
    public static ReadResult Read(string path, ReadOptions? options = null, CancellationToken stop = default) =>
        Read([path], options, stop);

    /// <summary>Reads several files or folders into one release.</summary>
    /// <inheritdoc cref="Read(string, ReadOptions?, CancellationToken)"/>
    public static ReadResult Read(IEnumerable<string> paths, ReadOptions? options = null, CancellationToken stop = default)
    {
        var reading = new Reading(options ?? new ReadOptions());
        foreach (var path in paths)
            foreach (var file in reading.Files(path))
                reading.Add(file, () => File.OpenRead(file), stop, isFound: file != path);
        return reading.Finish();
    }

    /// <summary>Reads one bundle from a stream, plain or gzip by content. The stream stays open.</summary>
    /// <param name="stream">The bundle.</param>
    /// <param name="name">The name that problems show.</param>
    /// <param name="options">What the caller knows; null for none.</param>
    /// <param name="stop">Stops the reading.</param>
    public static ReadResult Read(Stream stream, string name, ReadOptions? options = null, CancellationToken stop = default)
    {
        var reading = new Reading(options ?? new ReadOptions());
        reading.Add(name, () => stream, stop, leaveOpen: true);
        return reading.Finish();
    }
}
