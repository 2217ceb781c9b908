/// The report's style sheet: calm, light or dark as the reader's system is, and fit for a phone.
enum ReportStyle {
    static let sheet = palette + text + layout + drawings + lists

    private static let palette = """
        :root {
          color-scheme: light dark;
          --paper: #faf9f6; --card: #ffffff; --ink: #23262b; --quiet: #666b73; --line: #e3e0d8;
          --good: #2b7253; --unsure: #946412; --bad: #ab3d36; --accent: #2f5f86;
          --good-wash: #dcece3; --unsure-wash: #f4e7c8; --bad-wash: #f5dcd8; --hatch: #cfcbc0;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --paper: #15171a; --card: #1d2024; --ink: #e7e4de; --quiet: #9ba0a8; --line: #31353b;
            --good: #7cc4a0; --unsure: #d9ae5f; --bad: #e58d85; --accent: #8ab6d9;
            --good-wash: #22392e; --unsure-wash: #54451f; --bad-wash: #432826; --hatch: #3a3f46;
          }
        }

        """

    private static let text = """
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--paper); color: var(--ink);
          font: 16px/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif; }
        main { max-width: 60rem; margin: 0 auto; padding: 3.5rem 1.25rem 5rem; }
        h1, h2, h3 { line-height: 1.2; text-wrap: balance; font-weight: 650; letter-spacing: -0.01em; }
        h1 { font-size: clamp(1.8rem, 5vw, 2.7rem); margin: 0.3rem 0 1rem; }
        h2 { font-size: 1.45rem; margin: 0 0 1rem; }
        h3 { font-size: 0.95rem; margin: 1.8rem 0 0.4rem; color: var(--quiet); font-weight: 600; letter-spacing: 0; }
        p { margin: 0 0 0.9rem; max-width: 44rem; text-wrap: pretty; }
        section, footer { margin-top: 4rem; }
        footer { border-top: 1px solid var(--line); padding-top: 1.5rem; color: var(--quiet); font-size: 0.85rem; }
        footer h2 { font-size: 1rem; }
        code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
          font-size: 0.86em; overflow-wrap: anywhere; }
        pre { background: var(--card); border: 1px solid var(--line); border-radius: 0.6rem; padding: 1rem;
          white-space: pre-wrap; margin: 0 0 1rem; line-height: 1.5; }
        .kicker, .note, .legend, small { color: var(--quiet); font-size: 0.85rem; }
        .kicker { margin: 0; }
        .lead { font-size: 1.12rem; }
        .term { font-style: normal; font-weight: 400; font-size: 0.62em; color: var(--quiet); letter-spacing: 0;
          margin-left: 0.35em; white-space: nowrap; }
        .spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
        .definitions { position: absolute; }
        summary { cursor: pointer; color: var(--accent); }
        .failures { color: var(--bad); }

        """

