using Modus.Cli.Shell;
using Modus.Reports.Mapping;

namespace Modus.Cli.Commands.Map;

/// <summary>Finds the model a command works with.</summary>
internal static class MapperModels
{
    /// <summary>The model of a file, or the shipped one.</summary>
    public static MapperModel Load(Invocation run, string? path)
    {
        if (path is null) return MapperModel.Shipped;
        try
        {
            return MapperModel.Load(run.PathOf(path));
        }
        catch (InvalidDataException wrong)
        {
            throw new CommandFailure(ExitCode.NoUsableInput, new("MD4720", wrong.Message, path, "Write a model with 'modus mapper train'."));
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCode.NoUsableInput, new("MD4721", wrong.Message, path));
        }
    }
}
