using Modus.Attack.Images;
using Modus.Attack.Search;

namespace Modus.Attack;

/// <summary>One release of ATT&amp;CK, of one domain or several, that does not change and may be read by many threads.</summary>
/// <remarks>The lists hold living objects in the order of their ids; <see cref="All{T}"/> has the dead ones too.</remarks>
public sealed partial class Release
{
    private readonly AttackObject?[] objects;
    private readonly Lazy<Relationship?[]> relationships;
    private readonly int[] firstOfKind;
    private readonly Lazy<TacticIndex> tacticIndex;
    private readonly Lazy<int[]> rowByString;
    private readonly Lazy<Dictionary<string, List<int>>> rowsByName;
    private readonly Lazy<Dictionary<string, int>> rowByStixId;
    private readonly Lazy<Dictionary<int, int>> strategyByAnalytic;
    private readonly ReleaseSearch search;

    internal Release(Image image)
    {
        Image = image;
        objects = new AttackObject?[image.ObjectCount];
        relationships = new(() => new Relationship?[image.Whole.LinkCount]);
        firstOfKind = KindStarts(image);
        tacticIndex = new(() => new TacticIndex(this));
        rowByString = new(RowByString);
        rowsByName = new(RowsByName);
        rowByStixId = new(RowByStixId);
        strategyByAnalytic = new(StrategyByAnalytic);
        search = new(this);
    }

    /// <summary>The version, as <c>18.1</c>.</summary>
    public string Version => Image.Facts.Version;

    /// <summary>The domains it holds.</summary>
    public Domains Domains => Image.Facts.Domains;

    /// <summary>Domain and version as words: <c>enterprise 18.1</c>.</summary>
    public string Name => $"{Domains.Name()} {Version}";

    /// <summary>Where the data comes from, to be shown with it.</summary>
    public string Provenance => Image.Facts.Provenance;

    /// <summary>How the version was found out.</summary>
    public ReleaseDetermination Determination => Image.Facts.Determination;

    /// <summary>When the release came out, by its collection object; null where the data has none.</summary>
    public DateTimeOffset? Stamp => AttackObject.Timestamp(Image.Facts.Stamp);

    /// <summary>The ATT&amp;CK specification the data follows, or null.</summary>
    public string? SpecVersion => Image.Facts.SpecVersion;

    /// <summary>True where descriptions and procedures are there; false for facts only.</summary>
    public bool HasText => Image.Facts.HasText;

    /// <summary>The copyright line that goes with every copy, or null where the data has none.</summary>
    public string? Copyright => All<OtherObject>().Select(other => other.Statement).FirstOrDefault(statement => statement is not null);

    /// <summary>The living matrices, one a domain.</summary>
    public IReadOnlyList<Matrix> Matrices => Alive<Matrix>();

    /// <summary>The living tactics in matrix order, domain after domain.</summary>
    public IReadOnlyList<Tactic> Tactics => tacticIndex.Value.InOrder;

    /// <summary>The living techniques and sub-techniques.</summary>
    public IReadOnlyList<Technique> Techniques => Alive<Technique>();

    /// <summary>The living groups.</summary>
    public IReadOnlyList<Group> Groups => Alive<Group>();

    /// <summary>The living malware and tools.</summary>
    public IReadOnlyList<Software> Software => Alive<Software>();

    /// <summary>The living campaigns.</summary>
    public IReadOnlyList<Campaign> Campaigns => Alive<Campaign>();

    /// <summary>The living mitigations.</summary>
    public IReadOnlyList<Mitigation> Mitigations => Alive<Mitigation>();

    /// <summary>The living data sources: none since release 18.</summary>
    public IReadOnlyList<DataSource> DataSources => Alive<DataSource>();

    /// <summary>The living data components.</summary>
    public IReadOnlyList<DataComponent> DataComponents => Alive<DataComponent>();

    /// <summary>The living assets.</summary>
    public IReadOnlyList<Asset> Assets => Alive<Asset>();

    /// <summary>The living detection strategies.</summary>
    public IReadOnlyList<DetectionStrategy> DetectionStrategies => Alive<DetectionStrategy>();

