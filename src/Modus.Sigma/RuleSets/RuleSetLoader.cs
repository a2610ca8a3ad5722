using System.Collections.Immutable;
using System.Text;
using Modus.Sigma.Packs;
using Modus.Sigma.Rules;

namespace Modus.Sigma;

/// <summary>Reads files and joins what they hold into a rule set.</summary>
internal static class RuleSetLoader
{
    public static RuleSet Load(IEnumerable<string> paths, RuleSetOptions options)
    {
        var problems = new List<Problem>();
        var names = paths.SelectMany(path => Files(path, problems)).Distinct(StringComparer.Ordinal).ToArray();
        var files = new RuleFile[names.Length];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, options.Threads) };
        Parallel.For(0, names.Length, parallel, index => files[index] = Read(names[index], options));

        // A pack speaks only for files that could all be read.
        var pack = options.KeepDocuments || problems.Count > 0 || files.Any(file => file.Content is null) ? null : options.PackFile;
        var key = pack is null ? [] : RulePack.Key([.. files.Select(file => (file.Name, file.Content!))], options.Compile);
        if (pack is not null)
        {
            if (RulePack.Read(pack, key, out var damaged) is { } ready) return ready;
            if (damaged is not null) problems.Add(damaged);
        }

        var unread = problems.Count(problem => problem.Code == "MD2007");
        var loaded = new LoadedFile[files.Length];
        Parallel.For(0, files.Length, parallel, index => loaded[index] = files[index] is { Content: { } content } file
            ? Compile(RuleParser.Parse(Decode(content), file.Name), options)
            : new([], 1, [files[index].Problem!]));
        var packProblems = problems.Where(problem => problem.Code == "MD2070").ToList();
        var set = Join(loaded, unread, problems, options);
        if (pack is null) return set;
        var unwritten = RulePack.Write(pack, key, packProblems.Count == 0 ? set : set.Without(packProblems));
        return unwritten is null ? set : set.With(unwritten);
    }

    public static RuleSet Parse(IEnumerable<(string Name, string Text)> texts, RuleSetOptions options) =>
        Join([.. texts.Select(text => Compile(RuleParser.Parse(text.Text, text.Name), options))], 0, [], options);

    private static IEnumerable<string> Files(string path, List<Problem> problems)
    {
        if (File.Exists(path)) return [path];
        if (Directory.Exists(path))
        {
            var all = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = false, AttributesToSkip = FileAttributes.ReparsePoint };
            try
            {
                return [.. Directory.EnumerateFiles(path, "*", all)
                    .Where(file => file.EndsWith(".yml", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase))
                    .Order(StringComparer.Ordinal)];
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                problems.Add(new("MD2007", ProblemSeverity.Error, $"The folder cannot be read: {exception.Message}", path));
                return [];
            }
        }

        problems.Add(new("MD2007", ProblemSeverity.Error, "There is no such file or folder.", path));
        return [];
    }

    private static RuleFile Read(string file, RuleSetOptions options)
    {
        string reason;
        try
        {
            var length = new FileInfo(file).Length;
            if (length <= options.MaxFileBytes) return new(file, File.ReadAllBytes(file), null);
            reason = $"The file has {length} bytes, more than {options.MaxFileBytes} are not read.";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            reason = $"The file cannot be read: {exception.Message}";
        }

        return new(file, null, new("MD2007", ProblemSeverity.Error, reason, file));
    }

    private static string Decode(byte[] content) => Encoding.UTF8.GetString(content.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? content.AsSpan(3) : content);

    private static LoadedFile Compile(ParsedRules parsed, RuleSetOptions options)
    {
        var problems = parsed.Problems.ToList();
        var documents = ImmutableArray.CreateBuilder<LoadedDocument>(parsed.Documents.Length);
        foreach (var document in parsed.Documents)
        {
            switch (document)
            {
                case SigmaRule rule when RuleCompiler.Compile(rule, options.Compile, problems) is { } compiled:
                    // What was written is dropped at once where no one asked for it: it takes more room than the compiled form.
                    documents.Add(new(document.Header, options.KeepDocuments ? document : null, compiled, null));
                    break;
                case SigmaFilter filter when RuleCompiler.Compile(filter, options.Compile, problems) is { } condition:
                    documents.Add(new(document.Header, document, null, condition));
                    break;
                case SigmaCorrelation:
                    documents.Add(new(document.Header, document, null, null));
                    break;
                default:
                    break;
            }
        }

        return new(documents.ToImmutable(), parsed.Given, problems);
    }

    private static RuleSet Join(LoadedFile[] files, int unread, List<Problem> problems, RuleSetOptions options)
    {
        foreach (var file in files) problems.AddRange(file.Problems);
        var documents = files.SelectMany(file => file.Documents).ToList();
        ReportDoubles(documents, problems);
        var rules = documents.Where(document => document.Rule is not null).Select(document => document.Rule!).ToImmutableArray();
        var filters = documents.Where(document => document.Filter is not null).Select(document => ((SigmaFilter)document.Document!, document.Filter!)).ToList();
        rules = Filters.FilterApplication.Apply(rules, filters, problems);
        var correlations = CorrelationLinker.Link([.. documents.Select(document => document.Document).OfType<SigmaCorrelation>()], ref rules, problems);
        var given = files.Sum(file => file.Given) + unread;
        var used = rules.Length + correlations.Length + filters.Count;
        return new(rules, correlations,
            options.KeepDocuments ? [.. documents.Select(document => document.Document!)] : [],
            new(given, rules.Length, correlations.Length, filters.Count, given - used, files.Length),
            [.. problems]);
    }

    private static void ReportDoubles(List<LoadedDocument> documents, List<Problem> problems)
    {
        var seen = new Dictionary<string, RuleHeader>(StringComparer.Ordinal);
        foreach (var header in documents.Select(document => document.Header))
        {
            foreach (var name in new[] { header.Id, header.Name }.OfType<string>())
            {
                if (seen.TryAdd(name, header)) continue;
                problems.Add(new("MD2060", ProblemSeverity.Warning, $"'{name}' is also the id or name of {seen[name].File}; references mean that one.",
                    header.File, header.Position.Line, header.Position.Column, "Give each rule an id and a name of its own."));
            }
        }
    }

    private sealed record RuleFile(string Name, byte[]? Content, Problem? Problem);

    private sealed record LoadedFile(ImmutableArray<LoadedDocument> Documents, int Given, IReadOnlyList<Problem> Problems);

    private sealed record LoadedDocument(RuleHeader Header, RuleDocument? Document, CompiledRule? Rule, Expressions.Expression? Filter);
}
