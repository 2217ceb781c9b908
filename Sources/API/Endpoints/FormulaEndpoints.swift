import Accounts
import Formulas
import Foundation
import HTTPServer

/// Formulas of questions, typeset for browsers (row D1).
struct FormulaEndpoints {
    let renderer: FormulaRenderer

    var all: [Endpoint] { [typeset] }

    private var typeset: Endpoint {
        Endpoint(
            method: .post,
            path: "/v1/formulas",
            summary: "Typeset TeX formulas as MathML; what is not understood stays TeX",
            tag: "question banks",
            access: .permission(.readExams),
            body: .json(FormulasBody.schema, maximumBytes: 256 * 1024),
            answers: [.init(.ok, "The formulas in the order in which they came", .json(FormulasView.schema))]
        ) { call in
            var typeset: [FormulasView.Formula] = []
            for tex in try call.body(as: FormulasBody.self).formulas {
                typeset.append(.init(tex: tex, mathml: await renderer.mathML(of: tex)))
            }
            return try .json(.ok, FormulasView(formulas: typeset))
        }
    }
}

private struct FormulasBody: Decodable {
    var formulas: [String]

    static let schema = Schema.object([
        .init(
            "formulas",
            .array(of: .text(1...FormulaRenderer.lengthLimit, example: "2^8 = 256"), count: 1...50),
            "TeX."
        )
    ])
}

private struct FormulasView: Encodable {
    var formulas: [Formula]

    struct Formula: Encodable {
        var tex: String
        var mathml: String?
    }

    static let schema = Schema.object([
        .init(
            "formulas",
            .array(
                of: .object([
                    .init("tex", .text(), "The formula."),
                    .init("mathml", .text(0...300_000), "What belongs into a math element.", required: false),
                ]),
                count: 1...50
            ),
            "The formulas."
        )
    ])
}
