using System.Diagnostics;
using System.Text;

namespace Modus.EndToEnd;

/// <summary>What one run of the program left behind.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Out">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record Ended(int Code, string Out, string Error);

/// <summary>The built program, run as a user would run it: in a folder of its own, with an empty home, through pipes.</summary>
internal sealed class ModusProgram : IDisposable
{
    private static readonly TimeSpan patience = TimeSpan.FromMinutes(8);

    public ModusProgram()
    {
        Folder = Directory.CreateTempSubdirectory("modus-e2e-").FullName;
        Home = Path.Combine(Folder, ".home");
        Directory.CreateDirectory(Home);
    }

    /// <summary>The folder the program runs in.</summary>
    public string Folder { get; }

    /// <summary>The home folder it sees.</summary>
    public string Home { get; }

    /// <summary>The repository.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The program that the tests' own build made.</summary>
    public static string Executable { get; } = FindExecutable();

    /// <summary>Copies a folder of the repository into the working folder, as a clone would hold it.</summary>
    public void Bring(string folder)
    {
        var from = Path.Combine(Root, folder);
        if (!Directory.Exists(from)) throw new DirectoryNotFoundException($"The repository has no folder {folder}.");
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(Folder, folder, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to, overwrite: true);
        }
    }

    /// <summary>Writes a file into the working folder and returns its path there.</summary>
    public string Write(string name, string content)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return name;
    }

    public Ended Run(params string[] args) => Start(Executable, args, null);

    public Ended RunWithInput(string input, params string[] args) => Start(Executable, args, input);

    /// <summary>Runs a line as a shell would, with <c>modus</c> on the path.</summary>
    public Ended Shell(string line) => Start("/bin/sh", ["-c", line], null);

    public void Dispose()
    {
        try { Directory.Delete(Folder, recursive: true); }
        catch (IOException) { /* a file still held open by a dying process; the system's temporary folder is cleaned anyway */ }
    }

    private Ended Start(string program, IEnumerable<string> args, string? input)
    {
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            StandardInputEncoding = new UTF8Encoding(false),
        };
        foreach (var arg in args) start.ArgumentList.Add(arg);
        start.Environment["HOME"] = Home;
        start.Environment["XDG_CACHE_HOME"] = Path.Combine(Home, "cache");
        start.Environment["XDG_CONFIG_HOME"] = Path.Combine(Home, "config");
        start.Environment["NO_COLOR"] = "1";
        start.Environment["PATH"] = $"{Path.GetDirectoryName(Executable)}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";
        foreach (var name in new[] { "MODUS_CACHE", "MODUS_ATTACK_VERSION", "SOURCE_DATE_EPOCH", "FORCE_COLOR" }) start.Environment.Remove(name);

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        try
        {
            if (input is not null) process.StandardInput.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program ended before it read all of its input, as some do on purpose; its exit code tells the rest.
        }
        if (!process.WaitForExit(patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', start.ArgumentList)} ran longer than {patience}.");
        }
        return new Ended(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Modus.slnx"))) return folder.FullName;
        throw new DirectoryNotFoundException($"No Modus.slnx above {AppContext.BaseDirectory}.");
    }

    private static string FindExecutable()
    {
        var name = OperatingSystem.IsWindows() ? "modus.exe" : "modus";
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        var path = Path.Combine(Root, "artifacts", "bin", "Modus.Cli", configuration, name);
        return File.Exists(path) ? path : throw new FileNotFoundException("The program was not built beside the tests.", path);
    }
}
