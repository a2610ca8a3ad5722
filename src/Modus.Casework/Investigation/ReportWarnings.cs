using Modus.Reports.Documents;

namespace Modus.Casework.Investigation;

/// <summary>What people should know of a report before they trust what a machine read in it.</summary>
public static class ReportWarnings
{
    // The language that the shipped mapper was trained on; where the guess fits nothing the text is taken to be in it.
    private const string Language = "en", Undetermined = "und";

    /// <summary>Whether a report is in a language that the text mapper does not know.</summary>
    /// <param name="document">The report.</param>
    public static bool IsForeign(Document document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.Language.Code is not (Language or Undetermined);
    }

    /// <summary>The warnings of a report: text that its readers do not see, text that gives orders to a program, a foreign language.</summary>
    /// <param name="document">The report.</param>
    /// <param name="file">Its name, for the warnings.</param>
    public static IReadOnlyList<CaseProblem> Of(Document document, string file)
    {
        ArgumentNullException.ThrowIfNull(document);
        var problems = new List<CaseProblem>();
        HiddenPassages.Report(document, file, problems);
        if (IsForeign(document)) problems.Add(Foreign(document, file));
        return problems;
    }

    internal static CaseProblem Foreign(Document document, string file) => new(
        CaseProblemCodes.ForeignLanguage, $"the text seems to be in '{document.Language.Code}': ids and names were read, sentences were not mapped", file, Lost: false);
}
