using System.Collections.Immutable;
using Modus.Sigma.Linting;
using Xunit;

namespace Modus.Tests.Sigma.Linting;

public sealed class RuleLintTests
{
    private const string Sound = """
        title: Snapshots deleted
        id: 0c9cb5ac-4bb4-4ca8-a16d-b2d2d4e1d0a6
        status: test
        description: Snapshots that would restore the machine are removed.
        references:
            - https://example.org/a
        author: Tester
        date: 2026-01-02
        modified: 2026-02-03
        tags:
            - attack.impact
            - attack.t1490
        logsource:
            category: process_creation
            product: windows
        detection:
            selection:
                CommandLine|contains: 'delete shadows'
            filter_backup:
                ParentImage|endswith: '\backup.exe'
            condition: selection and not filter_backup
        falsepositives:
            - Backup software
        level: high
        """;

    private static readonly LintOptions options = new()
    {
        Today = new(2026, 11, 21),
        KnownFields = new HashSet<string> { "CommandLine", "Image" },
        Attack = new()
        {
            Release = "test 2",
            Tactics = new HashSet<string> { "impact", "stealth", "command-and-control" },
            Techniques = new Dictionary<string, ImmutableArray<string>> { ["t1490"] = ["impact"], ["t1055"] = ["stealth"], ["t1055.001"] = ["stealth"] },
            Retired = new Dictionary<string, string> { ["t1070.001"] = "T1055" },
            RetiredTactics = new Dictionary<string, ImmutableArray<string>> { ["defense-evasion"] = ["stealth"] },
        },
    };

