namespace Modus.Reports.Documents;

/// <summary>Recognises text that gives orders to a program reading the report.</summary>
/// <remarks>
/// Such text is data like any other: nothing in Modus obeys it. It is flagged so that a person sees it. A text is
/// flagged where an order (ignore, disregard, …) is followed within a few words by a pointer back (previous, above, all)
/// and then by what a machine is told (instructions, prompt, …), or where it speaks to an assistant by role.
/// </remarks>
internal static class MachineInstructions
{
    private const int Reach = 60;
    private static readonly string[] orders = ["ignore", "disregard", "forget", "override"];
    private static readonly string[] pointers = ["previous", "prior", "preceding", "above", "earlier", "all "];
    private static readonly string[] objects = ["instruction", "prompt", "guideline", "directive", "system message", "rules"];
    private static readonly string[] addresses =
    [
        "you are an ai", "you are a language model", "as an ai language model", "note to the ai", "note to ai",
        "attention ai", "dear ai", "if you are an ai", "if you are a language model", "system prompt:",
        "<|im_start|>", "[inst]", "new instructions:", "respond only with", "do not mention this",
    ];

    /// <summary>Whether a text gives orders to a machine reader.</summary>
    public static bool AreIn(ReadOnlySpan<char> text)
    {
        foreach (var address in addresses)
            if (text.Contains(address, StringComparison.OrdinalIgnoreCase)) return true;
        foreach (var order in orders)
        {
            for (var rest = text; rest.IndexOf(order, StringComparison.OrdinalIgnoreCase) is >= 0 and var at; rest = rest[(at + order.Length)..])
            {
                var after = rest[at..Math.Min(rest.Length, at + order.Length + Reach)];
                if (PointsBack(after)) return true;
            }
        }

        return false;
    }

    private static bool PointsBack(ReadOnlySpan<char> text)
    {
        foreach (var pointer in pointers)
        {
            var at = text.IndexOf(pointer, StringComparison.OrdinalIgnoreCase);
            if (at < 0) continue;
            foreach (var thing in objects)
                if (text[at..].Contains(thing, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }
}
