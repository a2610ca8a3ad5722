using System.Text.Json;
using Modus.Analysis.Attribution;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Analysis;

/// <summary>Learned figures from a file, or those shipped.</summary>
internal static class ModelFiles
{
    private const long LargestFile = 16 << 20;

    public static AttributionModel Attribution(Invocation run, string? file)
    {
        if (file is null) return AttributionModel.Shipped;
        var path = run.PathOf(file);
        try
        {
            if (new FileInfo(path).Length > LargestFile) throw new JsonException("it is too large for a model");
            return AttributionModel.Read(File.ReadAllBytes(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new CommandFailure(ExitCode.NoUsableInput, new CliProblem("MD6019", $"the model cannot be used: {error.Message}", path, "train it again: modus model train -o FILE"));
        }
    }
}
