import Foundation
import TransparencyLog

/// The witnesses of the log as the API shows them.
struct LogWitnessView: Encodable {
    struct Witness: Encodable {
        var key: String
        var cosignedSize: String?
        var cosignedAt: Date?
        var trouble: WitnessStanding.Trouble?
        var nextTryAt: Date?
    }

    var witnesses: [Witness]
    var note: String?

    init(_ standings: [WitnessStanding], _ cosigned: Checkpoint?) {
        witnesses = standings.map { standing in
            Witness(
                key: standing.witness,
                cosignedSize: standing.cosignedSize.map(String.init),
                cosignedAt: standing.cosignedAt,
                trouble: standing.trouble,
                nextTryAt: standing.trouble == nil ? nil : standing.nextTryAt
            )
        }
        note = cosigned?.encoded
    }

    static let schema = Schema.object([
        .init(
            "witnesses",
            .array(
                of: .object([
                    .init("key", .text(), "The witness's public key, name+id+base64."),
                    .init("cosigned_size", .text(), "How many entries it has cosigned.", required: false),
                    .init("cosigned_at", .time, "When that came.", required: false),
                    .init(
                        "trouble",
                        .oneOf(WitnessStanding.Trouble.allCases.map(\.rawValue)),
                        "What is in the way; `ahead` and `forked`: the witness saw another history of the log.",
                        required: false
                    ),
                    .init("next_try_at", .time, "When it is asked again.", required: false),
                ]),
                count: 0...16
            ),
            "In the order of the configuration."
        ),
        .init("note", .text(0...1_048_576), "The newest checkpoint that a witness has cosigned.", required: false),
    ])
}
