import Foundation
import Identification

/// The conditions of a search in the identification log, as parameters of a query and as a body.
enum RegisterFilterParameters {
    static let all: [Endpoint.Parameter] = [
        parameter("from", .time, "Not before."),
        parameter("until", .time, "Before."),
        parameter("procedure", .oneOf(ProcedureKind.allCases.map(\.rawValue)), "Only this kind of procedure."),
        parameter("discipline", .line(1...200), "Only attempts at exams of this discipline."),
        parameter("group", .uuid, "Only people who are in this group now."),
        parameter("subject", .uuid, "Only this account's."),
        parameter("attempt", .uuid, "Only this attempt's."),
        parameter("method", .oneOf(IdentificationMethod.allCases.map(\.rawValue)), "Only this method."),
        parameter("outcome", .oneOf(IdentificationOutcome.allCases.map(\.rawValue)), "Only this outcome."),
        parameter("verifier", .uuid, "Only what this verifier decided."),
        parameter("flagged", .oneOf(["true", "false"]), flaggedSummary),
    ]

    private static func parameter(_ name: String, _ schema: Schema, _ summary: String) -> Endpoint.Parameter {
        Endpoint.Parameter(name: name, place: .query, schema: schema, summary: summary)
    }

    fileprivate static let flaggedSummary =
        "Only records of attempts that were marked for a look: by the examiner, or because of another person, several "
        + "people or a copy of the portrait in frame; with false only the others."
}

extension Call {
    /// The conditions of the query.
    var registerFilter: IdentificationFilter {
        func id(_ name: String) -> UUID? { query(name).flatMap { UUID(uuidString: $0) } }
        var filter = IdentificationFilter()
        filter.from = query("from").flatMap { Timestamp.date($0) }
        filter.until = query("until").flatMap { Timestamp.date($0) }
        filter.procedure = query("procedure").flatMap { ProcedureKind(rawValue: $0) }
        filter.discipline = query("discipline")
        filter.groupID = id("group")
        filter.subject = id("subject")
        filter.attemptID = id("attempt")
        filter.method = query("method").flatMap { IdentificationMethod(rawValue: $0) }
        filter.outcome = query("outcome").flatMap { IdentificationOutcome(rawValue: $0) }
        filter.operatorID = id("verifier")
        filter.isFlagged = query("flagged").map { $0 == "true" }
        return filter
    }
}

/// The conditions as JSON, under the names of the query's parameters.
struct RegisterFilterBody: Codable {
    var from: Date?
    var until: Date?
    var procedure: ProcedureKind?
    var discipline: String?
    var group: String?
    var subject: String?
    var attempt: String?
    var method: IdentificationMethod?
    var outcome: IdentificationOutcome?
    var verifier: String?
    var flagged: Bool?

    init(_ filter: IdentificationFilter) {
        from = filter.from
        until = filter.until
        procedure = filter.procedure
        discipline = filter.discipline
        group = filter.groupID?.uuidString.lowercased()
        subject = filter.subject?.uuidString.lowercased()
        attempt = filter.attemptID?.uuidString.lowercased()
        method = filter.method
        outcome = filter.outcome
        verifier = filter.operatorID?.uuidString.lowercased()
        flagged = filter.isFlagged
    }

    var filter: IdentificationFilter {
        var filter = IdentificationFilter()
        filter.from = from
        filter.until = until
        filter.procedure = procedure
        filter.discipline = discipline
        filter.groupID = group.flatMap { UUID(uuidString: $0) }
        filter.subject = subject.flatMap { UUID(uuidString: $0) }
        filter.attemptID = attempt.flatMap { UUID(uuidString: $0) }
        filter.method = method
        filter.outcome = outcome
        filter.operatorID = verifier.flatMap { UUID(uuidString: $0) }
        filter.isFlagged = flagged
        return filter
    }

    static let schema = Schema.named(
        "IdentificationFilter",
        .object(
            RegisterFilterParameters.all.map { parameter in
                let schema: Schema = parameter.name == "flagged" ? .boolean : parameter.schema
                return .init(parameter.name, schema, parameter.summary, required: false)
            }
        )
    )
}
