using System.Collections.Frozen;

namespace Modus.Reports.Qualifiers;

/// <summary>The words that decide qualifiers. A star stands for any ending.</summary>
internal static class Cues
{
    /// <summary>A cue of negation.</summary>
    /// <param name="Words">The words.</param>
    /// <param name="BeforeOnly">Whether it denies only what follows it.</param>
    public sealed record NegationCue(string[] Words, bool BeforeOnly);

    /// <summary>Denials.</summary>
    public static readonly NegationCue[] Negated =
    [
        .. Runs("did not|does not|do not|didn't|doesn't|don't|without|rather than|instead of|no|failed to|fails to|unable to|lack* of|ruled out|stopped short of|as opposed to").Select(static run => new NegationCue(run, true)),
        .. Runs("not|cannot|wasn't|weren't|isn't|aren't|hasn't|haven't|hadn't|couldn't|won't|never|neither|nor|unsuccessful*|absent|absence").Select(static run => new NegationCue(run, false)),
    ];

    /// <summary>Words after a negation that take the denial away.</summary>
    public static readonly string[][] Harmless = Runs("only|just|limited to|least|surprising*|longer|doubt|matter|to be confused|yet known|clear|be ruled out");

    /// <summary>Advice that stands even beside a negation ("should not").</summary>
    public static readonly string[][] StrongAdvice = Runs("should|recommend*|we advise|we suggest|must be");

    /// <summary>Advice.</summary>
    public static readonly string[][] Recommended = Runs(
        "advis* to|mitigat*|best practice*|defenders can|organizations can|organisations can|administrators can|to detect|to prevent|to block|to protect|monitor for|look for|hunt for|watch for|be alert|detection rule*");

    /// <summary>Suppositions.</summary>
    public static readonly string[][] Hypothetical = Runs(
        "could|may|might|would|potential*|possib*|probabl*|presumabl*|likely|perhaps|suspect*|if|appear* to|seem* to|be ruled out|hypothe*|theoretic*|in order to potentially");

    /// <summary>Others, the past, the general.</summary>
    public static readonly string[][] Background = Runs(
        "historical*|typical*|commonly|usually|generally|traditionally|in the past|in general|similar actors|similar groups|other actors|other groups|other threat actors|many actors|threat actors often|attackers often|unrelated|past campaigns|previous campaigns|earlier campaigns|previously documented|previously reported|well known technique|is a technique|refers to");

    /// <summary>Abilities.</summary>
    public static readonly string[][] Capability = Runs(
        "can|able to|capable of|capabilit*|supports|supporting|allows|allowing|enables|has the ability|have the ability|functionality|features include|designed to|offers");

    /// <summary>Verbs that begin an advice.</summary>
    public static readonly FrozenSet<string> Imperatives =
        "monitor block enable disable restrict ensure implement apply limit prevent deploy configure audit enforce patch update install review consider avoid educate train detect hunt alert harden require remove segment"
            .Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Words of a heading that decide for all text below it.</summary>
    public static readonly (string Word, Qualifier Qualifier)[] Headings =
    [
        ("references", Qualifier.Quoted), ("bibliography", Qualifier.Quoted), ("further reading", Qualifier.Quoted), ("related posts", Qualifier.Quoted),
        ("related articles", Qualifier.Quoted), ("works cited", Qualifier.Quoted),
        ("mitigation", Qualifier.Recommended), ("mitigations", Qualifier.Recommended), ("recommendation", Qualifier.Recommended),
        ("recommendations", Qualifier.Recommended), ("remediation", Qualifier.Recommended), ("prevention", Qualifier.Recommended),
        ("hardening", Qualifier.Recommended), ("countermeasures", Qualifier.Recommended), ("detection", Qualifier.Recommended),
        ("detections", Qualifier.Recommended), ("detection opportunities", Qualifier.Recommended), ("best practices", Qualifier.Recommended),
        ("background", Qualifier.Background),
    ];

    /// <summary>The first cue of a class that a clause holds.</summary>
    public static Qualified? First(ClauseWords words, string[][] cues, Qualifier qualifier)
    {
        foreach (var cue in cues)
            foreach (var at in words.Find(cue))
                return new Qualified(qualifier, string.Join(' ', Enumerable.Range(at, cue.Length).Select(index => words[index])));
        return null;
    }

    private static string[][] Runs(string text) => [.. text.Split('|').Select(static run => run.Split(' '))];
}
