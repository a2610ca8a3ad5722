using System.Collections.Immutable;
using Modus.Sigma.Rules;

namespace Modus.Sigma.Scoring;

/// <summary>What an adversary must change to escape, ascending in cost (levels of "Summiting the Pyramid").</summary>
public enum Robustness
{
    /// <summary>Nothing in the rule can be graded: only circumstances such as times or missing fields.</summary>
    None = 0,

    /// <summary>Values of one day: hashes, addresses, domains, names and places that the adversary picks.</summary>
    Ephemeral = 1,

    /// <summary>Marks of a tool that the adversary brings along and can change with effort.</summary>
    BroughtTool = 2,

    /// <summary>Names and arguments of programs that are on the system already.</summary>
    SystemTool = 3,

    /// <summary>What some implementations of the technique must touch: keys, rights, calls, records of the system.</summary>
    Implementation = 4,

    /// <summary>What the technique cannot do without.</summary>
    Core = 5,
}

/// <summary>Where the observation is made; the deeper, the harder to forge.</summary>
public enum ObservationLayer
{
    /// <summary>Not known for the log source.</summary>
    Unknown,

    /// <summary>Written by an application or a cloud service.</summary>
    Application,

    /// <summary>Seen in user mode.</summary>
    User,

    /// <summary>Seen by the kernel.</summary>
    Kernel,

    /// <summary>Seen on the wire.</summary>
    Network,
}

/// <summary>The grade of one kind of predicate of a rule.</summary>
/// <param name="Field">The field, or "keywords".</param>
/// <param name="Class">What the values are, in a few words: "hash", "name of a system program" …</param>
/// <param name="Level">How costly it is to escape this predicate alone.</param>
/// <param name="Why">Why it is graded so.</param>
/// <param name="Evasion">How it would be escaped.</param>
/// <param name="Examples">Up to three of the values.</param>
/// <param name="Count">How many predicates are meant.</param>
/// <param name="IsFilter">True when the predicate takes events away: who can satisfy it escapes the rule.</param>
public sealed record PredicateGrade(
    string Field,
    string Class,
    Robustness Level,
    string Why,
    string Evasion,
    ImmutableArray<string> Examples,
    int Count,
    bool IsFilter);

/// <summary>How hard a rule is to escape.</summary>
/// <param name="Header">The rule.</param>
/// <param name="Level">The level: and takes the least of its parts, or the greatest; circumstances and filters do not count.</param>
/// <param name="Stated">The level that the rule's own <c>stp.</c> tag states; it wins where it is there.</param>
/// <param name="Layer">Where the observation is made.</param>
/// <param name="FilterLevel">The weakest filter: an adversary who can satisfy it escapes at this cost; <see cref="Robustness.None"/> without filters.</param>
/// <param name="Grades">The predicates, weakest first.</param>
/// <param name="Indicators">Hashes, addresses, domains and the like that stand in the rule.</param>
public sealed record RuleScore(
    RuleHeader Header,
    Robustness Level,
    Robustness? Stated,
    ObservationLayer Layer,
    Robustness FilterLevel,
    ImmutableArray<PredicateGrade> Grades,
    ImmutableArray<Indicator> Indicators)
{
    /// <summary>The level that counts: the stated one, else the computed one.</summary>
    public Robustness Effective => Stated ?? Level;

    /// <summary>True when nothing but values of one day decides about a match.</summary>
    public bool DependsOnIndicators => Effective == Robustness.Ephemeral;

    /// <summary>The weakest predicate that decides, or null.</summary>
    public PredicateGrade? Weakest => Grades.FirstOrDefault(grade => !grade.IsFilter && grade.Level == Level);
}

/// <summary>How a set of rules is spread over the levels.</summary>
/// <param name="Rules">How many rules were graded.</param>
/// <param name="ByLevel">Rules per level, from <see cref="Robustness.None"/> to <see cref="Robustness.Core"/>.</param>
/// <param name="Mean">The mean level of the rules that could be graded; 0 when there are none.</param>
/// <param name="IndicatorShare">The share of rules, 0 to 1, that stand and fall with values of one day.</param>
/// <param name="Indicators">How many indicators stand in the rules.</param>
public sealed record RuleSetScore(int Rules, ImmutableArray<int> ByLevel, double Mean, double IndicatorShare, int Indicators)
{
    /// <summary>Sums up the scores of rules.</summary>
    public static RuleSetScore Of(IReadOnlyCollection<RuleScore> scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        var levels = new int[6];
        foreach (var score in scores) levels[(int)score.Effective]++;
        var graded = scores.Count - levels[0];
        var sum = levels.Select((count, level) => count * level).Sum();
        return new(
            scores.Count,
            [.. levels],
            graded == 0 ? 0 : (double)sum / graded,
            graded == 0 ? 0 : (double)levels[1] / graded,
            scores.Sum(score => score.Indicators.Length));
    }
}