    /// <summary>The living analytics.</summary>
    public IReadOnlyList<Analytic> Analytics => Alive<Analytic>();

    /// <summary>How many relationships there are, of all types.</summary>
    public int RelationshipCount => Image.Whole.LinkCount;

    /// <summary>Every relationship, by source, type and target.</summary>
    public IEnumerable<Relationship> Relationships() => Enumerable.Range(0, Image.Whole.LinkCount).Select(Relationship);

    /// <summary>Every relationship of one type, by source and target.</summary>
    public IEnumerable<Relationship> Relationships(RelationshipType type)
    {
        for (var link = 0; link < Image.Whole.LinkCount; link++)
            if (Image.Whole.LinkCell(link, Link.Type) == (int)type) yield return Relationship(link);
    }

    /// <summary>Every object of a type, dead ones too, by id.</summary>
    public IReadOnlyList<T> All<T>() where T : AttackObject
    {
        if (KindOf<T>() is not { } kind) return [.. All().OfType<T>()];
        var result = new T[firstOfKind[(int)kind + 1] - firstOfKind[(int)kind]];
        for (var i = 0; i < result.Length; i++) result[i] = (T)ObjectAt(firstOfKind[(int)kind] + i);
        return result;
    }

    /// <summary>Every object of a kind, dead ones too, by id.</summary>
    public IEnumerable<AttackObject> All(ObjectKind kind)
    {
        for (var row = firstOfKind[(int)kind]; row < firstOfKind[(int)kind + 1]; row++) yield return ObjectAt(row);
    }

    /// <summary>Every object, dead ones and those outside the model too, by kind and id.</summary>
    public IEnumerable<AttackObject> All() => Enumerable.Range(0, Image.ObjectCount).Select(ObjectAt);

    /// <summary>The release's name.</summary>
    public override string ToString() => Name;

    internal Image Image { get; }

    internal AttackObject ObjectAt(int row) =>
        objects[row] ?? Interlocked.CompareExchange(ref objects[row], Make(row), null) ?? objects[row]!;

    internal Relationship Relationship(int link)
    {
        ref var place = ref relationships.Value[link];
        return place ?? Interlocked.CompareExchange(ref place, new Relationship(this, link), null) ?? place;
    }

    /// <summary>The objects that STIX ids in a list name; ids that nothing has are passed over.</summary>
    internal IEnumerable<AttackObject> Resolve(ReadOnlySpan<int> references)
    {
        var result = new List<AttackObject>(references.Length);
        foreach (var reference in references)
            if (reference != 0 && rowByString.Value[reference] is >= 0 and var row) result.Add(ObjectAt(row));
        return result;
    }

    private T[] Alive<T>() where T : AttackObject => [.. All<T>().Where(item => item.IsAlive)];

    private static ObjectKind? KindOf<T>() =>
        typeof(T) == typeof(OtherObject) ? ObjectKind.Other
        : Enum.TryParse<ObjectKind>(typeof(T).Name, out var kind) ? kind : null;

    private AttackObject Make(int row) => Image.Kind(row) switch
    {
        ObjectKind.Matrix => new Matrix(this, row),
        ObjectKind.Tactic => new Tactic(this, row),
        ObjectKind.Technique => new Technique(this, row),
        ObjectKind.Group => new Group(this, row),
        ObjectKind.Software => new Software(this, row),
        ObjectKind.Campaign => new Campaign(this, row),
        ObjectKind.Mitigation => new Mitigation(this, row),
        ObjectKind.DataSource => new DataSource(this, row),
        ObjectKind.DataComponent => new DataComponent(this, row),
        ObjectKind.Asset => new Asset(this, row),
        ObjectKind.DetectionStrategy => new DetectionStrategy(this, row),
        ObjectKind.Analytic => new Analytic(this, row),
        _ => new OtherObject(this, row),
    };

    // Rows are sorted by kind: each kind is one run.
    private static int[] KindStarts(Image image)
    {
        var starts = new int[(int)ObjectKind.Analytic + 2];
        for (var row = 0; row < image.ObjectCount; row++) starts[(int)image.Kind(row) + 1]++;
        for (var kind = 1; kind < starts.Length; kind++) starts[kind] += starts[kind - 1];
        return starts;
    }
}
