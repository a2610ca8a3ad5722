using AngleSharp.Dom;
using Modus.Reports.Documents;

namespace Modus.Reports.Html;

/// <summary>Walks a parsed page in document order, without recursion, and fills a document builder.</summary>
internal sealed class HtmlWalk(DocumentBuilder builder, SourceCursor cursor)
{
    private const double MainShare = 0.4;

    private readonly Stack<Scope> scopes = new();
    private readonly HashSet<int> inMain = [];
    private int tables;
    private int mainCharacters;
    private int allCharacters;

    /// <summary>Walks an element and everything below it.</summary>
    public void Over(IElement root)
    {
        Enter(root, Scope.Outermost);
        var open = new Stack<(IElement Element, INodeList Children, int Next)>();
        open.Push((root, root.ChildNodes, 0));
        while (open.TryPop(out var top))
        {
            if (scopes.Peek().Skips || top.Next >= top.Children.Length)
            {
                Leave(top.Element);
                continue;
            }

            var node = top.Children[top.Next];
            open.Push(top with { Next = top.Next + 1 });
            if (node is IElement element)
            {
                Enter(element, scopes.Peek());
                open.Push((element, element.ChildNodes, 0));
            }
            else if (node is IText text) Take(text.Data);
        }
    }

    /// <summary>Text outside the page's main part is page furniture, where the main part holds enough of the text.</summary>
    public BlockTraits LateTraits(Block block) =>
        mainCharacters > 0 && mainCharacters >= MainShare * allCharacters && !inMain.Contains(block.Index)
            ? BlockTraits.Boilerplate : BlockTraits.None;

    private void Enter(IElement element, Scope outer)
    {
        var name = element.LocalName;
        if (element.SourceReference is { } reference) cursor.MoveTo(reference.Position.Index, name);
        var scope = outer.Inside(element, name);
        if (scope.Skips)
        {
            scopes.Push(scope);
            return;
        }

        if (name == "table" && !scope.IsLayout) scope = scope with { Table = tables++, Rows = new TableCounter() };
        if (name == "tr") scope.Rows?.NextRow();
        if (name is "td" or "th" && scope.Rows is { } rows && scope.Table >= 0)
            scope = scope with { Cell = rows.NextCell(scope.Table, element, name == "th" || scope.InHead) };
        scopes.Push(scope with { LinkStart = name == "a" ? builder.Position : -1 });
        if (name == "br") builder.Break(cursor.At);
        else if (HtmlElements.IsBlock(name) || scope.HiddenReason != outer.HiddenReason) Open(scopes.Peek(), name);
    }

    private void Leave(IElement element)
    {
        var scope = scopes.Pop();
        if (scope.Skips) return;
        var name = element.LocalName;
        if (scope.LinkStart >= 0 && element.GetAttribute("href") is { Length: > 0 } target)
            builder.AddLink(Math.Min(scope.LinkStart, builder.Position), target);
        var outer = scopes.Count > 0 ? scopes.Peek() : Scope.Outermost;
        var hides = scope.HiddenReason != outer.HiddenReason;
        if (!hides && !HtmlElements.IsBlock(name)) return;
        if (!hides && scope.Cell is not null && ReferenceEquals(scope.Cell, outer.Cell)) builder.Break(cursor.At);
        else Begin(outer);
    }

    private void Open(Scope scope, string name)
    {
        if (scope.Cell is not null && name is not ("td" or "th") && scope.HiddenReason is null)
        {
            builder.Break(cursor.At);
            return;
        }

        Begin(scope);
    }

    private void Begin(Scope scope) =>
        builder.Begin(scope.Kind, scope.Level, scope.Cell, scope.Traits, scope.HiddenReason);

    private void Take(string data)
    {
        var scope = scopes.Peek();
        var before = builder.Position;
        foreach (var c in data)
        {
            var (start, length) = cursor.Next(c);
            builder.Append(c, start, Math.Max(1, length));
        }

        var grown = Math.Max(0, builder.Position - before);
        if (!scope.IsBody) return;
        allCharacters += grown;
        if (!scope.InMain) return;
        mainCharacters += grown;
        if (grown > 0) inMain.Add(builder.BlockIndex);
    }
}
