using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Hunt;

/// <summary>The paths that a command was given, with <c>-</c> read from standard input into a file that is removed afterwards.</summary>
internal sealed class StandardInput : IDisposable
{
    private readonly string? file;

    public StandardInput(Invocation run, IEnumerable<string> given)
    {
        var paths = new List<string>();
        foreach (var path in given)
        {
            if (path != "-")
            {
                var full = run.PathOf(path);
                Missing |= !File.Exists(full) && !Directory.Exists(full);
                paths.Add(full);
                continue;
            }

            if (file is not null) continue;
            file = Path.Combine(Directory.CreateTempSubdirectory("modus-").FullName, "standard-input");
            using (var copy = new FileStream(file, FileMode.CreateNew, FileAccess.Write))
            using (var input = Console.OpenStandardInput())
                input.CopyTo(copy);
            paths.Add(file);
        }

        Paths = paths;
    }

    /// <summary>The paths to read.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>True when a path does not exist.</summary>
    public bool Missing { get; }

    /// <summary>True where standard input was read: nobody can be asked through it.</summary>
    public bool IsUsed => file is not null;

    /// <summary>A file as the user named it.</summary>
    public string NameOf(string path) => file is not null && path.StartsWith(file, StringComparison.Ordinal) ? "-" + path[file.Length..] : path;

    public void Dispose()
    {
        if (file is not null) Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }
}
