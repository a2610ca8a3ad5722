using System.Collections.Immutable;
using System.Text;
using Modus.Sigma.Expressions;
using Modus.Sigma.Linting;
using Modus.Sigma.Matching;

namespace Modus.Sigma.Reach;

/// <summary>Whether a rule can ever fire on logs of known fields.</summary>
public enum ReachVerdict
{
    /// <summary>No log source of the rule was looked at, or too little of it.</summary>
    Unknown,

    /// <summary>Every field that it needs is there.</summary>
    Can,

    /// <summary>A field that it needs is in none of the events.</summary>
    Cannot,
}

/// <summary>Whether a rule can fire, and why not.</summary>
/// <param name="Verdict">The answer.</param>
/// <param name="Reason">Why, in a sentence.</param>
/// <param name="MissingFields">Fields that it needs and no event has.</param>
/// <param name="Fix">What to write instead, or null.</param>
public sealed record RuleReach(ReachVerdict Verdict, string Reason, ImmutableArray<string> MissingFields, string? Fix)
{
    /// <summary>Events of one kind that make an absent field with a plain name certain: their fields are fixed by a template.</summary>
    public const int FewestOfOneKind = 1;

    /// <summary>Events that make any other absent field certain enough to say so: 100.</summary>
    public const int FewestOfManyKinds = 100;

    /// <summary>Asks of the fields that were seen whether a rule can be true.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="schemas">What was seen.</param>
    public static RuleReach Of(CompiledRule rule, IEnumerable<LogSchema> schemas)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(schemas);
        var source = rule.LogSource;
        var covered = schemas.Where(schema => schema.Covers(source.Product, source.Service, source.Category)).ToList();
        if (covered.Count == 0) return new(ReachVerdict.Unknown, $"no event of {source} was looked at", [], null);
        // What the constants of a source rule out is another event than the rule means.
        var meant = covered.Where(schema => new Question(rule, schema, true).Ask(rule.Expression).CanBeTrue).ToList();
        if (meant.Count == 0) return new(ReachVerdict.Unknown, $"none of the events looked at is of the kind that it asks for ({string.Join("; ", covered.Take(3))})", [], null);
        var missing = new SortedSet<string>(StringComparer.Ordinal);
        var few = false;
        foreach (var schema in meant)
        {
            var question = new Question(rule, schema, false);
            if (question.Ask(rule.Expression).CanBeTrue) return new(ReachVerdict.Can, $"all fields it needs are in {schema}", [], null);
            missing.UnionWith(question.Missing);
            few |= question.Missing.Any(field => schema.Events < (schema.Constants.IsEmpty || field.Contains('.', StringComparison.Ordinal) ? FewestOfManyKinds : FewestOfOneKind));
        }
        var events = meant.Sum(schema => schema.Events);
        var names = string.Join(", ", missing.Select(field => $"'{field}'"));
        var reason = $"none of the {events} events of {string.Join("; ", meant.Take(2))} has {names}";
        if (few) return new(ReachVerdict.Unknown, $"{reason}; too few to be sure", [.. missing], null);
        var fixes = missing.Select(field => (Field: field, Instead: Nearest(field, meant[0].Fields))).Where(pair => pair.Instead is not null).Select(pair => $"write '{pair.Instead}' for '{pair.Field}'").ToList();
        return new(ReachVerdict.Cannot, reason, [.. missing], fixes.Count > 0 ? string.Join(", ", fixes) : null);
    }

    /// <summary>The field of a log that is likely meant: the same letters, nearly the same, or the most words in common.</summary>
    public static string? Nearest(string field, IReadOnlyCollection<string> fields)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(fields);
        if (fields.Where(name => name.Equals(field, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal).FirstOrDefault() is { } same) return same;
        var words = Words(field);
        var byWords = fields.Select(name => (Name: name, Shared: Words(name).Intersect(words, StringComparer.OrdinalIgnoreCase).Count()))
            .Where(pair => pair.Shared > 0).OrderByDescending(pair => pair.Shared).ThenBy(pair => Spelling.Distance(pair.Name, field)).ThenBy(pair => pair.Name, StringComparer.Ordinal).ToList();
        return Spelling.Nearest(field, fields) ?? (byWords.Count > 0 ? byWords[0].Name : null);
    }

    // SourceIp is source and ip; 'id' and 'name' alone say nothing.
    private static List<string> Words(string field)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var letter in field)
        {
            if (!char.IsLetterOrDigit(letter) || (char.IsUpper(letter) && word.Length > 0 && !char.IsUpper(word[^1])))
            {
                if (word.Length > 0) words.Add(word.ToString());
                word.Clear();
            }
            if (char.IsLetterOrDigit(letter)) word.Append(letter);
        }
        if (word.Length > 0) words.Add(word.ToString());
        return [.. words.Where(one => !one.Equals("id", StringComparison.OrdinalIgnoreCase) && !one.Equals("name", StringComparison.OrdinalIgnoreCase) && one.Length > 1)];
    }

    private sealed class Question(CompiledRule rule, LogSchema schema, bool allFields)
    {
        public HashSet<string> Missing { get; } = new(StringComparer.Ordinal);

        public (bool CanBeTrue, bool CanBeFalse) Ask(Expression expression, bool wanted = true)
        {
            switch (expression)
            {
                case Constant constant: return (constant.Value, !constant.Value);
                case Not not:
                    var (isTrue, isFalse) = Ask(not.Part, !wanted);
                    return (isFalse, isTrue);
                case All all:
                    var parts = all.Parts.Select(part => Ask(part, wanted)).ToList();
                    return (parts.TrueForAll(part => part.CanBeTrue), parts.Exists(part => part.CanBeFalse));
                case Any any:
                    var choices = any.Parts.Select(part => Ask(part, wanted)).ToList();
                    return (choices.Exists(part => part.CanBeTrue), choices.TrueForAll(part => part.CanBeFalse));
                case Test { Field: { } field } test: return Ask(test, field, wanted);
                default: return (true, true);
            }
        }

        private (bool, bool) Ask(Test test, string written, bool wanted)
        {
            var field = schema.FieldFor(written, rule.LogSource.Service, rule.LogSource.Category);
            foreach (var (name, value) in schema.Constants)
            {
                if (name != field) continue;
                if (test is NullTest) return (false, true);
                if (test is ExistsTest) return (true, false);
                if (ValueCheck.Known(test) is not { } check) return (true, true);
                var holds = check.Matches(check.ReadsFolded ? Folding.Fold(value) : Encoding.UTF8.GetBytes(value));
                return (holds, !holds);
            }
            if (allFields || schema.Fields.Contains(field)) return (true, true);
            if (test is NullTest) return (true, false);
            if (wanted) Missing.Add(field);
            return (false, true);
        }
    }
}