    private static let layout = """
        .tiles { display: grid; grid-template-columns: repeat(4, 1fr); gap: 0.8rem; margin: 1.8rem 0; }
        .tiles div { background: var(--card); border: 1px solid var(--line); border-radius: 0.8rem;
          padding: 0.9rem 1rem; min-width: 0; }
        .tiles dt { color: var(--quiet); font-size: 0.8rem; }
        .tiles dd { margin: 0; font-size: 1.35rem; font-weight: 600; font-variant-numeric: tabular-nums; }
        .tiles .good dd { color: var(--good); } .tiles .bad dd { color: var(--bad); }
        .pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1.2rem; }
        article { background: var(--card); border: 1px solid var(--line); border-radius: 1rem; padding: 1.2rem;
          min-width: 0; }
        article p:last-child, article ul:last-child, article dl:last-child { margin-bottom: 0; }
        .comparison { display: grid; grid-template-columns: 22rem 1fr; gap: 1.6rem; margin-bottom: 1.2rem; }
        .pictures { display: grid; grid-template-columns: 1fr 1fr; gap: 0.7rem; }
        .facts { min-width: 0; }
        figure { margin: 0; }
        figcaption { font-size: 0.82rem; line-height: 1.35; margin-top: 0.45rem; }
        figcaption small { display: block; margin-top: 0.15rem; font-size: 0.75rem; }
        .pair .picture { display: grid; grid-template-columns: 11rem 1fr; gap: 1rem; align-items: end;
          margin-bottom: 1rem; }
        .outcome { font-weight: 650; margin: 0 0 0.3rem; }
        p.outcome { font-size: 1.15rem; }
        .outcome.good { color: var(--good); } .outcome.bad { color: var(--bad); }
        .outcome.unsure { color: var(--unsure); }
        .advice { list-style: none; padding: 0.7rem 0.9rem; margin: 0; background: var(--bad-wash);
          border-radius: 0.6rem; font-size: 0.92rem; }
        .advice code { display: block; color: var(--bad); }
        dl { margin: 0; }
        .facts dl, section > dl { font-size: 0.9rem; }
        .facts dt, section > dl dt { color: var(--quiet); font-size: 0.8rem; margin-top: 0.55rem; }
        .facts dd, section > dl dd { margin: 0; overflow-wrap: anywhere; }
        .legend { margin: 0; }
        @media (max-width: 52rem) {
          .comparison { grid-template-columns: 1fr; }
          .pictures { max-width: 24rem; }
        }
        @media (max-width: 40rem) {
          main { padding: 2rem 1rem 3rem; }
          section, footer { margin-top: 3rem; }
          .tiles, .pair { grid-template-columns: 1fr 1fr; }
          .pair { grid-template-columns: 1fr; }
          article { padding: 0.9rem; border-radius: 0.8rem; }
          .tiles dd { font-size: 1.15rem; }
          .pair .picture { grid-template-columns: 8.5rem 1fr; gap: 0.8rem; }
          .term { display: block; margin: 0.2rem 0 0; }
        }

        """

    private static let drawings = """
        .picture svg { display: block; width: 100%; border-radius: 0.6rem; border: 1px solid var(--line); }
        .picture.good svg { border-color: var(--good); } .picture.bad svg { border-color: var(--bad); }
        .beyond { fill: var(--paper); }
        .hatch { stroke: var(--hatch); stroke-width: 6; }
        .box { fill: none; stroke: #fff; stroke-width: 2; vector-effect: non-scaling-stroke; rx: 6;
          filter: drop-shadow(0 0 2px rgb(0 0 0 / 0.55)); }
        .landmark { fill: #ffd54a; stroke: rgb(0 0 0 / 0.6); stroke-width: 1; vector-effect: non-scaling-stroke; }
        .plot, .timeline svg { display: block; overflow: visible; }
        .plot { margin: 0.2rem 0 0; }
        svg text { font-family: inherit; }
        .zone.good { fill: var(--good-wash); } .zone.unsure { fill: var(--unsure-wash); }
        .zone.bad { fill: var(--bad-wash); }
        .zone-name { font-size: 11px; fill: var(--quiet); }
        .tick, .lane-name { font-size: 12px; fill: var(--quiet); font-variant-numeric: tabular-nums; }
        .threshold { stroke: var(--quiet); stroke-width: 1; }
        .needle { stroke-width: 2.5; }
        .needle.good { stroke: var(--good); fill: var(--good); } .needle.bad { stroke: var(--bad); fill: var(--bad); }
        .needle.unsure { stroke: var(--unsure); fill: var(--unsure); }
        .score { font-size: 16px; font-weight: 650; font-variant-numeric: tabular-nums; }
        .score.good { fill: var(--good); } .score.bad { fill: var(--bad); } .score.unsure { fill: var(--unsure); }
        .timeline { background: var(--card); border: 1px solid var(--line); border-radius: 1rem; padding: 1rem 1.2rem;
          margin-bottom: 1rem; }
        .lane { stroke: var(--line); stroke-width: 1.5; }
        .cut { fill: var(--unsure-wash); }
        .event { stroke-width: 2.5; }
        .event.live { fill: var(--accent); stroke: var(--accent); }
        .event.caught { fill: var(--card); stroke: var(--unsure); }
        .event.refused { fill: var(--card); stroke: var(--bad); }
        .timeline figcaption { display: flex; flex-wrap: wrap; gap: 0.2rem 1.1rem; margin-top: 0.8rem; }
        .key { display: inline-block; width: 0.8em; height: 0.8em; border-radius: 50%; border: 2.5px solid var(--accent);
          background: var(--accent); margin-right: 0.45em; vertical-align: -0.08em; }
        .key.caught { border-color: var(--unsure); background: none; }
        .key.refused { border-color: var(--bad); background: none; }

        """

