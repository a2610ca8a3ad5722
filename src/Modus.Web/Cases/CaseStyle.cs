namespace Modus.Web.Cases;

/// <summary>The style sheets of the pages about a case.</summary>
internal static class CaseStyle
{
    /// <summary>
    /// What both pages share. Colours keep a contrast of at least 4.5 to 1 on both grounds; no meaning is told by colour alone.
    /// </summary>
    private const string Common = """
        :root { color-scheme: light dark; --back: #ffffff; --front: #1c2430; --quiet: #4d5968; --soft: #f4f6f8; --line: #c9d0d8; --strong: #7b8694; --link: #17558f; --mark: #17558f;
          --seen: #dcece4; --told: #dfe8f4; --claimed: #f5ecd6; --suggested: #eceef1; --warn: #8a4b00; }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--back); color: var(--front); font: 15px/1.5 "Segoe UI", system-ui, -apple-system, "Helvetica Neue", "Noto Sans", Arial, sans-serif; font-variant-numeric: tabular-nums; }
        a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: 2px; }
        a:focus-visible, summary:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
        .skip { position: absolute; left: -99rem; } .skip:focus { left: 1rem; top: 1rem; background: var(--back); padding: .3rem .6rem; }
        .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
        .id { font-family: ui-monospace, "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace; font-size: .88em; white-space: nowrap; }
        .quiet { color: var(--quiet); } .number { text-align: right; }
        .tlp { display: inline-block; padding: .1rem .55rem; background: #000; font-weight: 700; letter-spacing: .02em; font-size: .82rem; border-radius: .15rem; }
        .tlp-red { color: #ff2b2b; } .tlp-amber, .tlp-amber-strict { color: #ffc000; } .tlp-green { color: #33ff00; } .tlp-clear { color: #fff; }
        .seen { background: var(--seen); } .told { background: var(--told); } .claimed { background: var(--claimed); } .suggested { background: var(--suggested); }
        """;

