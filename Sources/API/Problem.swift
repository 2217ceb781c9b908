import Foundation
import HTTPServer
import Workflows

/// A problem document (RFC 9457): what went wrong and what to do, without anything of the program's inside.
struct Problem: Encodable, Sendable {
    var type: String
    var title: String
    var status: Int
    var code: String
    var detail: String
    var instance: String?
    var faults: [Fault]?

    struct Fault: Encodable, Sendable {
        var code: String?
        var pointer: String?
        var detail: String
    }

    init(
        _ status: HTTPStatus,
        code: String,
        detail: String,
        requestID: String?,
        faults: [Fault] = []
    ) {
        type = "urn:attestd:problem:\(code)"
        title = status.reasonPhrase
        self.status = status.code
        self.code = code
        self.detail = detail
        instance = requestID.map { "urn:attestd:request:\($0)" }
        self.faults = faults.isEmpty ? nil : faults
    }

    /// The document of a refusal.
    init(_ refusal: Refusal, language: LocalizedText.Language, requestID: String?) {
        self.init(
            refusal.status,
            code: refusal.code,
            detail: refusal.message.text(in: language),
            requestID: requestID,
            faults: refusal.faults.map { Fault(code: $0.code, detail: $0.message.text(in: language)) }
        )
    }

    /// The document as an answer.
    func answer(headers: [(String, String)] = []) -> Answer {
        // Encoding strings and numbers cannot fail.
        let data = (try? JSONCoding.encoder().encode(self)) ?? Data("{}".utf8)
        return Answer(
            status: HTTPStatus(code: status),
            headers: headers,
            body: .raw(data, type: "application/problem+json")
        )
    }
}

extension Refusal {
    /// The HTTP status of the refusal's kind (RFC 9110 §15.5).
    var status: HTTPStatus {
        switch kind {
        case .unauthenticated: .unauthorized
        case .forbidden: .forbidden
        case .notFound: .notFound
        case .conflict: .conflict
        case .unprocessable: .unprocessableContent
        case .unsupportedFormat: .unsupportedMediaType
        case .tooLarge: .contentTooLarge
        case .tooMany: .tooManyRequests
        case .unavailable: .serviceUnavailable
        case .storageFull: .insufficientStorage
        case .internalError: .internalServerError
        }
    }

    /// Headers that belong to the status.
    var headers: [(String, String)] {
        switch kind {
        case .unauthenticated: [("WWW-Authenticate", "Bearer")]
        case .tooMany(let seconds): [("Retry-After", String(seconds))]
        case .unavailable: [("Retry-After", "5")]
        default: []
        }
    }
}
