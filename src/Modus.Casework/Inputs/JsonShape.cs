using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Modus.Casework.Inputs;

/// <summary>Tells from the first bytes of JSON what kind of document it is. Cut-off content is normal here.</summary>
internal static class JsonShape
{
    // An ATT&CK bundle is recognised by objects of types that only a knowledge base has.
    private const string KnowledgeBaseTypes = "x-mitre-";

    public static InputKind Tell(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith(Encoding.UTF8.Preamble)) head = head[3..];
        var seen = new Seen();
        var reader = new Utf8JsonReader(head, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = 64, AllowMultipleValues = true }));
        try
        {
            string? name = null;
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    name = ShortText(ref reader);
                    seen.Member(reader.CurrentDepth, name);
                }
                else if (reader.TokenType == JsonTokenType.String && name == "type" && reader.CurrentDepth <= 4)
                {
                    seen.Type(ShortText(ref reader));
                }
            }
        }
        catch (JsonException)
        {
            // Not JSON from here on; what was seen before still tells.
        }
        return seen.Verdict;
    }

    private static string ShortText(ref Utf8JsonReader reader)
    {
        var length = reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length;
        return length > 64 || reader.ValueIsEscaped ? "" : Encoding.UTF8.GetString(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan);
    }

    private sealed class Seen
    {
        private bool bundle, objects, stixType, techniques, techniqueId, layerWord, knowledgeBase, specVersion;

        public InputKind Verdict =>
            bundle && objects || stixType && specVersion ? knowledgeBase ? InputKind.KnowledgeBase : InputKind.Stix
            : techniqueId || techniques && layerWord ? InputKind.Layer
            : InputKind.Unknown;

        public void Member(int depth, string name)
        {
            if (depth > 4) return;
            switch (name)
            {
                case "objects": objects = true; break;
                case "techniques": techniques = true; break;
                case "techniqueID": techniqueId |= techniques; break;
                case "spec_version": specVersion = true; break;
                case "domain" or "versions" or "gradient" or "layout" or "hideDisabled" or "legendItems": layerWord = true; break;
                default: break;
            }
        }

        public void Type(string type)
        {
            bundle |= type == "bundle";
            stixType |= type is "attack-pattern" or "intrusion-set" or "campaign" or "malware" or "tool" or "indicator" or "report" or "relationship" or "threat-actor" or "identity";
            knowledgeBase |= type.StartsWith(KnowledgeBaseTypes, StringComparison.Ordinal);
        }
    }
}