    /// <summary>The case report: a page to read and search in; prints in the usual way.</summary>
    public const string Report = "<style>" + Common + """
        @media (prefers-color-scheme: dark) { :root { --back: #12171d; --front: #e4e9ef; --quiet: #a5b0bd; --soft: #1a2129; --line: #35404c; --strong: #7f8c9a; --link: #8cbcf0; --mark: #8cbcf0;
          --seen: #1c3a2d; --told: #1d2f49; --claimed: #3d331c; --suggested: #262d36; --warn: #f0b266; } }
        .sheet { max-width: 78rem; margin: 0 auto; padding: 2rem 1.5rem 4rem; }
        header h1 { margin: .4rem 0 .2rem; font-size: 2rem; line-height: 1.2; font-weight: 650; letter-spacing: -.01em; }
        h2 { margin: 3rem 0 .8rem; padding-top: .9rem; border-top: 2px solid var(--front); font-size: 1.25rem; font-weight: 650; }
        h3 { margin: 0; font-size: 1.02rem; font-weight: 650; } .lead { font-size: 1.08rem; max-width: 60rem; }
        nav ul { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; list-style: none; margin: 1rem 0 0; padding: 0; }
        .figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: 0; margin: 1.6rem 0 0; padding: 0; border-top: 1px solid var(--line); list-style: none; }
        .figures li { padding: .8rem 1rem .8rem 0; border-bottom: 1px solid var(--line); } .figures strong { display: block; font-size: 1.5rem; line-height: 1.2; font-weight: 600; } .figures strong span { font-size: 1rem; font-weight: 400; color: var(--quiet); }
        .legend { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; margin: .4rem 0 1rem; padding: 0; list-style: none; font-size: .86rem; } .legend b { display: inline-block; padding: 0 .4rem; border: 1px solid var(--line); font-weight: 400; margin-right: .3rem; }
        .matrix { position: relative; display: flex; gap: .45rem; overflow-x: auto; padding-bottom: .6rem; align-items: flex-start; }
        .column { flex: 1 0 8.4rem; } .column h3 { min-height: 2.9em; display: flex; align-items: flex-end; justify-content: space-between; gap: .4rem; padding-bottom: .25rem; font-size: .84rem; line-height: 1.3; border-bottom: 1px solid var(--strong); } .column ul { list-style: none; margin: .3rem 0 0; padding: 0; } .column.empty { flex: 0 0 7.6rem; color: var(--quiet); }
        .cell { display: block; margin: .22rem 0; padding: .3rem .4rem; border: 1px solid var(--line); border-left: .22rem solid var(--strong); color: var(--front); text-decoration: none; font-size: .8rem; line-height: 1.35; } .cell:hover { border-color: var(--link); } .cell .id { display: block; color: var(--quiet); }
        .lanes { width: 100%; height: auto; display: block; } .lanes text { fill: var(--quiet); font-size: 11px; } .lanes .day { stroke: var(--line); } .lanes .lane { stroke: var(--line); stroke-dasharray: 1 4; } .lanes circle { fill: var(--mark); fill-opacity: .75; stroke: var(--back); } .lanes .hole { fill: url(#hatch); stroke: var(--warn); } .lanes .stripe { stroke: var(--warn); } .lanes a:focus-visible circle { stroke: var(--front); stroke-width: 2; }
        details > summary { cursor: pointer; margin: .6rem 0; color: var(--link); }
        table { border-collapse: collapse; width: 100%; font-size: .86rem; } th, td { text-align: left; vertical-align: top; padding: .35rem .8rem .35rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; } thead th { border-bottom: 1px solid var(--strong); font-weight: 600; color: var(--quiet); white-space: nowrap; } tbody th { font-weight: 600; } td.time { white-space: nowrap; } .hash { font-family: ui-monospace, Consolas, "DejaVu Sans Mono", monospace; font-size: .72rem; }
        .procedure { margin: 0; padding: 1.1rem 0 1rem; border-bottom: 1px solid var(--line); } .procedure .facts { margin: .15rem 0 .6rem; font-size: .86rem; color: var(--quiet); }
        .sides { display: grid; grid-template-columns: 1fr 1fr; gap: 0 2rem; } .sides h4 { margin: 0 0 .3rem; font-size: .78rem; font-weight: 600; color: var(--quiet); text-transform: uppercase; letter-spacing: .05em; } .sides .none { color: var(--quiet); font-style: italic; margin: 0; }
        blockquote { margin: 0 0 .15rem; padding-left: .7rem; border-left: 2px solid var(--strong); overflow-wrap: anywhere; } blockquote mark { background: var(--told); color: inherit; padding: 0 .1em; } .where { margin: 0 0 .6rem; padding-left: .8rem; font-size: .8rem; color: var(--quiet); overflow-wrap: anywhere; }
        .event { margin: 0 0 .1rem; } code { font-family: ui-monospace, "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace; font-size: .8rem; overflow-wrap: anywhere; } .review { margin: .3rem 0 0; font-size: .84rem; }
        .tag { display: inline-block; border: 1px solid var(--strong); border-radius: .8rem; padding: 0 .5rem; font-size: .76rem; margin-left: .3rem; font-weight: 400; } .struck { text-decoration: line-through; text-decoration-thickness: 1px; }
        footer { margin-top: 3rem; font-size: .8rem; color: var(--quiet); }
        @media (max-width: 46rem) { .sides { grid-template-columns: 1fr; } }
        @media print { :root { --back: #fff; --front: #1c2430; --quiet: #4d5968; --line: #c9d0d8; --strong: #7b8694; --link: #1c2430; --mark: #17558f; --seen: #dcece4; --told: #dfe8f4; --claimed: #f5ecd6; --suggested: #eceef1; --warn: #8a4b00; }
          @page { size: A4; margin: 16mm 14mm; } body { font-size: 10pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; } .sheet { padding: 0; max-width: none; } nav { display: none; } .matrix { flex-wrap: wrap; } .column { flex: 0 0 31%; } .column.empty { display: none; } .procedure, tr, .column { break-inside: avoid; } h2 { break-after: avoid; } }
        </style>
        """;

