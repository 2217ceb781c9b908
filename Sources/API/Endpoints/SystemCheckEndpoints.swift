import Accounts
import Attestation
import Cryptography
import Foundation
import HTTPServer
import Workflows

/// Checks of devices and connections before an exam (row D15).
struct SystemCheckEndpoints {
    let checks: SystemChecks

    var all: [Endpoint] { [begin, payload, judge, list] }

    private var begin: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/me/system-checks",
            summary: "Begin a check of the own device and connection",
            tag: "admission",
            access: .permission(.sitExams),
            answers: [.init(.created, "The check", .json(SystemCheckView.schema))],
            problems: [.tooManyRequests]
        ) { call in
            try .json(.created, SystemCheckView(try await checks.begin(call.principal), language: call.language))
        }
    }

    private var payload: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/me/system-checks/{check_id}/payload",
            summary: "Random bytes to measure the connection by, once; show their SHA-256 at once afterwards",
            tag: "admission",
            access: .permission(.sitExams),
            answers: [.init(.ok, "524288 bytes", .raw(["application/octet-stream"]))],
            problems: [.conflict]
        ) { call in
            let bytes = try await checks.payload(of: call.id("check_id"), principal: call.principal)
            return Answer(status: .ok, body: .raw(bytes, type: "application/octet-stream"))
        }
    }

    private var judge: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/me/system-checks/{check_id}/result",
            summary: "Finish a check: the server measures the connection and judges",
            tag: "admission",
            access: .permission(.sitExams),
            body: .json(ReportBody.schema),
            answers: [.init(.ok, "The check with what was found", .json(SystemCheckView.schema))],
            problems: [.conflict]
        ) { call in
            let body = try call.body(as: ReportBody.self)
            let check = try await checks.judge(
                call.id("check_id"),
                showing: body.payloadSha256,
                SystemCheck.Report(
                    camera: body.camera,
                    microphone: body.microphone,
                    hasMediaDevices: body.mediaDevices,
                    browser: String((call.request.headers["User-Agent"] ?? "").prefix(200))
                ),
                principal: call.principal
            )
            return try .json(.ok, SystemCheckView(check, language: call.language))
        }
    }

    private var list: Endpoint {
        Endpoint(
            method: .get,
            path: "/v1/me/system-checks",
            summary: "The own checks, newest first",
            tag: "admission",
            access: .permission(.sitExams),
            answers: [
                .init(
                    .ok,
                    "The checks",
                    .json(.object([.init("checks", .array(of: SystemCheckView.schema, count: 0...20), "Checks.")]))
                )
            ]
        ) { call in
            let all = try await checks.checks(of: call.principal)
            return try .json(.ok, ["checks": all.map { SystemCheckView($0, language: call.language) }])
        }
    }
}

private struct ReportBody: Decodable {
    var payloadSha256: SHA256Digest
    var camera: SystemCheck.DeviceState
    var microphone: SystemCheck.DeviceState
    var mediaDevices: Bool

    private static let device = Schema.oneOf(SystemCheck.DeviceState.allCases.map(\.rawValue))

    static let schema = Schema.object([
        .init(
            "payload_sha256",
            .string(.init(length: 64...64, pattern: "^[0-9a-f]{64}$")),
            "SHA-256 of the random bytes, hexadecimal."
        ),
        .init("camera", device, "The camera."),
        .init("microphone", device, "The microphone."),
        .init("media_devices", .boolean, "Whether the browser gives access to both."),
    ])
}

private struct SystemCheckView: Encodable {
    var id: String
    var at: Date
    var isPassed: Bool?
    var megabitsPerSecond: Double?
    var findings: [Finding]
    var validUntil: Date?

    struct Finding: Encodable {
        var code: String
        var text: String
    }

    init(_ check: SystemCheck, language: LocalizedText.Language) {
        id = check.id.lowercased
        at = check.at
        findings = (check.result?.findings ?? []).map {
            Finding(code: $0.rawValue, text: LocalizedText($0.message).text(in: language))
        }
        guard let result = check.result else { return }
        isPassed = result.findings.isEmpty
        megabitsPerSecond = (Double(result.bitsPerSecond) / 10_000).rounded(.down) / 100
        if isPassed == true { validUntil = result.at.addingTimeInterval(SystemCheck.validSeconds) }
    }

    static let schema = Schema.named(
        "SystemCheck",
        .object([
            .init("id", .uuid, "The check."),
            .init("at", .time, "When it was begun."),
            .init("is_passed", .boolean, "Whether it is passed; absent before the end.", required: false),
            .init("megabits_per_second", .number, "What the connection carries at least.", required: false),
            .init(
                "findings",
                .array(
                    of: .object([
                        .init("code", .oneOf(SystemCheck.Finding.allCases.map(\.rawValue)), "Which one."),
                        .init("text", .text(), "What is wrong, and what to do."),
                    ]),
                    count: 0...10
                ),
                "What stands in the way."
            ),
            .init("valid_until", .time, "Until when it counts.", required: false),
        ])
    )
}