    // Check, what is replaced in the sound rule, by what, and the line the finding points at (0 = not looked at).
    public static TheoryData<string, string, string, int> Faults => new()
    {
        { "id-missing", "id: 0c9cb5ac-4bb4-4ca8-a16d-b2d2d4e1d0a6\n", "", 1 },
        { "id-malformed", "0c9cb5ac-4bb4-4ca8-a16d-b2d2d4e1d0a6", "rule-17", 2 },
        { "id-version", "-4ca8-", "-1ca8-", 2 },
        { "title-long", "Snapshots deleted", new string('A', 111), 1 },
        { "title-form", "Snapshots deleted", "snapshots deleted.", 1 },
        { "status-missing", "status: test\n", "", 0 },
        { "word-case", "level: high", "level: High", 24 },
        { "level-missing", "level: high", "", 0 },
        { "description-missing", "description: Snapshots that would restore the machine are removed.\n", "", 0 },
        { "description-short", "Snapshots that would restore the machine are removed.", "Bad thing.", 4 },
        { "author-missing", "author: Tester\n", "", 0 },
        { "date-missing", "date: 2026-01-02\n", "", 0 },
        { "date-form", "2026-01-02", "2026/01/02", 8 },
        { "date-order", "modified: 2026-02-03", "modified: 2025-02-03", 9 },
        { "date-future", "modified: 2026-02-03", "modified: 2026-12-03", 9 },
        { "falsepositives-missing", "falsepositives:\n    - Backup software\n", "", 0 },
        { "reference-form", "https://example.org/a", "a talk at a meeting", 6 },
        { "reference-duplicate", "    - https://example.org/a\n", "    - https://example.org/a\n    - https://example.org/a\n", 7 },
        { "related-form", "status: test", "related:\n    - id: 5f\n      type: derived\nstatus: test", 0 },
        { "related-form", "status: test", "related:\n    - id: 1c9cb5ac-4bb4-4ca8-a16d-b2d2d4e1d0a6\n      type: cousin\nstatus: test", 0 },
        { "related-self", "status: test", "related:\n    - id: 0c9cb5ac-4bb4-4ca8-a16d-b2d2d4e1d0a6\n      type: similar\nstatus: test", 0 },
        { "attribute-typo", "falsepositives:", "falsepositive:", 22 },
        { "control-character", "author: Tester", "author: \"Tes\\u202eter\"", 7 },
        { "status-outdated", "status: test", "status: deprecated", 3 },
        { "tags-missing", "tags:\n    - attack.impact\n    - attack.t1490\n", "", 0 },
        { "tag-form", "attack.t1490", "attack.T1490", 12 },
        { "tag-namespace", "attack.t1490", "atack.t1490", 12 },
        { "tag-duplicate", "    - attack.t1490\n", "    - attack.t1490\n    - attack.t1490\n", 13 },
        { "technique-unknown", "attack.t1490", "attack.t9999", 12 },
        { "technique-retired", "attack.t1490", "attack.t1070.001", 12 },
        { "tactic-unknown", "attack.impact", "attack.impcat", 11 },
        { "tactic-retired", "attack.impact", "attack.defense-evasion", 11 },
        { "tactic-form", "attack.impact", "attack.command_and_control", 11 },
        { "tactic-unsupported", "attack.impact", "attack.stealth", 11 },
        { "tactic-missing", "    - attack.impact\n", "", 11 },
        { "technique-missing", "    - attack.t1490\n", "", 11 },
        { "parent-and-sub", "attack.impact\n    - attack.t1490", "attack.stealth\n    - attack.t1055\n    - attack.t1055.001", 12 },
        { "tag-value", "attack.t1490", "attack.t1490\n    - cve.21.1", 13 },
        { "tag-value", "attack.t1490", "attack.t1490\n    - tlp.purple", 13 },
        { "logsource-case", "product: windows", "product: Windows", 15 },
        { "logsource-part", "category: process_creation", "categorie: process_creation", 14 },
        { "logsource-wide", "    category: process_creation\n", "", 14 },
        { "eventid-without-channel", "    category: process_creation\n    product: windows\ndetection:\n    selection:\n", "    product: windows\ndetection:\n    selection:\n        EventID: 4688\n", 0 },
        { "category-and-eventid", "    selection:\n", "    selection:\n        EventID: 1\n", 18 },
        { "selection-unused", "selection and not filter_backup", "selection", 19 },
        { "condition-constant", "selection and not filter_backup", "selection and filter_backup and not selection", 21 },
        { "condition-constant", "selection and not filter_backup", "selection and filter_backup and not (filter_backup or selection)", 21 },
        { "condition-constant", "selection and not filter_backup", "filter_backup or not filter_backup", 21 },
        { "filter-not-negated", "and not filter_backup", "and filter_backup", 21 },
        { "of-one", "selection and", "1 of selection* and", 21 },
        { "of-them", "selection and not filter_backup", "1 of them", 21 },
        { "condition-case", "and not", "AND not", 21 },
        { "selection-twin", "    filter_backup:\n        ParentImage|endswith: '\\backup.exe'", "    filter_backup:\n        CommandLine|contains: 'delete shadows'", 19 },
        { "part-without-effect", "selection and not filter_backup", "selection or (selection and filter_backup)", 21 },
        { "double-not", "not filter_backup", "not not not filter_backup", 21 },
        { "negative-only", "selection and not filter_backup", "not selection and not filter_backup", 21 },
        { "contains-star", "'delete shadows'", "'*'", 18 },
        { "star-redundant", "'delete shadows'", "'*delete shadows'", 18 },
        { "star-for-modifier", "|contains: 'delete shadows'", ": '*delete shadows*'", 18 },
        { "star-escaped", "|contains: 'delete shadows'", ": 'C:\\Temp\\*'", 18 },
        { "needle-short", "'delete shadows'", "'/q'", 18 },
        { "null-text", "|contains: 'delete shadows'", ": 'null'", 18 },
        { "empty-needle", "'delete shadows'", "''", 18 },
        { "number-quoted", "CommandLine|contains: 'delete shadows'", "EventID: '4688'", 18 },
        { "value-duplicate", "'delete shadows'", "\n            - 'delete'\n            - 'Delete'", 20 },
        { "value-contained", "'delete shadows'", "\n            - 'delete'\n            - 'delete shadows'", 20 },
        { "value-spaces", "|contains: 'delete shadows'", ": 'delete shadows '", 18 },
        { "windash-without-dash", "|contains: 'delete shadows'", "|contains|windash: 'delete'", 18 },
        { "encoding-without-base64", "|contains: 'delete shadows'", "|wide|contains: 'delete'", 18 },
        { "base64-without-contains", "|contains: 'delete shadows'", "|base64offset: 'delete'", 18 },
        { "cased-without-letters", "|contains: 'delete shadows'", "|cased|contains: '12345'", 18 },
        { "path-without-separator", "CommandLine|contains: 'delete shadows'", "Image|endswith: 'cmd.exe'", 18 },
        { "field-spaces", "CommandLine|contains", "Command Line|contains", 18 },
        { "field-case", "CommandLine|contains", "Commandline|contains", 18 },
        { "field-itself", "CommandLine|contains: 'delete shadows'", "CommandLine|fieldref: CommandLine", 18 },
        { "hashes-whole", "CommandLine|contains: 'delete shadows'", "Hashes: 'SHA1=00'", 18 },
        { "user-localised", "CommandLine|contains: 'delete shadows'", "User: 'NT AUTHORITY\\SYSTEM'", 18 },
        { "network-contained", "CommandLine|contains: 'delete shadows'", "DestinationIp|cidr:\n            - 203.0.113.0/24\n            - 203.0.113.128/25", 20 },
        { "indicators-only", "CommandLine|contains: 'delete shadows'", "Hashes|contains: 'MD5=0123456789abcdef0123456789abcdef'", 16 },
        { "regex-plain", "|contains: 'delete shadows'", "|re|i: '.*delete shadows.*'", 18 },
        { "regex-padded", "|contains: 'delete shadows'", "|re|i: '.*delete\\s+shadows'", 18 },
        { "regex-inline-flag", "|contains: 'delete shadows'", "|re: '(?i)delete\\s+shadows'", 18 },
        { "regex-dot", "|contains: 'delete shadows'", "|re|i: 'vssadmin.exe\\s+delete'", 18 },
        { "regex-construct", "|contains: 'delete shadows'", "|re|i: 'delete(?=\\s+shadows)'", 18 },
        { "regex-case", "|contains: 'delete shadows'", "|re: 'delete\\s+shadows'", 18 },
        { "keyword-short", "        CommandLine|contains: 'delete shadows'", "        - 'abc'", 18 },
    };

