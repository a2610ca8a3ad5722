using System.Text.Json;
using Modus.Attack.Images;

namespace Modus.Attack.Bundles;

/// <summary>One reading of one or several inputs: opens them, counts, and collects problems.</summary>
internal sealed class Reading(ReadOptions options)
{
    private readonly List<Problem> problems = [];
    private readonly List<ReadInput> inputs = [];
    private readonly Gathering gathering = new();
    private int further;
    private bool refused;

    /// <summary>The files that a path stands for, in a fixed order.</summary>
    public IReadOnlyList<string> Files(string path)
    {
        if (DanglingTarget(path) is { } target)
        {
            Report(ProblemCodes.Unreadable, $"The link leads nowhere ({target}).", path, "Give the file itself.");
            return [];
        }
        if (File.Exists(path)) return [path];
        if (!Directory.Exists(path))
        {
            Report(ProblemCodes.Unreadable, "There is no such file or folder.", path, "Check the spelling.");
            return [];
        }
        try
        {
            var walk = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = false, AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden };
            var files = Directory.EnumerateFiles(path, "*", walk).Where(IsCandidate).Take(options.Limits.Files + 1)
                .Order(StringComparer.Ordinal).ToList();
            if (files.Count > options.Limits.Files)
                Report(ProblemCodes.TooLarge, $"The folder holds more than {options.Limits.Files:N0} bundles.", path);
            else if (files.Count > 0)
                return files;
            else
                Report(ProblemCodes.NotAttack, "The folder holds no bundle (*.json, *.json.gz).", path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Report(ProblemCodes.Unreadable, $"The folder cannot be read: {error.Message}", path);
        }
        return [];
    }

    /// <summary>Reads one input. One that was only found in a folder and is no bundle at all is left out; any other fault refuses the whole reading.</summary>
    public void Add(string file, Func<Stream> open, CancellationToken stop, bool leaveOpen = false, bool isFound = false)
    {
        var counts = gathering.Begin();
        var parser = new ObjectParser(gathering.Builder);
        var bundle = new JsonBundle(options.Limits);
        try
        {
            var stream = open();
            try
            {
                using var input = PlainInput.Open(stream, options.Limits, leaveOpen);
                bundle.Read(input, One, stop);
            }
            finally
            {
                if (!leaveOpen) stream.Dispose();
            }
            gathering.End((code, message) => Report(code, message, file));
            gathering.EmptyTexts += parser.EmptyTexts;
            if (!bundle.IsBundle)
                NoBundle("This is JSON, but no STIX bundle (its type is not \"bundle\").");
            else if (counts.Given == 0)
                Refuse(ProblemCodes.NotAttack, "The bundle holds no objects.", file);
        }
        catch (JsonException error)
        {
            var line = error.LineNumber is { } number ? (int)Math.Min(number + 1, int.MaxValue) : 0;
            Refuse(ProblemCodes.BadJson, $"The JSON breaks off or is malformed: {Plain(error.Message)}", file, line);
        }
        catch (NotABundleException error)
        {
            NoBundle($"This is no STIX bundle: {error.Message}.");
        }
        catch (InputTooLargeException error)
        {
            Refuse(ProblemCodes.TooLarge, $"The input is larger than Modus accepts: {error.Message}.", file);
        }
        catch (InvalidDataException error)
        {
            Refuse(ProblemCodes.BadCompression, $"The gzip data is damaged: {error.Message}", file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Refuse(ProblemCodes.Unreadable, $"The file cannot be read: {error.Message}", file);
        }
        inputs.Add(new ReadInput(file, counts.Given, counts.Used, counts.Merged, counts.Skipped));

        void NoBundle(string message)
        {
            if (isFound && counts.Given == 0) Report(ProblemCodes.NotAttack, message, file, "It was left out.");
            else Refuse(ProblemCodes.NotAttack, message, file);
        }

        bool One(ref Utf8JsonReader reader)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                if (!reader.TrySkip()) return false;
                counts.Given++;
                counts.Skipped++;
                Report(ProblemCodes.SkippedObject, "An item of objects is no object and was skipped.", file);
                return true;
            }
            if (!parser.TryRead(ref reader)) return false;
            if (++counts.Given > options.Limits.Objects)
                throw new InputTooLargeException($"more than {options.Limits.Objects:N0} objects");
            gathering.Take(parser, counts, (code, message) => Report(code, message, file));
            return true;
        }
    }

    public ReadResult Finish()
    {
        Release? release = null;
        var name = inputs.Count == 1 ? inputs[0].File : $"{inputs.Count} inputs";
        if (!refused && inputs.Count > 0)
        {
            if (gathering.IsAttack)
                release = gathering.Finish(options, name, (code, message, fix) => Report(code, message, name, fix));
            else
                Report(ProblemCodes.NotAttack, "The bundle holds no ATT&CK technique or tactic.", name,
                    "Give a bundle of MITRE ATT&CK, such as enterprise-attack.json.");
        }
        if (further > 0)
            problems.Add(new Problem(ProblemCodes.SkippedObject, $"{further:N0} further problems of this reading are not listed.", name));
        return new ReadResult(release, inputs, problems, gathering.Repairs());
    }

    private static string? DanglingTarget(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget is not null && File.ResolveLinkTarget(path, returnFinalTarget: true) is { Exists: false } target && !Directory.Exists(target.FullName)
                ? target.FullName : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null; // Opening it says what is wrong.
        }
    }

    private static bool IsCandidate(string path) =>
        path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".json.gz", StringComparison.OrdinalIgnoreCase);

    private static string Plain(string message)
    {
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }

    private void Refuse(string code, string message, string file, int line = 0)
    {
        refused = true;
        problems.Add(new Problem(code, message, file, line));
    }

    private void Report(string code, string message, string file, string? fix = null)
    {
        if (problems.Count < options.Limits.Problems) problems.Add(new Problem(code, message, file, 0, fix));
        else further++;
    }
}
