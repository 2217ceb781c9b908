import Accounts
import Attestation
import Cryptography
package import Foundation
package import Identification
import IdentityDocuments
import Proctoring
import Storage
import TransparencyLog

/// The verifier's decision about a case, and what follows from it (rows C4, C6).
package struct VisualDecision: Sendable {
    let services: Services
    let settings: VisualSettings

    /// Creates the workflow.
    package init(_ services: Services, _ settings: VisualSettings = VisualSettings()) {
        self.services = services
        self.settings = settings
    }

    /// What a verifier says.
    package struct Statement: Sendable {
        package var reason: VisualReason
        package var checklist: [VisualCheck]
        package var route: VisualRoute
        package var accessPoint: String?
        package var isDoubtful: Bool
        package var comment: String

        package init(
            reason: VisualReason,
            checklist: [VisualCheck],
            route: VisualRoute,
            accessPoint: String?,
            isDoubtful: Bool,
            comment: String
        ) {
            self.reason = reason
            self.checklist = checklist
            self.route = route
            self.accessPoint = accessPoint
            self.isDoubtful = isDoubtful
            self.comment = comment
        }
    }

    /// What came of it.
    package struct Result: Sendable {
        package var visualCase: VisualCase
        /// The record, once the case is concluded.
        package var record: IdentificationRecord?
    }

    /// Decides about a case that the principal has taken. A decision stands.
    ///
    /// - Throws: `Refusal` where the verifier has no valid authority, the checklist is not complete, or the document
    ///   does not bear out what is said.
    package func decide(
        _ statement: Statement,
        caseID: UUID,
        principal: Principal,
        origin: ClientDevice?
    ) async throws -> Result {
        let now = services.now()
        return try await services.database.write { [services] stores in
            let present = try VisualDesk.known(caseID, principal, services, at: now, in: stores)
            guard let authority = try VerifierRights.authority(of: principal, services, at: now, in: stores) else {
                throw Refusal.authorityMissing
            }
            try VerifierRights.checkOther(present.subject, than: principal, in: stores)
            guard let account = try stores.account(present.subject) else { throw Refusal.unknownCase }
            let key = try services.vault.personKey(of: present.subject, in: stores)
            let form = try CaseMaterial.form(of: present, key)
            let hasPortrait = try stores.currentPortrait(of: present.subject) != nil
            try Self.check(statement, form, account.name, services.day(of: now), hasPortrait: hasPortrait)

            let opinion = VisualOpinion(
                verifierID: principal.id,
                authorityID: authority,
                reason: statement.reason,
                checklist: statement.checklist,
                route: statement.route,
                accessPoint: statement.accessPoint,
                isDoubtful: statement.isDoubtful,
                sealedComment: statement.comment.isEmpty
                    ? nil : key.sealed(Data(statement.comment.utf8), purpose: "visual-comment:\(caseID.lowercased)"),
                takenAt: now,
                at: now
            )
            let needsSecond = statement.isDoubtful || statement.reason.outcome == .match && isDrawn()
            let decided = try CaseChange.of(present, in: stores) { visualCase throws(VisualCase.Refusal) in
                try visualCase.deciding(opinion, needsSecond: needsSecond)
            }
            guard let conclusion = decided.conclusion else {
                try CaseEvents(services: services).report(.verificationReturned, decided, at: now, in: stores)
                return Result(visualCase: decided)
            }
            let record = try conclude(decided, conclusion, opinion, form, statement, origin, key, at: now, in: stores)
            return Result(visualCase: decided, record: record)
        }
    }

    // MARK: - May it be said

    private static func check(
        _ statement: Statement,
        _ form: DocumentForm?,
        _ name: PersonName,
        _ day: CalendarDay,
        hasPortrait: Bool
    ) throws {
        guard VisualReason.forVerifiers.contains(statement.reason) else {
            throw unprocessable("reason_unusable", ru: "Такой причины нет.", en: "There is no such reason.")
        }
        if statement.route == .inPerson, statement.accessPoint?.isEmpty != false {
            throw unprocessable(
                "access_point_needed",
                ru: "Укажите место доступа, где вы видели человека.",
                en: "Name the access point where you saw the person."
            )
        }
        let isExplained = statement.reason == .namesDifferExplained
        if isExplained || statement.reason.outcome != .match || statement.isDoubtful {
            guard statement.comment.contains(where: { !$0.isWhitespace }) else {
                throw unprocessable(
                    "comment_needed",
                    ru: "Опишите в комментарии, что вы увидели.",
                    en: "Describe in the comment what you saw."
                )
            }
        }
        guard statement.reason.outcome == .match else { return }
        guard let form else {
            throw unprocessable(
                "document_needed",
                ru: "Сначала заполните сведения о документе.",
                en: "Fill in the document's particulars first."
            )
        }
        let findings = form.findings(of: name, on: day).filter {
            $0.severity == .error && !(isExplained && $0.code == .nameDiffers)
        }
        guard findings.isEmpty else {
            throw Refusal(
                .unprocessable,
                "document_not_accepted",
                ru: "По этому документу подтвердить личность нельзя.",
                en: "This document cannot confirm the identity.",
                faults: findings.map {
                    Refusal.Fault(code: $0.code.rawValue, message: LocalizedText(ru: $0.text.ru, en: $0.text.en))
                }
            )
        }
        let missing = VerifierRights.checklist(form: form, hasPortrait: hasPortrait)
            .filter { !statement.checklist.contains($0) && !(isExplained && $0 == .namesMatch) }
        guard missing.isEmpty else {
            throw Refusal(
                .unprocessable,
                "checklist_incomplete",
                ru: "Проверьте всё, что есть в списке, и отметьте это.",
                en: "Check everything on the list, and tick it off.",
                faults: missing.map { Refusal.Fault(code: $0.rawValue, message: text(of: $0)) }
            )
        }
    }

    /// What a check asks.
    package static func text(of check: VisualCheck) -> LocalizedText {
        switch check {
        case .faceMatchesDocument:
            LocalizedText(ru: "Лицо совпадает с фотографией в документе", en: "The face is the one in the document")
        case .faceMatchesPortrait:
            LocalizedText(ru: "Лицо совпадает с портретом", en: "The face is the one in the portrait")
        case .namesMatch:
            LocalizedText(ru: "Имя в документе и в учётной записи одно", en: "The document's name is the account's")
        case .documentValid:
            LocalizedText(ru: "Документ действителен сегодня", en: "The document is valid today")
        case .documentUnaltered:
            LocalizedText(ru: "Следов подделки и исправлений нет", en: "There are no traces of change")
        case .zoneAgrees:
            LocalizedText(
                ru: "Машиночитаемая зона совпадает со страницей",
                en: "The machine-readable zone agrees with the page"
            )
        case .translationSeen:
            LocalizedText(ru: "Заверенный перевод предъявлен", en: "The certified translation was shown")
        }
    }

    /// Whether this match is one of those that a second verifier looks over.
    private func isDrawn() -> Bool {
        let bits = services.random.bytes(count: 4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return Double(bits) < settings.secondVerifierShare * 4_294_967_296
    }

    private static func unprocessable(_ code: String, ru: String, en: String) -> Refusal {
        Refusal(.unprocessable, code, ru: ru, en: en)
    }

    // MARK: - What follows

    private func conclude(
        _ decided: VisualCase,
        _ conclusion: VisualReason,
        _ opinion: VisualOpinion,
        _ form: DocumentForm?,
        _ statement: Statement,
        _ origin: ClientDevice?,
        _ key: SealingKey,
        at now: Date,
        in stores: any Stores
    ) throws -> IdentificationRecord {
        var record = IdentificationRecord(
            id: services.makeID(at: now),
            method: .visual,
            subject: decided.subject,
            attemptID: decided.attemptID,
            outcome: conclusion.outcome,
            reason: conclusion.rawValue,
            at: now,
            evidence: decided.pictures[.live] ?? decided.pictures[.document]
        )
        record.circumstances = IdentificationCircumstances(
            procedure: decided.procedure,
            moment: decided.moment,
            operatorID: opinion.verifierID,
            authorityID: opinion.authorityID,
            documentKind: form?.document.kind.rawValue
        )
        let number = form?.document.number
        let personal = PersonalCircumstances(
            address: origin?.address,
            device: origin?.userAgent.map { String($0.prefix(200)) },
            documentNumber: number.map { [$0.series, $0.number].compactMap(\.self).joined(separator: " ") },
            maskedNumber: number?.masked,
            comment: statement.comment.isEmpty ? nil : statement.comment
        )
        try LogBook(vault: services.vault).store(
            record,
            personal: personal,
            facts: [
                "case": .string(decided.id.lowercased),
                "pictures_sha256": .array(
                    decided.pictures.values.map(\.rawValue).sorted().map { .string($0) }
                ),
            ],
            in: stores
        )
        let facts = ["outcome": conclusion.outcome.rawValue, "reason": conclusion.rawValue]
        try CaseEvents(services: services).report(.verificationDecided, decided, at: now, facts: facts, in: stores)
        guard let attemptID = decided.attemptID, var attempt = try stores.attempt(attemptID) else { return record }
        if conclusion.endsAttempt {
            try reject(attempt, conclusion, by: opinion.verifierID, at: now, in: stores)
        } else {
            _ = try DemandKeeper(services: services).answer(with: record, of: attempt, session: nil, in: stores)
            try AttemptReadiness.update(&attempt, services: services, at: now, in: stores)
        }
        return record
    }

    /// Ends the attempt of somebody for whom another person sat: «неудовлетворительно» or «не зачтено» (S2 3.7).
    private func reject(
        _ attempt: Attempt,
        _ conclusion: VisualReason,
        by verifier: UUID,
        at now: Date,
        in stores: any Stores
    ) throws {
        guard AttemptRule.rule(from: attempt.state, to: .rejected)?.actorsWithReason.contains(.verifier) == true,
            let exam = try stores.exam(attempt.examID)
        else { return }
        let rejected = try attempt.transition(
            to: .rejected,
            by: .verifier,
            author: verifier,
            reason: conclusion.rawValue,
            at: now
        ).failing(on: exam.gradingScale)
        try stores.updateAttempt(rejected)
        let grade = rejected.result?.grade
        try LogBook(vault: services.vault).append(
            "grade",
            recordID: attempt.id,
            subject: attempt.candidateID,
            at: now,
            facts: [
                "exam": .string(exam.id.lowercased), "grade": grade.map { .string($0.rawValue) } ?? .null,
                "reason": .string(conclusion.rawValue),
            ],
            personal: [String: String](),
            to: stores
        )
        let recorder = EventRecorder(services: services, stores: stores)
        let facts = ["reason": conclusion.rawValue, "decided_by": verifier.lowercased]
        try recorder.record(.attemptRejected, attempt: rejected, at: now, facts: facts)
        if let grade {
            try recorder.record(.attemptGraded, attempt: rejected, at: now, facts: ["grade": grade.rawValue])
        }
    }
}