    private static let lists = """
        .grade { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.3rem 1rem; }
        .grade strong { font-size: 1.6rem; font-weight: 650; color: var(--good); }
        .grade span { color: var(--quiet); }
        .ticket { list-style: none; counter-reset: item; padding: 0; margin: 0; display: grid; gap: 0.9rem; }
        .ticket > li { counter-increment: item; background: var(--card); border: 1px solid var(--line);
          border-radius: 0.8rem; padding: 1rem 1.1rem 0.8rem 3.1rem; position: relative; }
        .ticket > li::before { content: counter(item); position: absolute; left: 1.1rem; top: 1rem; font-weight: 650;
          color: var(--quiet); }
        .prompt { font-weight: 550; margin-bottom: 0.5rem; }
        .options { list-style: none; padding: 0; margin: 0 0 0.5rem; }
        .options li { display: flex; gap: 0.7rem; padding: 0.1rem 0; color: var(--quiet); }
        .options .chosen { color: var(--ink); font-weight: 550; }
        .typed { display: inline-block; border: 1px solid var(--line); border-radius: 0.4rem; padding: 0.15rem 0.8rem;
          margin-bottom: 0.5rem; background: var(--paper); }
        .pairs { display: grid; grid-template-columns: max-content 1fr; gap: 0.15rem 1rem; margin-bottom: 0.5rem; }
        .pairs dt { color: var(--quiet); } .pairs dd { margin: 0; }
        .points { font-size: 0.82rem; color: var(--quiet); margin: 0; }
        .points .outcome { margin-right: 0.6rem; }
        .events { padding-left: 2.2rem; font-size: 0.88rem; }
        .events li { padding: 0.15rem 0; }
        .events span, .events time { color: var(--quiet); }
        .events time { font-variant-numeric: tabular-nums; margin-left: 0.5em; }
        .steps { list-style: none; padding: 0; margin: 0; font-size: 0.92rem; }
        .steps li { display: grid; grid-template-columns: 1.8rem 1.4rem 1fr 1.15fr 4.8rem; gap: 0.5rem;
          padding: 0.4rem 0; border-top: 1px solid var(--line); align-items: baseline; }
        .steps .number, .steps .time { color: var(--quiet); text-align: right; font-variant-numeric: tabular-nums; }
        .steps .result { color: var(--quiet); }
        .steps .good .mark { color: var(--good); } .steps .bad .mark, .steps .bad .result { color: var(--bad); }
        @media (max-width: 40rem) {
          .ticket > li { padding-left: 2.4rem; } .ticket > li::before { left: 0.9rem; }
          .pairs { grid-template-columns: 1fr; } .pairs dd { margin-bottom: 0.4rem; }
          .steps li { grid-template-columns: 1.6rem 1.2rem 1fr auto; }
          .steps .result { grid-column: 3 / 5; grid-row: 2; }
          .steps .time { grid-column: 4; grid-row: 1; }
        }
        @media print { body { background: #fff; } article, .ticket > li, .timeline { break-inside: avoid; } }
        """
}
