using System.Globalization;

namespace Modus.Analysis.Coverage;

/// <summary>Builds the ladder of an inventory: every technique on every platform, with what holds each rung.</summary>
public static class LadderBuilder
{
    /// <summary>Builds the ladder.</summary>
    /// <param name="knowledge">The release.</param>
    /// <param name="defence">The inventory, in ids of that release.</param>
    /// <param name="today">The day for which staleness is judged.</param>
    /// <param name="options">Limits and choices; null for the defaults.</param>
    public static Ladder Build(CoverageKnowledge knowledge, DefenceInventory defence, DateOnly today, LadderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(knowledge);
        ArgumentNullException.ThrowIfNull(defence);
        options ??= new();
        var gathering = new Gathering(knowledge, defence, options, today);
        gathering.Rules();
        gathering.Claims();
        gathering.Exercises();
        gathering.Hits();
        gathering.Seen();
        gathering.Controls();
        gathering.Analytics();
        var judge = new CellJudge(defence, gathering.Telemetry, today, options);
        return new(knowledge.Release, today, [.. gathering.Cells.Select(judge.Judge)], [.. defence.Unplaced, .. gathering.Unplaced]);
    }

    private sealed class Gathering
    {
        private readonly CoverageKnowledge knowledge;
        private readonly DefenceInventory defence;
        private readonly LadderOptions options;
        private readonly DateOnly today;
        private readonly HashSet<string>? wanted;
        private readonly Dictionary<string, List<CellFacts>> byTechnique = new(StringComparer.Ordinal);
        private readonly Dictionary<string, List<DeployedRule>> rulesByName = new(StringComparer.OrdinalIgnoreCase);

        public Gathering(CoverageKnowledge knowledge, DefenceInventory defence, LadderOptions options, DateOnly today)
        {
            this.today = today;
            this.knowledge = knowledge;
            this.defence = defence;
            this.options = options;
            wanted = options.Techniques is null ? null : new(options.Techniques, StringComparer.OrdinalIgnoreCase);
            Telemetry = new(defence);
            foreach (var technique in knowledge.Techniques)
                if (wanted is null || wanted.Contains(technique.Id))
                    byTechnique[technique.Id] = [.. technique.Platforms.Where(IsWanted).Order(StringComparer.Ordinal).Select(platform => new CellFacts(technique, platform))];
        }

        public TelemetryCheck Telemetry { get; }

        public List<Unplaced> Unplaced { get; } = [];

        /// <summary>Every cell, by technique id.</summary>
        public IEnumerable<CellFacts> Cells
        {
            get
            {
                var ids = new List<string>(byTechnique.Keys);
                ids.Sort(StringComparer.Ordinal);
                foreach (var id in ids)
                    foreach (var cell in byTechnique[id]) yield return cell;
            }
        }

        public void Rules()
        {
            foreach (var rule in defence.Rules)
            {
                Name(rule.Id, rule);
                Name(rule.Title, rule);
                if (rule.Techniques.Count == 0) Unplaced.Add(new(rule.Title, rule.Place, rule.Refusal is { } refusal ? $"the rule does not load ({refusal}) and names no technique" : "the rule names no technique"));
                foreach (var technique in rule.Techniques)
                    foreach (var cell in At(technique, rule.Platforms, rule.Place, rule.Title)) Add(cell, rule, technique);
            }
        }

        public void Claims()
        {
            foreach (var claim in defence.Claims)
                foreach (var cell in At(claim.Technique, claim.Platforms, claim.Evidence.Place, claim.Evidence.What))
                {
                    var evidence = Carried(claim.Evidence, claim.Technique);
                    if (claim.Kind == ClaimKind.Visibility) cell.For(Rung.Telemetry, evidence);
                    else if (claim.Kind == ClaimKind.Nothing) cell.Against(Rung.Claimed, evidence);
                    else cell.For(Rung.Claimed, evidence);
                }
        }

        public void Exercises()
        {
            foreach (var test in defence.Exercises)
                foreach (var cell in At(test.Technique, PlatformsOf(test), test.Place, test.Test))
                {
                    var evidence = Carried(new(RungEvidenceKind.Exercise, $"{test.Exercise}: {test.Test}", test.Place)
                    {
                        Date = test.Date,
                        Host = test.Host,
                        Id = test.TestId,
                        Detail = Joined(test.Stated.Length > 0 ? test.Stated : test.Outcome.ToString().ToLowerInvariant(), test.Rules.Count > 0 ? $"rules {string.Join(", ", test.Rules)}" : null, test.Platforms.Count == 0 ? "the platform is not stated" : null, test.Note.Length > 0 ? test.Note : null),
                    }, test.Technique);
                    cell.Exercises.Add(test);
                    if (test.Outcome is ExerciseOutcome.Detected or ExerciseOutcome.Prevented) cell.For(Rung.Tested, evidence);
                    else if (test.Outcome is ExerciseOutcome.Missed or ExerciseOutcome.Logged) cell.Against(Rung.Tested, evidence);
                    if (test.Outcome == ExerciseOutcome.Logged) cell.For(Rung.Telemetry, evidence);
                }
        }

