import HTTPServer
import Workflows

/// Input that has not the form that the API's description demands.
struct InvalidInput: Error {
    enum Part {
        case parameters
        case contentType([String])
        case syntax
        case schema
        case witnessRequest
    }

    var part: Part
    var faults: [Schema.Fault]

    init(_ part: Part, _ faults: [Schema.Fault]) {
        self.part = part
        self.faults = faults
    }

    func problem(language: LocalizedText.Language, requestID: String) -> Problem {
        let (status, code, text): (HTTPStatus, String, LocalizedText) =
            switch part {
            case .parameters:
                (
                    .badRequest, "parameters_invalid",
                    LocalizedText(ru: "Параметры запроса заданы неверно.", en: "The request's parameters are wrong.")
                )
            case .contentType(let types):
                (
                    .unsupportedMediaType, "content_type_unsupported",
                    LocalizedText(
                        ru: "Ожидается тело в формате \(types.joined(separator: ", ")).",
                        en: "The body must be \(types.joined(separator: ", "))."
                    )
                )
            case .syntax:
                (
                    .badRequest, "json_malformed",
                    LocalizedText(ru: "Тело запроса — не JSON.", en: "The body is not JSON.")
                )
            case .witnessRequest:
                (
                    .badRequest, "witness_request_malformed",
                    LocalizedText(
                        ru: "Тело — не запрос к свидетелю по C2SP tlog-witness, или размеры в нём убывают.",
                        en: "The body is no request of C2SP tlog-witness, or its sizes go down."
                    )
                )
            case .schema:
                (
                    .unprocessableContent, "body_invalid",
                    LocalizedText(
                        ru: "Тело запроса не соответствует описанию.",
                        en: "The body does not fit its schema."
                    )
                )
            }
        return Problem(
            status,
            code: code,
            detail: text.text(in: language),
            requestID: requestID,
            faults: faults.prefix(20).map { fault in
                let expected = LocalizedText(
                    ru: "ожидается: \(fault.expectation.ru)",
                    en: "expected \(fault.expectation.en)"
                )
                return Problem.Fault(pointer: fault.pointer, detail: expected.text(in: language))
            }
        )
    }
}