    /// <summary>The brief: exactly two sheets of A4, on paper and on the screen; what lies behind the numbers follows on the screen only.</summary>
    public const string Brief = "<style>" + Common + """
        @page { size: A4; margin: 0; }
        html { background: #e6e9ed; } body { background: transparent; color-scheme: light; font-size: 9.6pt; line-height: 1.42; }
        .sheet { position: relative; width: 210mm; height: 297mm; margin: 8mm auto; padding: 15mm 17mm 18mm; background: #fff; overflow: hidden; box-shadow: 0 1px 6px rgba(20, 30, 45, .18); }
        .band { display: flex; justify-content: space-between; align-items: baseline; border-bottom: 1.5pt solid var(--front); padding-bottom: 2.5mm; }
        h1 { margin: 5mm 0 1mm; font-size: 21pt; line-height: 1.15; font-weight: 650; letter-spacing: -.01em; } .span { margin: 0; color: var(--quiet); }
        h2 { margin: 6mm 0 2mm; font-size: 11.5pt; font-weight: 650; } .lead { margin: 3mm 0 0; font-size: 11.2pt; line-height: 1.45; }
        .three { display: grid; grid-template-columns: repeat(3, 1fr); gap: 0; margin: 5.5mm 0 0; padding: 0; border-top: .6pt solid var(--line); border-bottom: .6pt solid var(--line); list-style: none; }
        .three li { padding: 3mm 4mm 3mm 0; } .three li + li { padding-left: 4mm; border-left: .6pt solid var(--line); } .three a { display: block; color: var(--front); text-decoration: none; font-size: 20pt; line-height: 1.15; font-weight: 600; } .three a span { font-size: 11pt; font-weight: 400; color: var(--quiet); }
        table { width: 100%; border-collapse: collapse; } th, td { text-align: left; vertical-align: top; padding: 1.5mm 3mm 1.5mm 0; border-bottom: .5pt solid var(--line); } thead th { font-weight: 600; color: var(--quiet); font-size: 8.6pt; border-bottom: .6pt solid var(--strong); } tbody th { font-weight: 600; white-space: nowrap; width: 25mm; }
        .sure { margin: 0; padding: 0; list-style: none; } .sure li { padding: 1.3mm 0; border-bottom: .5pt solid var(--line); } .sure a { font-weight: 600; color: var(--front); text-decoration: underline; text-decoration-color: var(--strong); }
        .bar { display: flex; height: 5mm; margin: 1mm 0 1mm; border: .5pt solid var(--strong); } .bar span { display: block; } .bar .both { background: var(--seen); background-image: repeating-linear-gradient(135deg, transparent 0 1.4mm, rgba(23, 85, 143, .28) 1.4mm 1.8mm); } .bar .told { border-left: .5pt solid var(--strong); } .key { margin: 0 0 2mm; font-size: 8.6pt; color: var(--quiet); } .key b { display: inline-block; width: 3.6mm; height: 2.6mm; border: .5pt solid var(--strong); vertical-align: -.2mm; margin: 0 1mm 0 3mm; } .key b.both { background: var(--seen) repeating-linear-gradient(135deg, transparent 0 .8mm, rgba(23, 85, 143, .4) .8mm 1.1mm); }
        ol.do { margin: 0; padding: 0; list-style: none; counter-reset: step; } ol.do li { position: relative; padding: 1.8mm 0 1.8mm 8mm; border-bottom: .5pt solid var(--line); counter-increment: step; } ol.do li::before { content: counter(step); position: absolute; left: 0; font-weight: 650; font-size: 12pt; line-height: 1.2; color: var(--mark); } .why { display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden; color: var(--quiet); overflow-wrap: anywhere; }
        .one { display: -webkit-box; -webkit-line-clamp: 1; -webkit-box-orient: vertical; overflow: hidden; } .two { display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden; } .three-lines { display: -webkit-box; -webkit-line-clamp: 3; -webkit-box-orient: vertical; overflow: hidden; } .lead { display: -webkit-box; -webkit-line-clamp: 6; -webkit-box-orient: vertical; overflow: hidden; overflow-wrap: anywhere; }
        .method p { margin: 0 0 1.4mm; font-size: 8.8pt; color: var(--quiet); } .body { height: 262mm; overflow: hidden; } .foot span + span { white-space: nowrap; padding-left: 4mm; } .foot { position: absolute; left: 17mm; right: 17mm; bottom: 8mm; display: flex; justify-content: space-between; font-size: 7.8pt; color: var(--quiet); border-top: .5pt solid var(--line); padding-top: 1.6mm; }
        .behind { max-width: 210mm; margin: 10mm auto; padding: 8mm 17mm; background: #fff; } .behind h2 { margin-top: 0; } .behind section { margin: 0 0 6mm; } .behind h3 { margin: 0 0 1mm; font-size: 10.5pt; } .behind ul { margin: 0; padding-left: 5mm; } .behind li:target, .behind section:target { background: var(--told); }
        @media print { html { background: #fff; } body { print-color-adjust: exact; -webkit-print-color-adjust: exact; } .sheet { margin: 0; box-shadow: none; break-after: page; } .sheet.last { break-after: auto; } .behind, .skip { display: none; } }
        </style>
        """;
}
