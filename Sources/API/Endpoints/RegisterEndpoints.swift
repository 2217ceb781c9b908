import Accounts
import Cryptography
import Foundation
import HTTPServer
import Identification
import TransparencyLog
import Workflows

/// The identification log (row F1): records for compliance staff, and the log's proofs.
struct RegisterEndpoints {
    let register: IdentificationRegister
    let logVerifier: NoteVerifier

    var all: [Endpoint] { [records, one, entries, checkpoint, proof] }

    private var records: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/identifications",
            summary: "Identification records, newest first",
            tag: "identification log",
            access: .permission(.readRegister),
            parameters: RegisterFilterParameters.all + [.accessPurpose, .pageBefore, .limit],
            answers: [
                .init(
                    .ok,
                    "A page",
                    .json(
                        .object([
                            .init("identifications", .array(of: RecordView.schema, count: 0...500), "The records.")
                        ])
                    )
                )
            ]
        ) { call in
            var filter = call.registerFilter
            filter.limit = call.limit
            filter.before = call.pageBefore
            let records = try await register.records(
                filter,
                purpose: call.accessPurpose,
                principal: call.principal
            )
            return try .json(.ok, ["identifications": records.map { RecordView($0) }])
        }
    }

    private var one: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/identifications/{identification_id}",
            summary: "One identification record; with a purpose its document's whole number. Looking is recorded",
            tag: "identification log",
            access: .permission(.readRegister),
            parameters: [.accessPurpose],
            answers: [.init(.ok, "The record", .json(RecordView.schema))]
        ) { call in
            let line = try await register.record(
                call.id("identification_id"),
                purpose: call.accessPurpose,
                principal: call.principal
            )
            return try .json(.ok, RecordView(line))
        }
    }

    private var entries: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/log/entries",
            summary: "Entries of the log as they were logged",
            tag: "identification log",
            access: .permission(.readRegister),
            parameters: [
                .init(
                    name: "from",
                    place: .query,
                    schema: .index,
                    summary: "The first index; 0 by default."
                ),
                .limit,
            ],
            answers: [
                .init(
                    .ok,
                    "Entries",
                    .json(.object([.init("entries", .array(of: EntryView.schema, count: 0...500), "The entries.")]))
                )
            ]
        ) { call in
            let from = UInt64(call.query("from") ?? "") ?? 0
            let entries = try await register.entries(from: from, limit: call.limit)
            return try .json(.ok, ["entries": entries.map { EntryView($0) }])
        }
    }

    private var checkpoint: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/log/checkpoint",
            summary: "The newest checkpoint: a signed note (C2SP tlog-checkpoint)",
            tag: "identification log",
            access: .anyone,
            answers: [.init(.ok, "The checkpoint and the key that signed it", .json(Self.checkpointSchema))],
            problems: [.notFound]
        ) { _ in
            guard let checkpoint = try await register.checkpoint() else {
                throw Refusal(.notFound, "log_empty", ru: "Журнал пока пуст.", en: "The log is empty yet.")
            }
            return try .json(
                .ok,
                [
                    "origin": checkpoint.origin, "size": String(checkpoint.size), "note": checkpoint.encoded,
                    "verifier_key": logVerifier.text,
                ]
            )
        }
    }

    private var proof: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/log/inclusion-proof",
            summary: "The proof that an entry stands in the log (RFC 9162 §2.1.3)",
            tag: "identification log",
            access: .permission(.readRegister),
            parameters: [
                .init(name: "index", place: .query, schema: .index, summary: "The entry."),
                .init(name: "size", place: .query, schema: .index, summary: "The tree's size."),
            ],
            answers: [
                .init(
                    .ok,
                    "The proof's hashes, from the leaf upwards",
                    .json(.object([.init("hashes", .array(of: .text(64...64), count: 0...64), "Hexadecimal.")]))
                )
            ],
            problems: [.notFound]
        ) { call in
            let hashes = try await register.inclusionProof(
                index: UInt64(call.query("index") ?? "") ?? 0,
                size: UInt64(call.query("size") ?? "") ?? 0
            )
            return try .json(.ok, ["hashes": hashes.map(\.hex)])
        }
    }

    private static let checkpointSchema = Schema.object([
        .init("origin", .text(), "The log's name."),
        .init("size", .text(), "How many entries it covers."),
        .init("note", .text(), "The signed note."),
        .init("verifier_key", .text(), "The public key in the form of C2SP signed-note."),
    ])
}

/// A log entry.
private struct EntryView: Encodable {
    var index: UInt64
    var kind: String
    var at: Date
    var leafHash: String
    var body: String

    init(_ entry: LogEntry) {
        index = entry.index
        kind = entry.kind
        at = entry.timestamp
        leafHash = entry.leafHash.hex
        body = String(decoding: entry.body, as: UTF8.self)
    }

    static let schema = Schema.object([
        .init("index", .index, "The entry's index."),
        .init("kind", .text(), "What it records."),
        .init("at", .time, "When."),
        .init("leaf_hash", .text(64...64), "RFC 9162 leaf hash, hexadecimal."),
        .init("body", .text(0...100_000), "The logged bytes: canonical JSON (RFC 8785)."),
    ])
}