        /// <summary>Where a test that names no platform counts: on that of the host group it names, else on those of the inventory's hosts, else on all.</summary>
        private IReadOnlyList<string> PlatformsOf(ExerciseResult test)
        {
            if (test.Platforms.Count > 0 || defence.Hosts.Count == 0) return test.Platforms;
            var groups = defence.Hosts.Where(group => group.Name.Equals(test.Host, StringComparison.OrdinalIgnoreCase)).ToList();
            List<string> platforms = [.. (groups.Count > 0 ? groups : defence.Hosts).Select(group => group.Platform).Distinct(StringComparer.OrdinalIgnoreCase)];
            // A technique that is on none of them stays where the release has it.
            return test.Technique.Id is { } id && byTechnique.TryGetValue(id, out var cells) && cells.Exists(cell => platforms.Contains(cell.Platform, StringComparer.OrdinalIgnoreCase)) ? platforms : [];
        }

        public void Hits()
        {
            foreach (var hits in defence.Hits)
            {
                var rules = rulesByName.GetValueOrDefault(hits.RuleId, []);
                var techniques = hits.Techniques.Count > 0 ? hits.Techniques : [.. rules.SelectMany(rule => rule.Techniques).DistinctBy(item => item.Id)];
                if (techniques.Count == 0) Unplaced.Add(new(hits.RuleId, hits.Evidence.Place, rules.Count > 0 ? "the rule that fired names no technique" : "the rule that fired is not in the inventory and its hits name no technique"));
                foreach (var technique in techniques)
                    foreach (var cell in At(technique, hits.Platforms.Count > 0 ? hits.Platforms : [.. rules.SelectMany(rule => rule.Platforms).Distinct()], hits.Evidence.Place, hits.RuleId))
                    {
                        var evidence = Carried(hits.Evidence with { Detail = Joined(hits.Evidence.Detail, string.Create(CultureInfo.InvariantCulture, $"{hits.Count} hits{(hits.First is { } first ? $" since {first:yyyy-MM-dd}" : "")}")) }, technique);
                        cell.For(Rung.Fired, evidence);
                        cell.For(Rung.Telemetry, evidence);
                        if (rules.Count == 0) cell.For(Rung.Claimed, evidence);
                    }
            }
        }

        public void Seen()
        {
            foreach (var seen in defence.Seen)
                foreach (var cell in At(seen.Technique, seen.Platforms, seen.Evidence.Place, seen.Evidence.What)) cell.For(Rung.Telemetry, Carried(seen.Evidence, seen.Technique));
        }

        public void Controls()
        {
            foreach (var control in defence.Controls.Where(control => control.State is ControlState.InPlace or ControlState.Partial))
                foreach (var effect in control.Effects)
                {
                    if (wanted is not null && !wanted.Contains(effect.TechniqueId)) continue;
                    foreach (var cell in byTechnique.GetValueOrDefault(effect.TechniqueId, []))
                        cell.Controls.Add(new(RungEvidenceKind.Control, $"{control.Id} {control.Name}".Trim(), control.Place) { Id = control.Id, Detail = Joined(effect.Category, effect.Grade, control.Framework, control.State == ControlState.Partial ? "in place in part" : null) });
                }
        }

        // A cell without a rule has telemetry where every log of one analytic is collected.
        public void Analytics()
        {
            if (defence.LogSources.Count == 0) return;
            foreach (var cell in Cells)
            {
                if (!Telemetry.IsKnown(cell.Platform)) continue;
                foreach (var analytic in cell.Technique.Analytics)
                {
                    if (!analytic.NamesLogs || !analytic.Platforms.Contains(cell.Platform, StringComparer.OrdinalIgnoreCase)) continue;
                    var found = analytic.Needs.Select(need => (Need: need, Source: Telemetry.Of(need, cell.Platform))).ToList();
                    if (found.TrueForAll(pair => pair.Source is not null))
                        foreach (var source in found.Select(pair => pair.Source!).DistinctBy(source => source.Id)) cell.For(Rung.Telemetry, OfSource(source, cell.Platform, $"for {analytic.Id}"));
                    else
                        cell.Against(Rung.Telemetry, new(RungEvidenceKind.LogSource, $"{analytic.Id} also needs {string.Join("; ", found.Where(pair => pair.Source is null).Select(pair => pair.Need.ToString()).Distinct())}", $"ATT&CK {knowledge.Release}") { Detail = "not collected" });
                }
            }
        }

