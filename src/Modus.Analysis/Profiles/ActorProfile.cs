using Modus.Analysis.Knowledge;

namespace Modus.Analysis.Profiles;

/// <summary>What is known of one actor, with the ways it is known by kept apart.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Aliases">Other names.</param>
/// <param name="SuspectedNation">What a community suspects, or null.</param>
/// <param name="Release">Release of the knowledge.</param>
/// <param name="Sources">How many independent sources speak of it.</param>
/// <param name="FirstReport">Day of the earliest dated source.</param>
/// <param name="LastReport">Day of the latest dated source.</param>
/// <param name="Procedures">What it does, by technique id.</param>
/// <param name="Software">What it uses, by id.</param>
/// <param name="Campaigns">Campaigns attributed to it, by id.</param>
/// <param name="RareTraits">Techniques and software that at most three actors share, rarest first.</param>
public sealed record ActorProfile(
    string Id, string Name, IReadOnlyList<string> Aliases, string? SuspectedNation, string Release, int Sources,
    DateOnly? FirstReport, DateOnly? LastReport, IReadOnlyList<ProfiledTechnique> Procedures,
    IReadOnlyList<ProfiledSoftware> Software, IReadOnlyList<ProfiledCampaign> Campaigns, IReadOnlyList<RareTrait> RareTraits);

/// <summary>A technique of an actor.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Tactics">Short names of its tactics.</param>
/// <param name="Direct">Sources that say the actor itself does it.</param>
/// <param name="Campaigns">Campaigns of the actor in which it was seen.</param>
/// <param name="Software">Software of the actor that does it.</param>
/// <param name="IndependentSources">Different sources over the direct way and campaigns: several relations of one report are one source.</param>
/// <param name="LastSeen">Day of the latest dated source among these.</param>
/// <param name="Users">How many actors do it themselves.</param>
public sealed record ProfiledTechnique(
    string Id, string Name, IReadOnlyList<string> Tactics, IReadOnlyList<string> Direct, IReadOnlyList<string> Campaigns,
    IReadOnlyList<string> Software, int IndependentSources, DateOnly? LastSeen, int Users);

/// <summary>Software of an actor.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsTool">True for software that is sold or given to anyone.</param>
/// <param name="Sources">Sources that say so.</param>
/// <param name="LastSeen">Day of the latest dated source among these.</param>
/// <param name="Users">How many actors use it.</param>
public sealed record ProfiledSoftware(string Id, string Name, bool IsTool, IReadOnlyList<string> Sources, DateOnly? LastSeen, int Users);

/// <summary>A campaign of an actor.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="FirstSeen">First day it was seen.</param>
/// <param name="LastSeen">Last day it was seen.</param>
/// <param name="Sources">Sources of the attribution.</param>
public sealed record ProfiledCampaign(string Id, string Name, DateOnly? FirstSeen, DateOnly? LastSeen, IReadOnlyList<string> Sources);

/// <summary>A trait that few share.</summary>
/// <param name="IsSoftware">True for software.</param>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Others">Ids of the other actors that share it.</param>
public sealed record RareTrait(bool IsSoftware, string Id, string Name, IReadOnlyList<string> Others);
