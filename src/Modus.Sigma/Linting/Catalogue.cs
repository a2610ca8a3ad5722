using static Modus.Sigma.Linting.LintSeverity;

namespace Modus.Sigma.Linting;

/// <summary>All checks, each with its code.</summary>
internal static class Catalogue
{
    private static readonly List<LintCheck> all = [];

    // Attributes.
    public static readonly LintCheck IdMissing = Add("MD2201", "id-missing", Warning, "A rule without id cannot be referred to.");
    public static readonly LintCheck IdMalformed = Add("MD2202", "id-malformed", Warning, "The id is no UUID.");
    public static readonly LintCheck IdVersion = Add("MD2203", "id-version", Hint, "The id is no random (version 4) UUID.");
    public static readonly LintCheck IdDuplicate = Add("MD2204", "id-duplicate", Error, "Two rules carry the same id.");
    public static readonly LintCheck NameDuplicate = Add("MD2205", "name-duplicate", Error, "Two rules carry the same name.");
    public static readonly LintCheck TitleLong = Add("MD2206", "title-long", Hint, "A title of more than 110 characters does not fit into a list.");
    public static readonly LintCheck TitleForm = Add("MD2207", "title-form", Hint, "A title starts with a capital letter and has no full stop at its end.");
    public static readonly LintCheck TitleDuplicate = Add("MD2208", "title-duplicate", Warning, "Two rules carry the same title.");
    public static readonly LintCheck StatusMissing = Add("MD2209", "status-missing", Hint, "The rule does not say how mature it is.");
    public static readonly LintCheck WordCase = Add("MD2210", "word-case", Hint, "Status and level are written in lower case.");
    public static readonly LintCheck LevelMissing = Add("MD2211", "level-missing", Warning, "The rule does not say how much a match matters.");
    public static readonly LintCheck DescriptionMissing = Add("MD2212", "description-missing", Warning, "The rule does not say what it finds.");
    public static readonly LintCheck DescriptionShort = Add("MD2213", "description-short", Hint, "The description says hardly more than the title.");
    public static readonly LintCheck AuthorMissing = Add("MD2214", "author-missing", Warning, "Nobody can be named where a match is shown.");
    public static readonly LintCheck DateMissing = Add("MD2215", "date-missing", Hint, "The rule does not say when it was written.");
    public static readonly LintCheck DateForm = Add("MD2216", "date-form", Warning, "A date is not written as YYYY-MM-DD.");
    public static readonly LintCheck DateOrder = Add("MD2217", "date-order", Warning, "The rule was changed before it was written.");
    public static readonly LintCheck DateFuture = Add("MD2218", "date-future", Warning, "A date lies in the future.");
    public static readonly LintCheck FalsePositivesMissing = Add("MD2219", "falsepositives-missing", Hint, "The rule does not say what else may match.");
    public static readonly LintCheck ReferenceForm = Add("MD2220", "reference-form", Hint, "A reference is no address.");
    public static readonly LintCheck ReferenceDuplicate = Add("MD2221", "reference-duplicate", Hint, "A reference stands twice.");
    public static readonly LintCheck RelatedForm = Add("MD2222", "related-form", Warning, "A related rule has no UUID or no known kind of relation.");
    public static readonly LintCheck RelatedSelf = Add("MD2223", "related-self", Warning, "The rule is related to itself.");
    public static readonly LintCheck AttributeTypo = Add("MD2224", "attribute-typo", Warning, "An attribute looks like a misspelt one.");
    public static readonly LintCheck ControlCharacter = Add("MD2225", "control-character", Warning, "A text holds an invisible control character.");
    public static readonly LintCheck FileName = Add("MD2226", "file-name", Hint, "Rule files are named in lower case and end in .yml.");
    public static readonly LintCheck FixturesMissing = Add("MD2227", "fixtures-missing", Hint, "No events show what the rule matches and what it does not.");
    public static readonly LintCheck StatusOutdated = Add("MD2228", "status-outdated", Hint, "The rule calls itself deprecated or unsupported.");

