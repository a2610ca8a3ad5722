using System.Text;

namespace Modus.Reports.Entities;

/// <summary>Makes defanged indicators whole again.</summary>
internal static class Refang
{
    private static readonly (string Written, string Plain)[] marks =
    [
        ("[.]", "."), ("(.)", "."), ("{.}", "."), ("[dot]", "."), ("(dot)", "."), ("[d]", "."), ("[,]", "."), ("\\.", "."), ("[.", "."), (".]", "."),
        ("[:]", ":"), ("[://]", "://"), ("[:/]", ":/"), ("[/]", "/"), ("[//]", "//"), ("[@]", "@"), ("(@)", "@"), ("[at]", "@"), ("(at)", "@"),
    ];

    private static readonly (string Written, string Plain)[] schemes =
    [
        ("hxxps", "https"), ("hxxp", "http"), ("hXXps", "https"), ("hXXp", "http"), ("h**ps", "https"), ("h**p", "http"), ("fxp", "ftp"), ("meow", "http"), ("htxps", "https"), ("htxp", "http"),
    ];

    /// <summary>The token as it would work, and whether anything was changed.</summary>
    public static (string Plain, bool Changed) Of(string token)
    {
        var plain = new StringBuilder(token.Length);
        var changed = false;
        for (var at = 0; at < token.Length;)
        {
            var mark = token[at] is '[' or '(' or '{' or '\\' or '.' ? Mark(token, at) : default;
            if (mark.Written is null)
            {
                plain.Append(token[at++]);
                continue;
            }

            plain.Append(mark.Plain);
            at += mark.Written.Length;
            changed = true;
        }

        var text = plain.ToString();
        foreach (var (written, scheme) in schemes)
        {
            if (!text.StartsWith(written, StringComparison.OrdinalIgnoreCase) || !text.AsSpan(written.Length).StartsWith("://", StringComparison.Ordinal)) continue;
            return (scheme + text[written.Length..], true);
        }

        return (text, changed);
    }

    private static (string? Written, string Plain) Mark(string token, int at)
    {
        foreach (var (written, plain) in marks)
            if (string.Compare(token, at, written, 0, written.Length, StringComparison.OrdinalIgnoreCase) == 0) return (written, plain);
        return default;
    }
}
