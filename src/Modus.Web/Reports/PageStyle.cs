namespace Modus.Web.Reports;

/// <summary>The style sheet of all self-contained pages.</summary>
internal static class PageStyle
{
    /// <summary>The style element. Colours keep a contrast of at least 4.5 to 1 in both themes; no meaning is told by colour alone.</summary>
    public const string Element = """
        <style>
        :root { color-scheme: light dark; --back: #ffffff; --front: #1b1f24; --soft: #f3f5f7; --line: #8a929c; --link: #0b5cad;
          --seen: #d7ecd9; --told: #dbe7f7; --claimed: #f6ecd2; --mentioned: #eceef0; }
        @media (prefers-color-scheme: dark) { :root { --back: #14181d; --front: #e6eaee; --soft: #1e242b; --line: #7c8691; --link: #8cc1ff;
          --seen: #1d3a24; --told: #1d2f4a; --claimed: #40351a; --mentioned: #262c33; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 100rem; padding: 1rem 1.5rem; background: var(--back); color: var(--front); font: 1rem/1.5 system-ui, sans-serif; }
        a { color: var(--link); }
        .skip { position: absolute; left: -99rem; } .skip:focus { left: 1rem; top: 1rem; background: var(--back); }
        .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
        h1 { margin: 0; } h2 { margin-top: 2rem; border-bottom: 1px solid var(--line); }
        .legend { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; padding: 0; list-style: none; }
        .matrix { position: relative; display: flex; gap: .5rem; overflow-x: auto; padding-bottom: .5rem; }
        .column { flex: 0 0 12rem; } .column h3 { font-size: .95rem; margin: .25rem 0; } .column ul { list-style: none; margin: 0; padding: 0; }
        .count { font-weight: normal; }
        .cell { display: block; margin: .15rem 0; padding: .3rem .4rem; border: 1px solid var(--line); border-radius: .25rem; color: var(--front); text-decoration: none; font-size: .85rem; }
        .cell:focus-visible, .cell:hover { outline: 2px solid var(--link); }
        .seen { background: var(--seen); } .told { background: var(--told); } .claimed { background: var(--claimed); } .mentioned, .suggested { background: var(--mentioned); }
        .id { font-family: ui-monospace, monospace; font-size: .9em; white-space: nowrap; }
        .technique { margin: 1rem 0; } .technique h3 { margin: 0; } .tactics { margin: 0; }
        .evidence { padding-left: 1.5rem; } .evidence li { margin: .4rem 0; padding: .3rem .6rem; border-left: .3rem solid var(--line); }
        blockquote { margin: .2rem 0; overflow-wrap: anywhere; } .where { font-size: .85rem; } .route { margin: .2rem 0; font-style: italic; }
        table { border-collapse: collapse; width: 100%; font-size: .9rem; } th, td { text-align: left; vertical-align: top; padding: .3rem .5rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
        .number { text-align: right; } .hash { font-family: ui-monospace, monospace; font-size: .75rem; }
        @media print { body { max-width: none; padding: 0; } .matrix { flex-wrap: wrap; } .technique { break-inside: avoid; } }
        </style>
        """;
}
