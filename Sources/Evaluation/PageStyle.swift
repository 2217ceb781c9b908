import Foundation

/// What the pages of this folder have in common.
public enum PageStyle {
    /// The style sheet, for light and dark screens.
    public static let css = """
        :root { color-scheme: light dark; --ink: #1b2733; --soft: #5b6b79; --line: #c9d2da; --paper: #fff;
          --curve-0: #2c5f9e; --curve-1: #b3541e; --curve-2: #3b7d4f; --curve-3: #7a4a9c }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e6ebf0; --soft: #9fadb9; --line: #3a4650; --paper: #14191e;
            --curve-0: #7fb0ea; --curve-1: #e8a06f; --curve-2: #84c79a; --curve-3: #c39be0 } }
        body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
          max-width: 46rem; margin: 0 auto; padding: 1rem }
        table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .4rem .6rem .4rem 0;
          border-bottom: 1px solid var(--line); vertical-align: top } th { font-weight: 600 }
        .note { color: var(--soft) } code { overflow-wrap: anywhere } svg { width: 100%; height: auto }
        svg text { fill: var(--soft); font-size: 12px } .grid { stroke: var(--line) }
        .curve { stroke-width: 2; fill: none }
        .curve-0 { stroke: var(--curve-0) } .curve-1 { stroke: var(--curve-1) }
        .curve-2 { stroke: var(--curve-2) } .curve-3 { stroke: var(--curve-3) } .thin { stroke-dasharray: 6 4 }
        """

    /// Text as HTML.
    public static func escaped(_ text: String) -> String {
        text.replacingOccurrences(of: "&", with: "&amp;")
            .replacingOccurrences(of: "<", with: "&lt;")
            .replacingOccurrences(of: ">", with: "&gt;")
    }
}
