namespace Modus.Reports.Mapping.Features;

/// <summary>English words that carry grammar and no matter; a pair of words reaches over them.</summary>
internal static class FunctionWords
{
    private static readonly HashSet<ulong> hashes = [.. (
        "a an the this that these those it its itself they them their theirs he him his she her we us our you your i my me who whom "
        + "whose which what when where why how and or but nor so yet if then else than as because while although though since until unless "
        + "of in on at by for with from to into onto upon over under about above below between among through during before after against "
        + "within without across along via per is are was were be been being am has have had having do does did doing done will would shall "
        + "should can could may might must also just only even still such same other another any some each every both either neither all "
        + "most more less many much few several own here there now once again too very not no")
        .Split(' ').Select(word => FeatureHash.Of(word))];

    private static readonly HashFilter filter = HashFilter.Of(hashes);

    /// <summary>Whether a token's hash is that of a function word.</summary>
    public static bool Contains(ulong hash) => filter.Maybe(hash) && hashes.Contains(hash);
}
