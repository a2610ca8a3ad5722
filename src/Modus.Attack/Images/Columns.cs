namespace Modus.Attack.Images;

/// <summary>The cells of one object row. Text cells hold a string number, list cells an offset into the pool; 0 is absent.</summary>
internal enum Column
{
    StixId, Kind, Flags, Domains, AttackId, Name, Description, Url, Created, Modified, Version, SpecVersion,
    Aliases, Platforms, Contributors, References, Shortname, TacticRefs, Phases, Detection, DataSourceNames,
    Permissions, EffectivePermissions, DefensesBypassed, SystemRequirements, ImpactTypes, TacticTypes,
    FirstSeen, LastSeen, FirstSeenCitation, LastSeenCitation, DataSourceRef, CollectionLayers, AnalyticRefs,
    LogSourceReferences, LogSources, MutableElements, Sectors, RelatedAssets, Labels, Type, Statement,
    Count,
}

/// <summary>The cells of one relationship row. Source and target are object rows.</summary>
internal enum Link { StixId, Type, TypeName, Source, Target, Description, Created, Modified, References, Flags, Count }

/// <summary>Yes-or-no properties of a row. An absent property of the data is a missing flag.</summary>
[Flags]
internal enum RowFlags
{
    None = 0, Revoked = 1, Deprecated = 2, Subtechnique = 4, RemoteSupport = 8, NetworkRequirements = 16,
}

/// <summary>How many cells one item of a list of records takes.</summary>
internal static class RecordWidth
{
    /// <summary>Name, description, address, external id.</summary>
    public const int Reference = 4;

    /// <summary>Kill chain, phase.</summary>
    public const int Phase = 2;

    /// <summary>Component, name, channel.</summary>
    public const int LogSourceReference = 3;

    /// <summary>Name, channel.</summary>
    public const int LogSource = 2;

    /// <summary>Field, description.</summary>
    public const int MutableElement = 2;

    /// <summary>Name, description.</summary>
    public const int RelatedAsset = 2;
}
