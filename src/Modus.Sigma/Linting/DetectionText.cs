using System.Text;
using Modus.Sigma.Rules;

namespace Modus.Sigma.Linting;

/// <summary>Writes parts of a detection so that two that ask for the same are written the same; and lists their items.</summary>
internal static class DetectionText
{
    public static string Write(DetectionNode node)
    {
        var written = new StringBuilder();
        Append(node, written);
        return written.ToString();
    }

    /// <summary>All fields with values inside a part, in the order of the file.</summary>
    public static IEnumerable<FieldItem> Items(DetectionNode node) => node switch
    {
        AllOfItems all => all.Items.SelectMany(Items),
        AnyOfItems any => any.Items.SelectMany(Items),
        FieldItem item => [item],
        _ => [],
    };

    private static void Append(DetectionNode node, StringBuilder written)
    {
        switch (node)
        {
            case AllOfItems all:
                Join('&', all.Items.Select(Write), written);
                break;
            case AnyOfItems any:
                Join('|', any.Items.Select(Write), written);
                break;
            case FieldItem item:
                written.Append(item.Key).Append('=');
                Join(',', item.Values.Select(value => $"{value.Kind}:{value.Text.Length}:{value.Text}"), written);
                break;
        }
    }

    private static void Join(char sign, IEnumerable<string> parts, StringBuilder written) =>
        written.Append('(').AppendJoin(sign, parts.Order(StringComparer.Ordinal)).Append(')');
}
