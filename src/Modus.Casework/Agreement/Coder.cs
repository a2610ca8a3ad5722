using Modus.Casework.Mappings;

namespace Modus.Casework.Agreement;

/// <summary>One analyst, team or tool with the mappings it made.</summary>
/// <param name="Name">The name for people.</param>
/// <param name="Mappings">The mappings; those without a technique say that nothing was found.</param>
public sealed record Coder(string Name, IReadOnlyList<StatedMapping> Mappings)
{
    /// <summary>Sorts the mappings of files by who made them: the file's name stands for those that name nobody.</summary>
    /// <param name="files">The files, each with its mappings.</param>
    public static IReadOnlyList<Coder> Of(IEnumerable<(string File, IReadOnlyList<StatedMapping> Mappings)> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var given = files.ToList();
        // Without their folders names are easier to read, as long as they still tell the files apart.
        if (given.Select(file => Path.GetFileName(file.File)).Distinct(StringComparer.Ordinal).Count() == given.Count)
            given = [.. given.Select(file => (Path.GetFileName(file.File), file.Mappings))];
        // A file that names one annotator throughout is that file's coder: two files of the same person are two codings of hers.
        var coders = new List<Coder>();
        foreach (var (file, mappings) in given)
        {
            var names = mappings.Select(mapping => mapping.Annotator).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
            if (names.Count < 2)
            {
                coders.Add(new Coder(file, mappings));
                continue;
            }
            coders.AddRange(names.Select(name => new Coder(given.Count == 1 ? name : $"{name} ({file})", [.. mappings.Where(mapping => mapping.Annotator == name)])));
        }
        return coders;
    }
}

/// <summary>What is compared.</summary>
public enum AgreementBasis
{
    /// <summary>Sentences, spans, events: each with the techniques that a coder gave it.</summary>
    Evidence,

    /// <summary>Every technique of the release in every document: named or not. For mappings that do not say what they rest on.</summary>
    Technique,
}
