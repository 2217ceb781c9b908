import Foundation

/// The identification log's checkpoint and what was verified with it.
struct LogSection {
    let findings: Findings

    var html: String {
        let checkpoint = findings.checkpoint
        guard !checkpoint["note"].text.isEmpty else { return "" }
        return HTML.section(
            "log",
            "The log \(HTML.term("журнал идентификации"))",
            """
            <p>Every identification, portrait, ticket and grade is an entry of a Merkle tree (RFC 9162). The signed
            checkpoint commits to all \(HTML.escaped(checkpoint["size"].text)) entries: whoever has a copy notices any
            later change. Personal data in it is sealed, so it can be erased without breaking a proof.</p>
            <pre>\(HTML.escaped(checkpoint["note"].text))</pre>
            <dl>
            <dt>Verifier key</dt><dd><code>\(HTML.escaped(checkpoint["verifier_key"].text))</code></dd>
            <dt><code>attestd log verify</code></dt><dd>\(HTML.escaped(findings.logVerification))</dd>
            <dt><code>attestd ticket rebuild</code></dt><dd>\(rebuild)</dd>
            </dl>
            """
        )
    }

    private var rebuild: String {
        guard findings.ticketRebuild.hasPrefix("{") else { return HTML.escaped(findings.ticketRebuild) }
        return "Drawn again from blueprint, bank and seed: identical. <details><summary>The ticket’s canonical bytes"
            + "</summary><pre>\(HTML.escaped(findings.ticketRebuild))</pre></details>"
    }
}
