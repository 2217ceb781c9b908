import TestSupport
import Testing

/// What holds for every answer of the API, whatever it was asked.
enum AnswerRules {
    static func check(_ request: Request, _ reply: Reply, _ client: Client) {
        let what = "\(request.method) \(request.target): \(reply.status) \(reply.text.prefix(300))"
        if reply.status >= 400 { checkProblem(reply, what) }
        if reply.status >= 500 {
            let expected = reply.status == 503 && ["not_ready", "comparison_busy"].contains(reply.code ?? "")
            #expect(expected, "\(what)")
        }
        if client.role == "candidate" { checkSecrecy(reply, what) }
        #expect(reply.header("X-Content-Type-Options") == "nosniff", "\(what)")
        #expect(reply.header("Cache-Control") == "no-store", "\(what)")
        #expect(reply.header("Server") == nil, "\(what)")
    }

    /// A problem document (RFC 9457) that agrees with its status and tells nothing of the program's inside.
    private static func checkProblem(_ reply: Reply, _ what: String) {
        #expect(reply.header("Content-Type") == "application/problem+json", "\(what)")
        let problem = reply.json
        #expect(problem["status"].int == reply.status, "\(what)")
        #expect(problem["type"].string == "urn:attestd:problem:\(reply.code ?? "-")", "\(what)")
        #expect(problem["title"].string?.isEmpty == false, "\(what)")
        #expect(problem["detail"].string?.isEmpty == false, "\(what)")
        #expect(problem["instance"].string?.hasPrefix("urn:attestd:request:") == true, "\(what)")
        for word in ["SQLite", "sqlite", ".swift", "Optional(", "Fatal", "0x", "Error(", "attestd-test-", "libmicro"] {
            #expect(!reply.text.contains(word), "\(word) in \(what)")
        }
    }

    /// A candidate never sees a score or a threshold.
    private static func checkSecrecy(_ reply: Reply, _ what: String) {
        // Distance technology is what a candidate may refuse, no score.
        let text = reply.text.lowercased().replacing("distance_technology", with: "")
        for word in ["distance", "threshold", "score", "match_at_or_below", "non_match_above", "model_id", "template"] {
            #expect(!text.contains(word), "\(word) in \(what)")
        }
    }
}