        private void Add(CellFacts cell, DeployedRule rule, MappedTechnique technique)
        {
            cell.Rules.Add(rule);
            var evidence = Carried(new(RungEvidenceKind.Rule, rule.Title, rule.Place) { Date = rule.Date, Id = rule.Id, Detail = rule.Level == "unstated" ? null : rule.Level }, technique);
            cell.For(Rung.Claimed, evidence);
            if (rule.Refusal is { } refusal) cell.Against(Rung.Deployed, evidence with { Detail = $"does not load: {refusal}" });
            else if (rule.IsDeployed)
                cell.For(Rung.Deployed, evidence with { Date = rule.DeployedOn, Place = rule.DeployedPlace ?? rule.Place, Host = rule.Hosts.Count > 0 ? string.Join(", ", rule.Hosts) : null, Detail = Joined(evidence.Detail, rule.Owner is { } owner ? $"owner {owner}" : null) });
            // Fixtures are run whenever the rules are read: what they show, they show today.
            if (rule.FixturesMatched > 0)
                cell.For(Rung.Tested, evidence with { Kind = RungEvidenceKind.Fixture, Place = rule.FixturePlace ?? rule.Place, Date = today, Detail = $"{rule.FixturesMatched} fixture events matched" });
            if (rule.Fire.Verdict == FireVerdict.Cannot)
                cell.Against(Rung.Telemetry, evidence with { Detail = $"cannot fire: {rule.Fire.Reason}{(rule.Fire.Fix is { } fix ? $" {fix}" : "")}" });
            if (rule.Refusal is not null) return;
            var sources = rule.Streams.SelectMany(stream => Telemetry.Of(stream, cell.Platform)).DistinctBy(source => source.Id).ToList();
            foreach (var source in sources)
                if (rule.Fire.Verdict != FireVerdict.Cannot) cell.For(Rung.Telemetry, OfSource(source, cell.Platform, $"read by {rule.Title}"));
            if (sources.Count == 0 && rule.Streams.Count > 0 && Telemetry.IsKnown(cell.Platform))
                cell.Against(Rung.Telemetry, evidence with { Kind = RungEvidenceKind.LogSource, What = string.Join(", ", rule.Streams), Detail = $"not collected; '{rule.Title}' reads it" });
        }

        private RungEvidence OfSource(LogSourceCoverage source, string platform, string why) => new(source.WasObserved ? RungEvidenceKind.Log : RungEvidenceKind.LogSource, source.Name, source.Place)
        {
            Id = source.Id,
            Date = source.SeenOn ?? source.Since,
            Host = source.Hosts.Count > 0 ? string.Join(", ", source.Hosts) : null,
            Detail = Joined(Telemetry.Share(source, platform) is { } share ? string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.#}% of hosts") : $"events of {source.ObservedHosts} hosts seen", source.RetentionDays is { } days ? $"kept {days} days" : null, why),
        };

        /// <summary>The cells of a technique on platforms; a platform that the release does not list gets a cell of its own, so that nothing is lost.</summary>
        private IEnumerable<CellFacts> At(MappedTechnique technique, IReadOnlyList<string> platforms, string place, string what)
        {
            if (technique.Id is null)
            {
                Unplaced.Add(new(technique.Given.Length > 0 ? technique.Given : what, place, $"{what}: {technique.Verdict}"));
                return [];
            }
            if (wanted is not null && !wanted.Contains(technique.Id)) return [];
            if (!byTechnique.TryGetValue(technique.Id, out var cells))
            {
                Unplaced.Add(new(technique.Given, place, $"{what}: {technique.Id} is no living technique of {knowledge.Domain} {knowledge.Release}"));
                return [];
            }
            if (platforms.Count == 0) return cells;
            var found = cells.Where(cell => platforms.Contains(cell.Platform, StringComparer.OrdinalIgnoreCase)).ToList();
            if (found.Count > 0) return found;
            foreach (var platform in platforms.Where(IsWanted))
            {
                var beyond = new CellFacts(knowledge.Find(technique.Id)!, platform);
                cells.Add(beyond);
                found.Add(beyond);
            }
            return found;
        }

        private bool IsWanted(string platform) => options.Platforms.Count == 0 || options.Platforms.Contains(platform, StringComparer.OrdinalIgnoreCase);

        private void Name(string name, DeployedRule rule)
        {
            if (name.Length == 0) return;
            if (!rulesByName.TryGetValue(name, out var list)) rulesByName[name] = list = [];
            list.Add(rule);
        }

        private static RungEvidence Carried(RungEvidence evidence, MappedTechnique technique) =>
            technique.IsCarried ? evidence with { Detail = Joined(evidence.Detail, $"given as {technique.Given}, {technique.Verdict}") } : evidence;

        private static string? Joined(params string?[] parts) => string.Join("; ", parts.Where(part => !string.IsNullOrEmpty(part))) is { Length: > 0 } text ? text : null;
    }
}
