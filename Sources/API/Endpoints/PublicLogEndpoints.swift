import Foundation
import HTTPServer
import TransparencyLog
import Workflows

/// The log for everybody (C2SP tlog-tiles: hashes and checkpoint only), and the witness (C2SP tlog-witness).
///
/// The paths are the specifications' and so stand outside of `/v1`.
struct PublicLogEndpoints {
    let log: PublicLog

    var all: [Endpoint] {
        let groups = ["a", "b", "c", "d"]
        return [checkpoint, addCheckpoint] + groups.indices.map { tile(Array(groups[...$0])) }
    }

    private var checkpoint: Endpoint {
        Endpoint(
            method: .get,
            path: "/checkpoint",
            summary: "The newest checkpoint as a signed note (C2SP tlog-checkpoint)",
            tag: "identification log",
            access: .anyone,
            answers: [.init(.ok, "The note", .raw(["text/plain"]))],
            problems: [.notFound]
        ) { _ in
            let note = try await log.checkpoint().encoded
            return Answer(status: .ok, body: .raw(Data(note.utf8), type: "text/plain; charset=utf-8"))
        }
    }

    /// The number of a tile is written in groups of three digits, each a segment of the path.
    private func tile(_ groups: [String]) -> Endpoint {
        Endpoint(
            method: .get,
            path: "/tile/{level}/" + groups.map { "{\($0)}" }.joined(separator: "/"),
            summary: "A tile of the tree's hashes with a number of \(groups.count) path segments (C2SP tlog-tiles)",
            tag: "identification log",
            access: .anyone,
            answers: [.init(.ok, "Up to 256 hashes of 32 bytes", .raw(["application/octet-stream"]))],
            problems: [.notFound]
        ) { call in
            let path = (["level"] + groups).map { call.request.parameters[$0] ?? "" }.joined(separator: "/")
            let (tile, bytes) = try await log.tile(path)
            // What a whole tile holds never changes again.
            let isWhole = tile.width == HashTile.wholeWidth
            return Answer(
                status: .ok,
                headers: isWhole ? [("Cache-Control", "public, max-age=31536000, immutable")] : [],
                body: .raw(bytes, type: "application/octet-stream")
            )
        }
    }

    private var addCheckpoint: Endpoint {
        Endpoint(
            method: .post,
            path: "/add-checkpoint",
            summary: "Ask this service, as a witness, to cosign another log's checkpoint (C2SP tlog-witness)",
            tag: "identification log",
            access: .anyone,
            body: .raw(["*/*"], maximumBytes: WitnessRequest.longest),
            answers: [
                .init(.ok, "The cosignature's line", .raw(["text/plain"])),
                .init(.conflict, "The size that was cosigned last", .raw(["text/x.tlog.size"])),
            ],
            problems: [.forbidden, .notFound, .unprocessableContent]
        ) { call in
            switch try await log.cosign(call.request.body) {
            case .cosigned(let line):
                return Answer(status: .ok, body: .raw(Data(line.utf8), type: "text/plain; charset=utf-8"))
            case .conflict(let size):
                return Answer(status: .conflict, body: .raw(Data("\(size)\n".utf8), type: "text/x.tlog.size"))
            case .malformed:
                throw InvalidInput(.witnessRequest, [])
            case .untrusted:
                throw Refusal(
                    .forbidden,
                    "checkpoint_untrusted",
                    ru: "Состояние журнала не подписано ключом, которому здесь доверяют.",
                    en: "No key that is trusted here signed the checkpoint."
                )
            case .unknownLog:
                throw Refusal(
                    .notFound,
                    "log_unknown",
                    ru: "Этот журнал здесь не заверяют.",
                    en: "This log is not witnessed here."
                )
            case .inconsistent:
                throw Refusal(
                    .unprocessable,
                    "log_inconsistent",
                    ru: "Доказательство не показывает, что журнал продолжает заверенное состояние.",
                    en: "The proof does not show that the log continues the state that was cosigned."
                )
            }
        }
    }
}
