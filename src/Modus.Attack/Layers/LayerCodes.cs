namespace Modus.Attack.Layers;

/// <summary>The codes of what can be wrong with a layer.</summary>
public static class LayerCodes
{
    /// <summary>The file is not JSON, is too large or is nested too deep.</summary>
    public const string NotJson = "MD5101";

    /// <summary>The JSON is not a layer.</summary>
    public const string NotALayer = "MD5102";

    /// <summary>The text was repaired: bytes that are no UTF-8, half surrogates, trailing commas or comments.</summary>
    public const string TextRepaired = "MD5103";

    /// <summary>A value has the wrong type; it was converted where its meaning is plain, else kept aside.</summary>
    public const string WrongType = "MD5104";

    /// <summary>A member that the format requires is missing.</summary>
    public const string Missing = "MD5105";

    /// <summary>An entry could not be read and was kept aside.</summary>
    public const string EntrySkipped = "MD5106";

    /// <summary>A member has a name close to one of the format.</summary>
    public const string Misspelt = "MD5107";

    /// <summary>A member stands twice in one object; the last one counts.</summary>
    public const string Twice = "MD5108";

    /// <summary>A value is outside of what the format allows.</summary>
    public const string OutOfRange = "MD5109";

    /// <summary>The same technique and tactic are annotated more than once.</summary>
    public const string Repeated = "MD5110";

    /// <summary>More problems of the file were left out than are listed.</summary>
    public const string More = "MD5111";

    /// <summary>The file cannot be opened.</summary>
    public const string CannotOpen = "MD5112";

    /// <summary>An entry's technique is not alive in the release at hand.</summary>
    public const string NotAlive = "MD5113";

    /// <summary>An entry's tactic is not one of the technique's in the release at hand.</summary>
    public const string TacticNotHeld = "MD5114";

    /// <summary>A platform of the filter is unknown to the release at hand.</summary>
    public const string UnknownPlatform = "MD5115";

    /// <summary>The layer's domain is not the release's.</summary>
    public const string OtherDomain = "MD5116";
}