    // Tags.
    public static readonly LintCheck TagsMissing = Add("MD2240", "tags-missing", Hint, "The rule names no technique.");
    public static readonly LintCheck TagForm = Add("MD2241", "tag-form", Warning, "A tag is not written as namespace.value in lower case.");
    public static readonly LintCheck TagNamespace = Add("MD2242", "tag-namespace", Warning, "A tag's namespace is unknown.");
    public static readonly LintCheck TagDuplicate = Add("MD2243", "tag-duplicate", Hint, "A tag stands twice.");
    public static readonly LintCheck TechniqueUnknown = Add("MD2244", "technique-unknown", Error, "No release knows the id.");
    public static readonly LintCheck TechniqueRetired = Add("MD2245", "technique-retired", Warning, "The id is gone from the release.");
    public static readonly LintCheck TacticUnknown = Add("MD2246", "tactic-unknown", Error, "The tag is neither a tactic nor an id.");
    public static readonly LintCheck TacticRetired = Add("MD2247", "tactic-retired", Warning, "The tactic is gone from the release.");
    public static readonly LintCheck TacticForm = Add("MD2248", "tactic-form", Warning, "Tactics are written with hyphens.");
    public static readonly LintCheck TacticUnsupported = Add("MD2249", "tactic-unsupported", Warning, "No technique of the rule belongs to the tactic.");
    public static readonly LintCheck TacticMissing = Add("MD2250", "tactic-missing", Hint, "None of a technique's tactics is named.");
    public static readonly LintCheck TechniqueMissing = Add("MD2251", "technique-missing", Hint, "Tactics are named, but no technique.");
    public static readonly LintCheck ParentAndSub = Add("MD2252", "parent-and-sub", Hint, "A technique is named beside its own sub-technique.");
    public static readonly LintCheck TagValue = Add("MD2253", "tag-value", Warning, "The value of a cve, tlp, car, d3fend, stp or detection tag is malformed.");

    // Log source and condition.
    public static readonly LintCheck SourceCase = Add("MD2260", "logsource-case", Hint, "Log sources are written in lower case.");
    public static readonly LintCheck SourcePart = Add("MD2261", "logsource-part", Warning, "The log source has a part that Sigma does not know.");
    public static readonly LintCheck SourceWide = Add("MD2262", "logsource-wide", Hint, "The log source names a product only, so every event of it is read.");
    public static readonly LintCheck SourceEventId = Add("MD2263", "eventid-without-channel", Warning, "An event number without channel or provider matches events of other logs.");
    public static readonly LintCheck SourceTwice = Add("MD2264", "category-and-eventid", Hint, "The category already chooses the event number.");
    public static readonly LintCheck SelectionUnused = Add("MD2270", "selection-unused", Warning, "A search identifier is not used by the condition.");
    public static readonly LintCheck ConditionConstant = Add("MD2271", "condition-constant", Error, "The condition is always true or never true.");
    public static readonly LintCheck FilterPositive = Add("MD2272", "filter-not-negated", Warning, "A search identifier called filter is asked for, not taken away.");
    public static readonly LintCheck OfOne = Add("MD2273", "of-one", Hint, "'x of' names a single search identifier.");
    public static readonly LintCheck OfThem = Add("MD2274", "of-them", Hint, "'of them' takes in every search identifier, also later ones.");
    public static readonly LintCheck ConditionCase = Add("MD2275", "condition-case", Hint, "Words of the condition are written in lower case.");
    public static readonly LintCheck SelectionTwin = Add("MD2276", "selection-twin", Warning, "Two search identifiers ask for the same.");
    public static readonly LintCheck SelectionContained = Add("MD2277", "part-without-effect", Hint, "A part of the rule has no effect because another part decides.");
    public static readonly LintCheck DoubleNot = Add("MD2278", "double-not", Hint, "'not not' says nothing.");
    public static readonly LintCheck NegativeOnly = Add("MD2279", "negative-only", Warning, "The rule only says what an event is not, so nearly every event matches.");
    public static readonly LintCheck RuleTwin = Add("MD2280", "rule-twin", Warning, "Two rules match the same events of the same log source.");

