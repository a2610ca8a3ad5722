namespace Modus.Analysis.Coverage;

/// <summary>How the ladder is judged.</summary>
public sealed record LadderOptions
{
    /// <summary>Days after which evidence of a rung is stale; null never is. Defaults: claimed never, deployed 365, telemetry 90, tested 180, fired 365.</summary>
    public IReadOnlyDictionary<Rung, int?> MaxAge { get; init; } = DefaultMaxAge;

    /// <summary>Only these platforms, as the release spells them; empty for all.</summary>
    public IReadOnlyList<string> Platforms { get; init; } = [];

    /// <summary>Only these techniques, by id; null for all. Asking for few makes a small ladder fast.</summary>
    public IReadOnlyCollection<string>? Techniques { get; init; }

    /// <summary>The limits that hold where none are given.</summary>
    public static IReadOnlyDictionary<Rung, int?> DefaultMaxAge { get; } = new Dictionary<Rung, int?>
    {
        [Rung.Claimed] = null,
        [Rung.Deployed] = 365,
        [Rung.Telemetry] = 90,
        [Rung.Tested] = 180,
        [Rung.Fired] = 365,
    };
}
