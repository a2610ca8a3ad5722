namespace Modus.Attack.Layers;

/// <summary>Checks a layer that was read against a release: dead ids, places that are none, colours that are none.</summary>
public static class LayerCheck
{
    /// <summary>What of a layer the release, or the Navigator, would not take as meant.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="release">The release to check against.</param>
    /// <param name="file">The file that problems name.</param>
    public static IReadOnlyList<Problem> Against(Layer layer, Release release, string file = "")
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(release);
        var problems = new LayerProblems(file);
        var domain = DomainNames.Parse(layer.Domain);
        if (domain == Domains.None || (release.Domains & domain) == 0)
        {
            problems.Add(LayerCodes.OtherDomain, "$.domain", $"the layer is of {layer.Domain ?? "no domain"}, the release of {release.Domains.Name()}", "choose a release of the layer's domain");
            return problems.ToList();
        }
        for (var at = 0; at < layer.Techniques.Count; at++) Check(layer.Techniques[at], $"$.techniques[{at}]", release, domain, problems);
        CheckColors(layer, problems);
        var platforms = release.Techniques.Where(technique => (technique.Domains & domain) != 0).SelectMany(technique => technique.Platforms).ToHashSet(StringComparer.Ordinal);
        foreach (var platform in layer.Filters?.Platforms ?? [])
            if (!platforms.Contains(platform))
                problems.Add(LayerCodes.UnknownPlatform, "$.filters.platforms", $"{release.Version} has no platform '{platform}'", "upgrade the layer, or choose another platform");
        return problems.ToList();
    }

    private static void Check(LayerTechnique entry, string path, Release release, Domains domain, LayerProblems problems)
    {
        var technique = release.FindAll(entry.TechniqueId).OfType<Technique>().FirstOrDefault(found => (found.Domains & domain) != 0);
        if (technique is not { IsAlive: true })
        {
            var state = technique is null ? "unknown" : technique.IsRevoked ? "revoked" : "deprecated";
            var successor = technique?.Succession.Successor;
            problems.Add(LayerCodes.NotAlive, path, $"{entry.TechniqueId} is {state} in {release.Version}", successor is null ? "decide what is meant" : $"use {successor.Id}, or upgrade the layer");
            return;
        }
        if (entry.Tactic is not null && technique.Tactics.All(tactic => tactic.Shortname != entry.Tactic))
            problems.Add(LayerCodes.TacticNotHeld, path, $"{technique.Id} is not under '{entry.Tactic}' in {release.Version}",
                $"use {string.Join(" or ", technique.Tactics.Select(tactic => tactic.Shortname))}, or upgrade the layer");
    }

    private static void CheckColors(Layer layer, LayerProblems problems)
    {
        for (var at = 0; at < layer.Techniques.Count; at++) CheckColor(layer.Techniques[at].Color, $"$.techniques[{at}].color", problems);
        for (var at = 0; at < (layer.LegendItems?.Count ?? 0); at++) CheckColor(layer.LegendItems![at].Color, $"$.legendItems[{at}].color", problems);
        for (var at = 0; at < (layer.Gradient?.Colors.Count ?? 0); at++) CheckColor(layer.Gradient!.Colors[at], $"$.gradient.colors[{at}]", problems);
        CheckColor(layer.TacticRowBackground, "$.tacticRowBackground", problems);
    }

    /// <summary>A colour is a number sign with 3, 4, 6 or 8 hexadecimal digits, a name, or a function such as <c>rgb(…)</c>.</summary>
    private static void CheckColor(string? color, string path, LayerProblems problems)
    {
        if (string.IsNullOrEmpty(color)) return;
        var isHex = color[0] == '#' && color.Length is 4 or 5 or 7 or 9 && color.Skip(1).All(char.IsAsciiHexDigit);
        var isName = color.All(char.IsAsciiLetter);
        var isFunction = color.EndsWith(')') && color.IndexOf('(', StringComparison.Ordinal) is var open and > 0 && color.AsSpan(0, open).IndexOfAnyExceptInRange('a', 'z') < 0;
        if (!isHex && !isName && !isFunction) problems.Add(LayerCodes.OutOfRange, path, $"'{color}' is no colour", "write #rrggbb");
    }
}
