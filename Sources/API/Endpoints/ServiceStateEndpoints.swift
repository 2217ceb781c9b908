import Accounts
import Foundation
import HTTPServer
import Workflows

/// What those who look after the service see of it.
struct ServiceStateEndpoints {
    let state: ServiceState
    let version: String

    var all: [Endpoint] { [report] }

    private var report: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/service-state",
            summary: "The log's key, the last backup, the rules in force: for those who look after the service",
            tag: "operation",
            access: .permission(.supportAccounts),
            answers: [.init(.ok, "How the service stands", .json(StateView.schema))]
        ) { _ in
            try .json(.ok, StateView(try await state.report(), version: version))
        }
    }
}

private struct StateView: Encodable {
    struct Log: Encodable {
        var key: String
        var keySince: Date?
        var earlierKeys: Int
        var size: UInt64
    }

    struct LastBackup: Encodable {
        var madeAt: Date
        var logSize: UInt64
        var evidence: Int
    }

    struct Rules: Encodable {
        var source: String
        var count: Int
    }

    var version: String
    var startedAt: Date
    var log: Log
    var lastBackup: LastBackup?
    var flagRules: Rules
    var demandsSecondFactor: Bool

    init(_ report: ServiceState.Report, version: String) {
        self.version = version
        startedAt = report.startedAt
        log = Log(
            key: report.logKey,
            keySince: report.logKeySince,
            earlierKeys: report.earlierLogKeys,
            size: report.logSize
        )
        lastBackup = report.lastBackup.map {
            LastBackup(madeAt: $0.madeAt, logSize: $0.logSize, evidence: $0.evidence)
        }
        flagRules = Rules(source: report.hasOwnFlagRules ? "institution" : "standard", count: report.flagRules)
        demandsSecondFactor = report.demandsSecondFactor
    }

    static let schema = Schema.named(
        "ServiceState",
        .object([
            .init("version", .text(), "The program's version."),
            .init("started_at", .time, "Since when it runs."),
            .init(
                "log",
                .object([
                    .init("key", .text(), "The public key of its checkpoints, as verifiers write it."),
                    .init("key_since", .time, "Since when it has this key; absent for the first.", required: false),
                    .init("earlier_keys", .index, "How many keys it had before."),
                    .init("size", .index, "How many entries the newest checkpoint covers."),
                ]),
                "The identification log."
            ),
            .init(
                "last_backup",
                .object([
                    .init("made_at", .time, "When it was made."),
                    .init("log_size", .index, "How many entries the log had."),
                    .init("evidence", .index, "How many evidence files are in it."),
                ]),
                "The last `attestd backup`; absent where none was made with this data folder.",
                required: false
            ),
            .init(
                "flag_rules",
                .object([
                    .init("source", .oneOf(["standard", "institution"]), "Whose they are."),
                    .init("count", .index, "How many."),
                ]),
                "The rules by which flags are raised."
            ),
            .init("demands_second_factor", .boolean, "Whether staff must have a second factor."),
        ])
    )
}
