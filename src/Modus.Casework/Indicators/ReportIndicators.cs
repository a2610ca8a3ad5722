using Modus.Casework.Ingest;
using Modus.Reports.Documents;
using Modus.Reports.Entities;

namespace Modus.Casework.Indicators;

/// <summary>Indicators in a document.</summary>
/// <remarks>
/// A document that defangs what is dangerous says with it what is not: its working web addresses, names and mail addresses are
/// references. Of one that defangs nothing, those in tables, lists and code are taken; in running text they are references as well.
/// </remarks>
internal static class ReportIndicators
{
    private const int LongestContext = 600;

    /// <summary>Finds them.</summary>
    /// <param name="document">The document.</param>
    /// <param name="file">Its name, as the caller names it.</param>
    /// <param name="now">The time of the call: a date after it is none on which something was seen.</param>
    /// <param name="references">How many addresses were taken for references and left out.</param>
    public static IReadOnlyList<FoundIndicator> Of(Document document, string file, DateTimeOffset now, out int references)
    {
        var entities = EntityFinder.Find(document);
        var defangs = entities.Any(entity => entity.IsDefanged);
        var newest = entities.Where(entity => entity.Date is { Month: not null, Day: not null }).Select(entity => Day(entity.Date!)).Where(day => day <= now).Select(day => (DateTimeOffset?)day).Max();
        var found = new List<FoundIndicator>();
        references = 0;
        foreach (var entity in entities)
        {
            if (TypeOf(entity) is not { } type || document.BlockAt(entity.Quote.Start) is not { IsBody: true } block) continue;
            if (IsReference(entity, type, defangs, block))
            {
                references++;
                continue;
            }

            var (start, end) = Around(document, entity.Quote.Start, block);
            var sentence = document.Text[start..end];
            var told = ToldTime.In(sentence);
            var at = told ?? newest;
            found.Add(new FoundIndicator(file, type, Normal(type, entity.Value))
            {
                Place = entity.Quote.Page is { } page ? FormattableString.Invariant($"page {page}") : FormattableString.Invariant($"offset {entity.Quote.SourceStart ?? entity.Quote.Start}"),
                Written = entity.Quote.Text,
                Context = sentence.Length <= LongestContext ? sentence : sentence[..LongestContext] + "…",
                First = at,
                Last = at,
                Basis = told is not null ? "sentence" : at is not null ? "newest date of the document" : "",
                Sentence = (start, end),
                Block = (block.Start, block.End),
            });
        }

        return found;
    }

    private static IndicatorType? TypeOf(Entity entity) => entity.Kind switch
    {
        // An address that is reserved is one of the victim's own.
        EntityKind.Ipv4 or EntityKind.Ipv6 => IndicatorTypes.OfAddress(entity.Value),
        EntityKind.Domain => IndicatorType.Domain,
        EntityKind.Url => IndicatorType.Url,
        EntityKind.Email => IndicatorType.Email,
        EntityKind.Md5 => IndicatorType.Md5,
        EntityKind.Sha1 => IndicatorType.Sha1,
        EntityKind.Sha256 => IndicatorType.Sha256,
        EntityKind.Sha512 => IndicatorType.Sha512,
        EntityKind.Mutex => IndicatorType.Mutex,
        _ => null,
    };

    private static string Normal(IndicatorType type, string value) => type == IndicatorType.Domain ? value.TrimEnd('.').ToLowerInvariant() : value;

    private static bool IsReference(Entity entity, IndicatorType type, bool defangs, Block block)
    {
        if (type is not (IndicatorType.Domain or IndicatorType.Url or IndicatorType.Email)) return false;
        if (entity.IsDefanged) return false;
        var host = type switch { IndicatorType.Url => KnownHosts.HostOf(entity.Value), IndicatorType.Email => entity.Value[(entity.Value.IndexOf('@', StringComparison.Ordinal) + 1)..], _ => entity.Value };
        return defangs || KnownHosts.Has(host) || block.Kind is not (BlockKind.TableCell or BlockKind.ListItem or BlockKind.Code);
    }

    /// <summary>The unit that makes the statement: a row of a table, a sentence, else the block.</summary>
    private static (int Start, int End) Around(Document document, int at, Block block)
    {
        if (document.RowAt(at) is { } row) return (row.Start, row.Start + row.Length);
        return document.SentenceAt(at) is { } sentence ? (sentence.Start, sentence.End) : (block.Start, block.End);
    }

    private static DateTimeOffset Day(StatedDate date) => new(date.Year, date.Month!.Value, date.Day!.Value, 0, 0, 0, TimeSpan.Zero);
}
