using Modus.Attack.Images;

namespace Modus.Attack;

/// <summary>A data source; all are deprecated since release 18.</summary>
public sealed class DataSource : AttackObject
{
    internal DataSource(Release release, int row) : base(release, row)
    {
    }

    /// <summary>Where the data is collected: host, network, cloud and so on.</summary>
    public IReadOnlyList<string> CollectionLayers => Texts(Column.CollectionLayers);

    /// <summary>The components that name this source.</summary>
    public IReadOnlyList<DataComponent> Components =>
        [.. Release.All<DataComponent>().Where(component => component.Source == this)];
}

/// <summary>A data component: one kind of thing that can be observed.</summary>
public sealed class DataComponent : AttackObject
{
    internal DataComponent(Release release, int row) : base(release, row)
    {
    }

    /// <summary>The data source it belongs to, in releases before 18; else null.</summary>
    public DataSource? Source => Release.Resolve([Image.Cell(Row, Column.DataSourceRef)]).OfType<DataSource>().FirstOrDefault();

    /// <summary>The log sources that show it (since release 18).</summary>
    public IReadOnlyList<LogSource> LogSources
    {
        get
        {
            var cells = Image.List(Row, Column.LogSources);
            var result = new LogSource[cells.Length / RecordWidth.LogSource];
            for (var i = 0; i < result.Length; i++)
                result[i] = LogSource.Of(this, Image.String(cells[i * 2]), Image.String(cells[i * 2 + 1]));
            return result;
        }
    }

    /// <summary>The techniques that it detects, in releases before 18.</summary>
    public IReadOnlyList<Technique> Techniques => Targets<Technique>(RelationshipType.Detects);

    private protected override string MakeFullName() => Source is { } source ? $"{source.Name}: {Name}" : Name;
}

/// <summary>A detection strategy: the analytics that together detect a technique (since release 18).</summary>
public sealed class DetectionStrategy : AttackObject
{
    internal DetectionStrategy(Release release, int row) : base(release, row)
    {
    }

    /// <summary>The analytics, in the order of the data.</summary>
    public IReadOnlyList<Analytic> Analytics => [.. Release.Resolve(Image.List(Row, Column.AnalyticRefs)).OfType<Analytic>()];

    /// <summary>The techniques that it detects: one each, in the releases so far.</summary>
    public IReadOnlyList<Technique> Techniques => Targets<Technique>(RelationshipType.Detects);
}

/// <summary>An analytic: what to look for in which logs on which platforms (since release 18).</summary>
public sealed class Analytic : AttackObject
{
    internal Analytic(Release release, int row) : base(release, row)
    {
    }

    /// <summary>The strategy that holds it, or null.</summary>
    public DetectionStrategy? Strategy => Release.StrategyOf(this);

    /// <summary>The logs it needs, with the component that each shows.</summary>
    public IReadOnlyList<LogSource> LogSources
    {
        get
        {
            var cells = Image.List(Row, Column.LogSourceReferences);
            var result = new LogSource[cells.Length / RecordWidth.LogSourceReference];
            for (var i = 0; i < result.Length; i++)
            {
                var at = i * RecordWidth.LogSourceReference;
                var component = Release.Resolve([cells[at]]).OfType<DataComponent>().FirstOrDefault();
                result[i] = LogSource.Of(component, Image.String(cells[at + 1]), Image.String(cells[at + 2]));
            }
            return result;
        }
    }

    /// <summary>What a defender tunes: the field and, where text is loaded, what it means.</summary>
    public IReadOnlyList<(string Field, string? Description)> TuningKnobs
    {
        get
        {
            var cells = Image.List(Row, Column.MutableElements);
            var result = new (string, string?)[cells.Length / RecordWidth.MutableElement];
            for (var i = 0; i < result.Length; i++) result[i] = (Image.String(cells[i * 2]) ?? "", Image.String(cells[i * 2 + 1]));
            return result;
        }
    }
}

/// <summary>A log that shows a data component.</summary>
/// <param name="Component">The component, or null where the data names one that is not there.</param>
/// <param name="Name">The log, as <c>WinEventLog:Security</c>.</param>
/// <param name="Channel">What in the log, as ATT&amp;CK words it: event codes, calls, fields; may be empty.</param>
/// <param name="EventCodes">The event codes that the channel names, in its order.</param>
public sealed record LogSource(DataComponent? Component, string Name, string Channel, IReadOnlyList<int> EventCodes)
{
    internal static LogSource Of(DataComponent? component, string? name, string? channel) =>
        new(component, name ?? "", channel ?? "", Attack.EventCodes.Read(channel ?? ""));
}
