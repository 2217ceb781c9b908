package import Attestation
package import Foundation
import Storage
import TransparencyLog

/// What exams ask for before their start, as examiners set it.
package struct AdmissionRulesDesk: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// What an exam asks for.
    ///
    /// - Throws: `Refusal` where there is no such exam.
    package func rules(examID: UUID) async throws -> AdmissionRules {
        try await services.database.read { stores in
            guard try stores.exam(examID) != nil else { throw Refusal.unknownExam }
            return try stores.admissionRules(examID: examID)
        }
    }

    /// Sets what an exam asks for; attempts that have started are not touched.
    ///
    /// - Throws: `Refusal` where there is no such exam or credit unit.
    package func set(_ rules: AdmissionRules, examID: UUID, principal: Principal) async throws -> AdmissionRules {
        let now = services.now()
        return try await services.database.write { [services] stores in
            guard let exam = try stores.exam(examID) else { throw Refusal.unknownExam }
            if let unit = rules.creditUnit {
                let titles = try stores.creditUnits(discipline: exam.discipline)?.titles ?? []
                guard titles.indices.contains(unit - 1) else {
                    throw Refusal(
                        .unprocessable,
                        "credit_unit_unknown",
                        ru: "У дисциплины нет такой зачётной единицы. Сначала внесите её зачётные единицы.",
                        en: "The discipline has no such credit unit. Register its credit units first."
                    )
                }
            }
            try stores.setAdmissionRules(rules, examID: examID)
            var facts: [String: JSONValue] = [
                "exam": .string(examID.lowercased), "access_key": .bool(rules.needsAccessKey),
                "system_check": .bool(rules.needsSystemCheck), "retake": .bool(rules.isRetake),
                "decided_by": .string(principal.id.lowercased),
            ]
            facts["credit_unit"] = rules.creditUnit.map { .integer(Int64($0)) }
            try LogBook(vault: services.vault).append(
                "admission_rules",
                recordID: examID,
                subject: nil,
                at: now,
                facts: facts,
                personal: [String: String](),
                to: stores
            )
            return rules
        }
    }
}