    [Fact]
    public void Finds_nothing_in_a_sound_rule() => Assert.Empty(Run(Sound).Findings);

    [Theory]
    [MemberData(nameof(Faults))]
    public void Finds_a_fault_where_it_stands(string check, string from, string to, int line)
    {
        Assert.Contains(from, Sound, StringComparison.Ordinal);

        var found = Run(Sound.Replace(from, to, StringComparison.Ordinal)).Findings.Where(finding => finding.Name == check).ToList();

        Assert.NotEmpty(found);
        if (line > 0) Assert.Contains(found, finding => finding.Line == line && finding.Column > 0);
    }

    [Fact]
    public void Has_an_example_for_every_check()
    {
        string[] elsewhere =
        [
            "id-duplicate", "name-duplicate", "title-duplicate", "rule-twin", "file-name", "fixtures-missing", "reference-unknown", "correlation-itself",
            "group-by-missing", "temporal-single", "bound-trivial", "timespan-long", "alias-unused", "filter-logsource", "reference-twice",
        ];

        Assert.Equal(
            RuleLint.Checks.Select(check => check.Name).Order(StringComparer.Ordinal),
            Faults.Select(fault => fault.Data.Item1).Distinct().Concat(elsewhere).Order(StringComparer.Ordinal));
        Assert.Equal(RuleLint.Checks.Count, RuleLint.Checks.Select(check => check.Code).Distinct().Count());
    }

    [Fact]
    public void Sees_doubles_between_files_in_any_order()
    {
        LintFile[] files = [new("b.yml", "name: one\n" + Sound), new("a.yml", "name: one\n" + Sound)];

        var forward = RuleLint.Run(files, options).Findings;
        var backward = RuleLint.Run(files.Reverse(), options).Findings;

        Assert.Equal(["id-duplicate", "name-duplicate", "rule-twin", "title-duplicate"], forward.Select(finding => finding.Name).Order(StringComparer.Ordinal));
        Assert.All(forward, finding => Assert.Equal("b.yml", finding.File));
        Assert.Equal(forward.AsEnumerable(), backward);
    }

