using System.Text;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Map;

/// <summary>Opens what the mapper reads.</summary>
internal static class MapperInput
{
    /// <summary>Opens a file or, for -, standard input.</summary>
    public static TextReader Open(Invocation run, string path)
    {
        if (path == "-") return new StreamReader(run.Terminal.In, Encoding.UTF8);
        try
        {
            return new StreamReader(run.PathOf(path), Encoding.UTF8);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCode.NoUsableInput, new("MD4722", wrong.Message, path));
        }
    }
}
