namespace Modus.Attack;

/// <summary>Where installed releases are kept, and what else saves work at the next start.</summary>
public static class CacheFolder
{
    /// <summary>The variable that names the cache folder of Modus.</summary>
    public const string Variable = "MODUS_CACHE";

    private const string Program = "modus";
    private const string Releases = "attack";

    /// <summary>The folder by the environment: <c>MODUS_CACHE</c>, else the user's cache folder of the system.</summary>
    /// <param name="variable">Reads an environment variable; null takes the process's own.</param>
    /// <param name="subject">What is kept there; default the installed releases.</param>
    /// <returns>The folder, which need not exist; null where the system names no home.</returns>
    public static string? Default(Func<string, string?>? variable = null, string subject = Releases)
    {
        variable ??= Environment.GetEnvironmentVariable;
        if (variable(Variable) is { Length: > 0 } named) return Path.Combine(named, subject);
        if (OperatingSystem.IsWindows())
        {
            var local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
            return local.Length == 0 ? null : Path.Combine(local, Program, "cache", subject);
        }
        // The XDG base directory specification: a relative path is to be ignored.
        if (variable("XDG_CACHE_HOME") is { Length: > 0 } cache && Path.IsPathRooted(cache)) return Path.Combine(cache, Program, subject);
        return variable("HOME") is { Length: > 0 } home ? Path.Combine(home, ".cache", Program, subject) : null;
    }
}