    [Fact]
    public void Checks_correlations_against_the_rules_they_name()
    {
        const string correlation = """
            title: Many deletions
            id: 1c9cb5ac-4bb4-4ca8-a16d-b2d2d4e1d0a6
            name: many
            status: test
            description: Snapshots are deleted on many machines.
            author: Tester
            date: 2026-01-02
            tags:
                - attack.impact
                - attack.t1490
            correlation:
                type: temporal
                rules:
                    - many
                timespan: 40d
                aliases:
                    host:
                        many: Computer
            falsepositives:
                - None known
            level: high
            """;

        var single = Names(Run(correlation));
        var counted = Names(Run(correlation
            .Replace("temporal", "event_count", StringComparison.Ordinal)
            .Replace("        - many\n", "        - absent\n        - absent\n", StringComparison.Ordinal)
            .Replace("timespan: 40d", "timespan: 5m\n    group-by:\n        - host\n    condition:\n        gte: 1", StringComparison.Ordinal)));

        Assert.Equal(["alias-unused", "correlation-itself", "group-by-missing", "temporal-single", "timespan-long"], single);
        Assert.Equal(["bound-trivial", "reference-twice", "reference-unknown", "reference-unknown"], counted);
    }

    [Fact]
    public void Checks_that_a_filter_reads_what_its_rules_read()
    {
        const string filter = """
            title: Backups
            id: 2c9cb5ac-4bb4-4ca8-a16d-b2d2d4e1d0a6
            status: test
            description: Takes the backup machines away.
            author: Tester
            date: 2026-01-02
            logsource:
                category: process_creation
                product: linux
            filter:
                rules:
                    - 0c9cb5ac-4bb4-4ca8-a16d-b2d2d4e1d0a6
                selection:
                    Computer|startswith: 'backup-'
                condition: selection
            """;

        var found = RuleLint.Run([new("a.yml", Sound), new("b.yml", filter)], options).Findings;

        Assert.Equal(["filter-logsource"], found.Select(finding => finding.Name));
    }

    [Fact]
    public void Looks_at_the_name_of_the_file_and_for_fixtures_beside_it()
    {
        var result = RuleLint.Run([new("rules/My Rule.YAML", Sound)], options with { HasFixtures = _ => false });

        Assert.Equal(["file-name", "fixtures-missing"], Names(result));
    }

    [Fact]
    public void Reports_a_rule_that_cannot_be_read_and_counts_it()
    {
        var result = RuleLint.Run([new("a.yml", "title: x\ndetection: ["), new("b.yml", Sound)], options);

        Assert.Equal(2, result.Given);
        Assert.Equal(1, result.Used);
        Assert.Contains(result.Findings, finding => finding.File == "a.yml" && finding.Severity == LintSeverity.Error && finding.Line > 0);
    }

    [Fact]
    public void Leaves_out_what_it_is_told_to_leave_out()
    {
        var faulty = Sound.Replace("status: test\n", "", StringComparison.Ordinal).Replace("author: Tester\n", "", StringComparison.Ordinal);

        Assert.Equal(["author-missing", "status-missing"], Names(Run(faulty)));
        Assert.Equal(["author-missing"], Names(RuleLint.Run([new("a.yml", faulty)], options with { Least = LintSeverity.Warning })));
        Assert.Equal(["status-missing"], Names(RuleLint.Run([new("a.yml", faulty)], options with { Without = new HashSet<string> { "MD2214" } })));
    }

    [Fact]
    public void Judges_the_published_rules_without_failing_and_mostly_clean()
    {
        var folder = TestData.Need("sigma/rules/windows/process_creation");
        var files = Directory.GetFiles(folder, "*.yml").Select(file => new LintFile(Path.GetFileName(file), File.ReadAllText(file))).ToList();

        var result = RuleLint.Run(files, new() { Today = new(2026, 11, 21) });

        Assert.Equal(files.Count, result.Given);
        Assert.True(result.Used >= files.Count * 0.99, $"{result.Used} of {files.Count}");
        Assert.True(result.Findings.Count(finding => finding.Severity != LintSeverity.Hint) < files.Count / 10, "too many warnings to be worth reading");
    }

    private static LintResult Run(string text) => RuleLint.Run([new("rule.yml", text)], options);

    private static IEnumerable<string> Names(LintResult result) => result.Findings.Select(finding => finding.Name).Order(StringComparer.Ordinal);
}
