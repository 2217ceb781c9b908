import Accounts
import Foundation
import HTTPServer

/// One operation of the API: what it is called, who may call it, what goes in and out, and what it does.
///
/// The router, the OpenAPI document and the permission table are all made from these values: nothing that is not
/// listed can be reached, and nothing that is listed can be missing from the description.
struct Endpoint: Sendable {
    var method: HTTPMethod
    var path: String
    var summary: String
    var tag: String
    var access: Access
    var parameters: [Parameter] = []
    var body: Body = .none
    var answers: [AnswerRule]
    /// Problems beyond those that the access, the parameters and the body bring about by themselves.
    var problems: [HTTPStatus] = []
    /// Whether staff may call it who must set a second factor up first.
    var worksBeforeSecondFactor = false
    /// Whether browsers come here by themselves, so that problems are pages to those who ask for HTML.
    var showsProblemsAsPages = false
    /// Whether others choose the query, and what is unknown in it is ignored.
    var ignoresUnknownParameters = false
    var handle: @Sendable (Call) async throws -> Answer

    /// Who may call.
    enum Access: Sendable {
        /// Everybody, logged in or not.
        case anyone
        /// Whoever is logged in and has this right.
        case permission(Permission)
    }

    /// A query or header parameter.
    struct Parameter: Sendable {
        enum Place: String, Sendable {
            case query
            case header
        }

        var name: String
        var place: Place
        var schema: Schema
        var summary: String
    }

    /// What the request's body must be.
    enum Body: Sendable {
        case none
        case json(Schema, maximumBytes: Int = 64 * 1024)
        case raw([String], maximumBytes: Int)

        var maximumBytes: Int {
            switch self {
            case .none: 0
            case .json(_, let bytes), .raw(_, let bytes): bytes
            }
        }
    }

    /// What an answer may be.
    struct AnswerRule: Sendable {
        var status: HTTPStatus
        var summary: String
        var content: Content

        enum Content: Sendable {
            case none
            case json(Schema)
            case raw([String])

            /// The formats that pictures are kept in.
            static let picture = Content.raw(["image/jpeg", "image/png"])
        }

        init(_ status: HTTPStatus, _ summary: String, _ content: Content = .none) {
            self.status = status
            self.summary = summary
            self.content = content
        }
    }

    /// The names in braces of the path.
    var pathParameters: [String] {
        path.split(separator: "/").filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
    }
}

/// A handler's answer.
struct Answer: Sendable {
    var status: HTTPStatus
    var headers: [(String, String)] = []
    var body: Body

    enum Body: Sendable {
        case none
        case json(Data)
        case raw(Data, type: String)
        /// Content that is read while it is sent.
        case content(ContentSource, type: String)
        case events(EventStream)
    }

    /// JSON with sorted keys.
    static func json(_ status: HTTPStatus, _ value: some Encodable, headers: [(String, String)] = []) throws -> Answer {
        Answer(status: status, headers: headers, body: .json(try JSONCoding.encoder().encode(value)))
    }

    /// A picture as it was kept; its first bytes tell the format.
    static func picture(_ file: Data) -> Answer {
        let isPNG = file.starts(with: [0x89, 0x50, 0x4E, 0x47])
        return Answer(status: .ok, body: .raw(file, type: isPNG ? "image/png" : "image/jpeg"))
    }

    static let noContent = Answer(status: .noContent, body: .none)
}

/// The API's JSON dialect.
enum JSONCoding {
    static func encoder() -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(Timestamp.text(date))
        }
        return encoder
    }

    static func decoder() -> JSONDecoder {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        decoder.dateDecodingStrategy = .custom { decoder in
            let container = try decoder.singleValueContainer()
            guard let date = Timestamp.date(try container.decode(String.self)) else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a time")
            }
            return date
        }
        return decoder
    }
}
