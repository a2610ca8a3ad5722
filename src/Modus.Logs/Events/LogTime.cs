namespace Modus.Logs;

/// <summary>How much is known about an event's time.</summary>
public enum TimeQuality : byte
{
    /// <summary>The record has no time that could be read.</summary>
    None,

    /// <summary>The record has a time without a zone and the user named none: the clock's figures stand as if UTC.</summary>
    ZoneUnknown,

    /// <summary>The record has a time without a zone; the zone is the user's.</summary>
    ZoneAssumed,

    /// <summary>The time is exact.</summary>
    Exact,
}

/// <summary>When an event happened.</summary>
/// <param name="Utc">The moment in UTC; the default value when <paramref name="Quality"/> is <see cref="TimeQuality.None"/>.</param>
/// <param name="Quality">How much of it is known.</param>
public readonly record struct LogTime(DateTime Utc, TimeQuality Quality);
