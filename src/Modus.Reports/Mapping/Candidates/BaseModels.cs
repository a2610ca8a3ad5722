using Modus.Reports.Mapping.Features;
using Modus.Reports.Mapping.Models;

namespace Modus.Reports.Mapping.Candidates;

/// <summary>The models that look at one sentence alone.</summary>
/// <param name="Classes">The techniques.</param>
/// <param name="Names">Names to mask.</param>
/// <param name="AttackSpace">Features of the model learnt from ATT&amp;CK.</param>
/// <param name="Attack">The model learnt from ATT&amp;CK, by class.</param>
/// <param name="ReportSpace">Features of the model learnt from reports.</param>
/// <param name="Report">
/// The models learnt from reports, by their own numbers: each reported technique from reports alone, each again with ATT&amp;CK's texts
/// among the reports, and "any technique" as the last.
/// </param>
/// <param name="Sources">What names stand for.</param>
internal sealed record BaseModels(
    TechniqueClasses Classes, NameMask Names, FeatureSpace AttackSpace, LinearModel Attack, FeatureSpace ReportSpace, LinearModel Report, NamedSources Sources);
