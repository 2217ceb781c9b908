import Accounts
package import Attestation
package import Foundation
package import Grading
import Storage
import TransparencyLog

/// Academic and study groups: who is in them, and how disciplines are graded (rows D4, D8).
package struct GroupRegister: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// What came of an import.
    package struct Report: Sendable {
        /// How many people were new, got another record book, were there already.
        package var counts: [GroupImport: Int] = [:]
        /// The lines that came to nothing.
        package var problems: [GroupRegisterCSV.Problem] = []

        /// How many lines came to something.
        package func count(_ outcome: GroupImport) -> Int { counts[outcome] ?? 0 }
    }

    private static let batchSize = 500

    /// Fills groups from a file; importing it again changes nothing, and nobody leaves a group by it.
    ///
    /// - Throws: `Refusal` where the file is not UTF-8 or its first row names no columns.
    package func importCSV(_ data: Data) async throws -> Report {
        guard let text = String(data: data, encoding: .utf8) else { throw Refusal.notUTF8 }
        let register = GroupRegisterCSV(text: text)
        if !register.hasHeader, let problem = register.problems.first {
            throw Refusal(.unprocessable, "no_header", ru: "\(problem.russianReason).", en: "\(problem.reason).")
        }
        var report = Report(problems: register.problems)
        let now = services.now()
        for start in stride(from: 0, to: register.lines.count, by: Self.batchSize) {
            let batch = Array(register.lines[start..<min(start + Self.batchSize, register.lines.count)])
            let outcomes = try await services.database.write { [services] stores in
                try batch.map { line in
                    guard let contract = try stores.contract(line.contract) else { return (line, GroupImport?.none) }
                    let group = try stores.group(
                        line.kind,
                        named: line.group,
                        faculty: line.faculty,
                        orMake: services.makeID(at: now)
                    )
                    let outcome = try stores.addMember(
                        contract.id,
                        recordBook: line.recordBook,
                        to: group.id,
                        at: now
                    )
                    return (line, outcome)
                }
            }
            for (line, outcome) in outcomes {
                if let outcome {
                    report.counts[outcome, default: 0] += 1
                } else {
                    report.problems.append(Self.unknownContract(line))
                }
            }
        }
        report.problems.sort { $0.line < $1.line }
        return report
    }

    private static func unknownContract(_ line: GroupRegisterCSV.Line) -> GroupRegisterCSV.Problem {
        GroupRegisterCSV.Problem(
            line: line.line,
            reason: "the register has no contract \(line.contract): import the contracts first",
            russianReason: "договора \(line.contract) нет в реестре: сначала загрузите договоры"
        )
    }

    /// A page of the groups, in the order of kind and name.
    package func groups(after: UUID?, limit: Int) async throws -> [StudentGroup] {
        try await services.database.read { try $0.groups(after: after, limit: limit) }
    }

    /// A group and its members in the order of names.
    ///
    /// - Throws: `Refusal` where there is none such.
    package func group(_ id: UUID) async throws -> (group: StudentGroup, members: [GroupMember]) {
        try await services.database.read { stores in
            guard let group = try stores.group(id) else { throw Refusal.unknownGroup }
            return (group, try stores.members(of: id))
        }
    }

    /// Takes somebody out of a group; sheets that exist keep them.
    ///
    /// - Throws: `Refusal`.
    package func remove(_ contractID: UUID, from groupID: UUID) async throws {
        try await services.database.write { stores in
            guard try stores.removeMember(contractID, from: groupID) else { throw Refusal.unknownMember }
        }
    }

    // MARK: - Scales

    /// A discipline's scale; `nil` where none was set.
    package func scale(of discipline: String) async throws -> DisciplineScale? {
        try await services.database.read { try $0.scale(of: discipline) }
    }

    /// Sets a discipline's scale, which counts for exams published from now on.
    package func set(_ scale: DisciplineScale) async throws {
        try await services.database.write { [services] stores in
            try stores.insertScale(scale)
            try LogBook(vault: services.vault).append(
                "grading_scale",
                recordID: services.makeID(at: scale.at),
                subject: nil,
                at: scale.at,
                facts: [
                    "discipline": .string(scale.discipline), "scale": .string(scale.kind.rawValue),
                    "decided_by": .string(scale.decidedBy.lowercased),
                    "lowest": .string(scale.scale.lowest.rawValue),
                    "thresholds": .object(
                        Dictionary(
                            scale.scale.thresholds.map { ($0.grade.rawValue, .integer(Int64($0.percent))) }
                        ) { $1 }
                    ),
                ],
                personal: [String: String](),
                to: stores
            )
        }
    }

    /// A scale as an examiner fills it in.
    ///
    /// - Throws: `Refusal` where kind, thresholds and grades do not go together.
    package func makeScale(
        discipline: String,
        kind: DisciplineScale.Kind,
        scale: GradingScale?,
        by principal: Principal
    ) throws -> DisciplineScale {
        let scale = scale.flatMap {
            DisciplineScale(
                discipline: discipline,
                kind: kind,
                scale: $0,
                decidedBy: principal.id,
                at: services.now()
            )
        }
        guard let scale else { throw Refusal.scaleWrong }
        return scale
    }
}

extension Refusal {
    static let notUTF8 = Refusal(
        .unprocessable,
        "not_utf8",
        ru: "Файл не в кодировке UTF-8. Сохраните его как «CSV UTF-8» и загрузите снова.",
        en: "The file is not UTF-8: save it as UTF-8 and import it again."
    )

    static let unknownGroup = notFound("group_unknown", ru: "Такой группы нет.", en: "There is no such group.")

    static let unknownMember = notFound(
        "member_unknown",
        ru: "Такого обучающегося в группе нет.",
        en: "There is no such person in the group."
    )

    static let scaleWrong = Refusal(
        .unprocessable,
        "scale_wrong",
        ru: "Пороги должны убывать от 100 до 1, каждая оценка встречается один раз, а шкала состоит либо из оценок от "
            + "«отлично» до «неудовлетворительно», либо из «зачтено» и «не зачтено».",
        en: "Thresholds fall from at most 100 to at least 1, each grade stands once, and a scale is made either of the "
            + "grades from excellent to unsatisfactory or of passed and failed."
    )
}
