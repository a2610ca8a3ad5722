using System.Globalization;
using Modus.Attack;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Planning;

/// <summary>Reads what the options of a plan name: prices, lists, the estate.</summary>
internal static class PlanInputs
{
    private const long LargestFile = 64L << 20;

    /// <summary>Shares by platform as the release spells it; a platform without a share gets an even part of what is left.</summary>
    public static Dictionary<string, double> Estate(Invocation run, Release release, IReadOnlyList<string> given)
    {
        var known = release.Techniques.SelectMany(item => item.Platforms).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var shares = new Dictionary<string, double>(StringComparer.Ordinal);
        var open = new List<string>();
        foreach (var word in given)
        {
            var parts = word.Split('=', 2);
            var name = known.FirstOrDefault(item => item.Equals(parts[0].Trim(), StringComparison.OrdinalIgnoreCase))
                ?? throw CommandFailure.Usage("MD6207", $"'{parts[0]}' is no platform of {release.Name}", $"use one of: {string.Join(", ", known)}");
            if (parts.Length == 1) open.Add(name);
            else if (double.TryParse(parts[1].TrimEnd('%'), NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 100)
                shares[name] = parts[1].EndsWith('%') || share > 1 ? share / 100 : share;
            else throw CommandFailure.Usage("MD6207", $"'{parts[1]}' is no share", "write Windows=0.8 or Windows=80%");
        }
        var sum = shares.Values.Sum();
        if (sum > 1.0001) throw CommandFailure.Usage("MD6207", "the shares of the estate are more than 1 together");
        foreach (var name in open) shares[name] = (1 - sum) / open.Count;
        return shares;
    }

    /// <summary>Prices by item; comma, semicolon or tab; a heading and lines that start with # are passed over.</summary>
    public static Dictionary<string, double> Costs(Invocation run, string? file)
    {
        var costs = new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase);
        if (file is null) return costs;
        var number = 0;
        foreach (var line in Lines(run, file))
        {
            number++;
            var cut = line.LastIndexOfAny([',', ';', '\t']);
            if (string.IsNullOrWhiteSpace(line) || line[0] == '#') continue;
            if (cut > 0 && double.TryParse(line[(cut + 1)..].Trim().Trim('"'), NumberStyles.Float, CultureInfo.InvariantCulture, out var price) && price >= 0 && double.IsFinite(price))
                costs[line[..cut].Trim().Trim('"')] = price;
            else if (number > 1) run.Report(new CliProblem("MD6208", "no price: an item and a number of at least 0 were expected", CliProblem.Place(file, number), "write ITEM,COST", IsError: false));
        }
        return costs;
    }

    /// <summary>Words, those that are files replaced by their lines.</summary>
    public static IEnumerable<string> Words(Invocation run, IEnumerable<string> given)
    {
        foreach (var word in given)
        {
            if (!File.Exists(run.PathOf(word)))
            {
                yield return word;
                continue;
            }
            foreach (var line in Lines(run, word))
                if (!string.IsNullOrWhiteSpace(line) && line[0] != '#') yield return line.Trim();
        }
    }

    private static string[] Lines(Invocation run, string file)
    {
        var path = run.PathOf(file);
        try
        {
            if (new FileInfo(path).Length > LargestFile) throw new IOException($"it is larger than {LargestFile >> 20} MiB");
            return File.ReadAllLines(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCode.NoUsableInput, new CliProblem("MD6011", $"the file cannot be read: {error.Message}", file));
        }
    }
}