    // Fields, modifiers and values.
    public static readonly LintCheck ContainsStar = Add("MD2304", "contains-star", Warning, "A value of only '*' asks whether the field is there.");
    public static readonly LintCheck StarRedundant = Add("MD2305", "star-redundant", Hint, "A wildcard at the end repeats what the modifier says.");
    public static readonly LintCheck StarForModifier = Add("MD2306", "star-for-modifier", Hint, "A wildcard at the end of a value says what a modifier says better.");
    public static readonly LintCheck StarEscaped = Add("MD2307", "star-escaped", Warning, "A backslash makes the following wildcard a plain character.");
    public static readonly LintCheck NeedleShort = Add("MD2308", "needle-short", Hint, "A part of one or two characters is found nearly everywhere.");
    public static readonly LintCheck NullText = Add("MD2310", "null-text", Warning, "The text 'null' or '-' is not the same as no value.");
    public static readonly LintCheck EmptyNeedle = Add("MD2311", "empty-needle", Error, "An empty text is part of every value.");
    public static readonly LintCheck NumberQuoted = Add("MD2312", "number-quoted", Hint, "A number is written as text.");
    public static readonly LintCheck ValueDuplicate = Add("MD2313", "value-duplicate", Warning, "A value stands twice.");
    public static readonly LintCheck ValueContained = Add("MD2314", "value-contained", Hint, "A value never decides because a shorter one always matches too.");
    public static readonly LintCheck ValueSpaces = Add("MD2315", "value-spaces", Hint, "A whole value starts or ends with a space.");
    public static readonly LintCheck WindashWithoutDash = Add("MD2316", "windash-without-dash", Warning, "'windash' changes only values with a dash.");
    public static readonly LintCheck EncodingWithoutBase64 = Add("MD2317", "encoding-without-base64", Warning, "A UTF-16 modifier without base64 looks for bytes that text logs do not hold.");
    public static readonly LintCheck OffsetWithoutContains = Add("MD2318", "base64-without-contains", Warning, "Encoded text stands inside a value and needs 'contains'.");
    public static readonly LintCheck CasedWithoutLetters = Add("MD2319", "cased-without-letters", Hint, "'cased' changes only values with letters.");
    public static readonly LintCheck PathWithoutSlash = Add("MD2320", "path-without-separator", Warning, "A file name without the separator before it also ends other names.");
    public static readonly LintCheck FieldSpaces = Add("MD2321", "field-spaces", Hint, "Spaces in field names are dropped when rules are matched.");
    public static readonly LintCheck FieldCase = Add("MD2322", "field-case", Warning, "A field differs from a known one only in case.");
    public static readonly LintCheck FieldSelf = Add("MD2323", "field-itself", Error, "A field is compared with itself.");
    public static readonly LintCheck HashesWhole = Add("MD2324", "hashes-whole", Warning, "The field of hashes holds several, so a single one is only part of it.");
    public static readonly LintCheck UserLocalised = Add("MD2325", "user-localised", Hint, "Names of built-in accounts differ from language to language.");
    public static readonly LintCheck NetworkContained = Add("MD2326", "network-contained", Hint, "A network lies inside another one of the list.");
    public static readonly LintCheck IndicatorsOnly = Add("MD2327", "indicators-only", Hint, "The rule stands and falls with hashes, addresses or domains.");
    public static readonly LintCheck KeywordShort = Add("MD2328", "keyword-short", Hint, "A keyword of one to three characters is searched in every value of every event.");

    // Regular expressions.
    public static readonly LintCheck RegexPlain = Add("MD2340", "regex-plain", Hint, "A regular expression says no more than a plain value.");
    public static readonly LintCheck RegexPadded = Add("MD2341", "regex-padded", Hint, "'.*' at the end of a regular expression has no effect.");
    public static readonly LintCheck RegexFlag = Add("MD2342", "regex-inline-flag", Hint, "A flag inside the expression is not read by every engine.");
    public static readonly LintCheck RegexDot = Add("MD2343", "regex-dot", Hint, "A dot before a file extension matches any character.");
    public static readonly LintCheck RegexGroups = Add("MD2344", "regex-construct", Warning, "Look-around, back references and possessive repeats need an engine that backtracks.");
    public static readonly LintCheck RegexCase = Add("MD2345", "regex-case", Hint, "A regular expression heeds case, unlike the other values of the rule.");

    // Correlations and filters.
    public static readonly LintCheck ReferenceUnknown = Add("MD2360", "reference-unknown", Warning, "The named rule is not among the given files.");
    public static readonly LintCheck CorrelationSelf = Add("MD2361", "correlation-itself", Error, "The correlation names itself.");
    public static readonly LintCheck GroupMissing = Add("MD2362", "group-by-missing", Hint, "Without group-by the events of all hosts and users are counted together.");
    public static readonly LintCheck TemporalSingle = Add("MD2363", "temporal-single", Warning, "A temporal correlation of one rule is the rule itself.");
    public static readonly LintCheck BoundTrivial = Add("MD2364", "bound-trivial", Warning, "The condition of the correlation holds for every event or for none.");
    public static readonly LintCheck TimespanLong = Add("MD2365", "timespan-long", Hint, "A window of more than 30 days holds many events in memory.");
    public static readonly LintCheck AliasUnused = Add("MD2366", "alias-unused", Warning, "An alias is not used by group-by or the condition.");
    public static readonly LintCheck FilterSource = Add("MD2367", "filter-logsource", Warning, "The filter's log source differs from that of a rule it names.");
    public static readonly LintCheck ReferenceTwice = Add("MD2368", "reference-twice", Hint, "A rule is named twice.");

    /// <summary>All checks by code.</summary>
    public static IReadOnlyList<LintCheck> All => all;

    private static LintCheck Add(string code, string name, LintSeverity severity, string summary)
    {
        var check = new LintCheck(code, name, severity, summary);
        all.Add(check);
        return check;
    }
}
