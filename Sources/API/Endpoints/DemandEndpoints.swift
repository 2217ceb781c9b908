import Accounts
import Foundation
import HTTPServer
import Identification
import Workflows

/// What is demanded of a candidate while the attempt runs (rows A3, C7).
struct DemandEndpoints {
    let desk: DemandDesk

    var all: [Endpoint] { [demand, list, show, picture] }

    private var demand: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/attempts/{attempt_id}/demands",
            summary: "Demand that the candidate shows the face or the workplace",
            tag: "identification",
            access: .permission(.controlExams),
            parameters: [.idempotencyKey],
            body: .json(DemandBody.schema),
            answers: [.init(.created, "The demand", .json(DemandView.schema))],
            problems: [.conflict]
        ) { call in
            let body = try call.body(as: DemandBody.self)
            let demand = try await desk.demand(
                body.subject,
                message: body.message,
                seconds: body.seconds ?? 120,
                attemptID: call.id("attempt_id"),
                principal: call.principal,
                idempotencyKey: call.idempotencyKey
            )
            return try .json(.created, DemandView(demand))
        }
    }

    private var list: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/attempts/{attempt_id}/demands",
            summary: "The demands of an attempt; candidates do not see those that are planned",
            tag: "identification",
            access: .permission(.readExams),
            answers: [
                .init(
                    .ok,
                    "The demands, oldest first",
                    .json(.object([.init("demands", .array(of: DemandView.schema, count: 0...10_000), "Demands.")]))
                )
            ]
        ) { call in
            let demands = try await desk.demands(attemptID: call.id("attempt_id"), principal: call.principal)
            return try .json(.ok, ["demands": demands.map { DemandView($0) }])
        }
    }

    private var show: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/attempts/{attempt_id}/demands/{demand_id}/pictures",
            summary: "Send pictures of the workplace, as demanded; a person looks at them",
            tag: "identification",
            access: .permission(.sitExams),
            body: .json(
                PictureSetBody.schema(1...5, "Pictures of the workplace."),
                maximumBytes: PictureSetBody.maximumBytes(5)
            ),
            answers: [.init(.created, "The demand, answered", .json(DemandView.schema))],
            problems: [.conflict, .unsupportedMediaType]
        ) { call in
            let demand = try await desk.show(
                call.body(as: PictureSetBody.self).pictures,
                demandID: call.id("demand_id"),
                attemptID: call.id("attempt_id"),
                principal: call.principal
            )
            return try .json(.created, DemandView(demand))
        }
    }

    private var picture: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/attempts/{attempt_id}/demands/{demand_id}/pictures/{number}",
            summary: "A picture that the candidate sent, from 1; looking is recorded",
            tag: "identification",
            access: .permission(.controlExams),
            answers: [.init(.ok, "The picture", .picture)]
        ) { call in
            let pictures = try await desk.pictures(
                demandID: call.id("demand_id"),
                attemptID: call.id("attempt_id"),
                principal: call.principal
            )
            let number = Int(call.request.parameters["number"] ?? "") ?? 0
            guard pictures.indices.contains(number - 1) else {
                throw Refusal(
                    .notFound,
                    "picture_unknown",
                    ru: "Такого снимка нет.",
                    en: "There is no such picture."
                )
            }
            return .picture(pictures[number - 1])
        }
    }
}

private struct DemandBody: Decodable {
    var subject: IdentificationDemand.Subject
    var message: String?
    var seconds: Int?

    static let schema = Schema.object([
        .init("subject", .oneOf(IdentificationDemand.Subject.allCases.map(\.rawValue)), "What is to be shown."),
        .init("message", .text(1...1_000), "What is said to the candidate.", required: false),
        .init("seconds", .integer(15...3_600), "How long the candidate has; default 120.", required: false),
    ])
}
