import HTTPServer
import TransparencyLog
import Workflows

extension Call {
    /// The discipline that the path names.
    ///
    /// - Throws: `Refusal` for a name that no discipline can have.
    func discipline() throws -> String {
        let name = request.parameters["discipline"] ?? ""
        guard Schema.text(1...100).faults(in: .string(name)).isEmpty else {
            throw Refusal(
                .notFound,
                "discipline_unknown",
                ru: "Название дисциплины — от 1 до 100 знаков.",
                en: "A discipline's name has 1 to 100 characters."
            )
        }
        return name
    }
}
