import Foundation
import HTTPServer
import TransparencyLog
import Workflows

/// The log for everybody (C2SP tlog-tiles: hashes and checkpoint only), and the witness (C2SP tlog-witness).
///
/// The paths are the specifications' and so stand outside of `/v1`.
struct PublicLogEndpoints {
    let log: PublicLog
    let verifier: NoteVerifier

    var all: [Endpoint] {
        let groups = ["a", "b", "c", "d"]
        return [checkpoint, keys, witnesses, addCheckpoint] + groups.indices.map { tile(Array(groups[...$0])) }
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

    private var keys: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/log/keys",
            summary: "All keys that the log has had, and the notes by which each handed it over to the next",
            tag: "identification log",
            access: .anyone,
            answers: [
                .init(
                    .ok,
                    "The keys",
                    .json(
                        .object([
                            .init(
                                "keys",
                                .array(
                                    of: .object([
                                        .init("key", .text(), "The public key, name+id+base64."),
                                        .init("first_size", .text(), "The smallest checkpoint that it signs."),
                                        .init(
                                            "last_size",
                                            .text(),
                                            "The largest; absent for the key in use.",
                                            required: false
                                        ),
                                    ]),
                                    count: 1...10_000
                                ),
                                "Oldest first."
                            ),
                            .init(
                                "notes",
                                .array(of: .text(), count: 0...10_000),
                                "Signed by both keys each; `attestd verify --key-notes` takes this answer as it is."
                            ),
                        ])
                    )
                )
            ],
            problems: [.notFound]
        ) { _ in
            struct Key: Encodable {
                var key: String
                var firstSize: String
                var lastSize: String?
            }
            struct View: Encodable {
                var keys: [Key]
                var notes: [String]
            }
            let (periods, rotations) = try await log.keys(current: verifier)
            let keys = periods.map {
                Key(key: $0.verifier.text, firstSize: String($0.first), lastSize: $0.last.map(String.init))
            }
            return try .json(.ok, View(keys: keys, notes: rotations.map(\.statement.encoded)))
        }
    }

    private var witnesses: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/log/witnesses",
            summary: "The log's witnesses: what each has cosigned, and what is in the way (C2SP tlog-cosignature)",
            tag: "identification log",
            access: .anyone,
            answers: [.init(.ok, "The witnesses", .json(LogWitnessView.schema))]
        ) { _ in
            let (standings, cosigned) = try await log.witnesses()
            return try .json(.ok, LogWitnessView(standings, cosigned))
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
