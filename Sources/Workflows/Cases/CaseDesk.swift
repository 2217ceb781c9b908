import Accounts
import Attestation
package import Cases
import Cryptography
package import Foundation
import Storage

/// Appeals, credit for earlier study, retakes, disciplinary cases and expulsions: opened, taken further, looked at.
package struct CaseDesk: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// What a case is opened about.
    package struct About: Sendable {
        /// The attempt.
        package var attemptID: UUID?
        /// The candidate, where a member of staff opens it.
        package var candidateID: UUID?

        package init(attemptID: UUID? = nil, candidateID: UUID? = nil) {
            self.attemptID = attemptID
            self.candidateID = candidateID
        }
    }

    /// A case as somebody may see it.
    package struct Sheet: Sendable {
        package var item: Case
        /// The values of each record, the personal ones opened, by the record's number.
        package var values: [Int: [String: CaseValue]]
        /// Whether the person's key is destroyed, and with it what was personal.
        package var isErased: Bool
        /// The steps that this person could take now.
        package var next: [CaseStep]
        /// Whether it is the candidate who looks: accounts of staff are not shown.
        package var isForCandidate: Bool
    }

    // MARK: - Steps

    /// Opens a case with its first step.
    ///
    /// - Throws: `Refusal`.
    package func open(
        _ kind: CaseKind,
        step: String,
        about: About,
        values: [String: CaseValue],
        principal: Principal,
        idempotencyKey: String?
    ) async throws -> Sheet {
        let now = services.now()
        let digest = SHA256Digest.hash(utf8: "case:\(kind):\(step):\(about):\(try Self.text(values))").hex
        let idempotency = Idempotency(accountID: principal.id, key: idempotencyKey, digest: digest)
        return try await services.database.write { [services] stores in
            if let id = try idempotency.earlierResource(in: stores), let earlier = try stores.caseItem(id) {
                return try sheet(earlier, for: principal, at: now, in: stores)
            }
            let actor = kind.definition.step(step)?.actor ?? .office
            let subject = try Self.subject(about, actor, principal, in: stores)
            let attempt = try Self.attempt(of: kind, about, subject, in: stores)
            if let attempt { try Self.checkAttempt(attempt, kind, at: now, in: stores) }
            let opening = Case.Opening(
                id: services.makeID(at: now),
                kind: kind,
                subject: subject,
                attemptID: attempt?.id,
                openedBy: principal.id,
                at: now
            )
            try Self.checkPeople(values, kind.definition.step(step), in: stores)
            let item = try CaseKeeper(services: services).take(
                step,
                of: Case(opening: opening),
                by: Case.Author(actor, principal.id),
                values: values,
                at: now,
                in: stores
            )
            try idempotency.note(item.id, at: now, in: stores)
            return try sheet(item, for: principal, at: now, in: stores)
        }
    }

    /// Takes a case one step further.
    ///
    /// - Throws: `Refusal` with the reason where it is not this person's step, or not now.
    package func take(
        _ step: String,
        of caseID: UUID,
        kind: CaseKind,
        values: [String: CaseValue],
        principal: Principal
    ) async throws -> Sheet {
        let now = services.now()
        return try await services.database.write { [services] stores in
            let item = try Self.visible(caseID, to: principal, in: stores)
            guard item.opening.kind == kind else { throw Self.unknown }
            let definition = item.definition.step(step)
            try Self.checkPeople(values, definition, in: stores)
            try Self.checkExam(values, of: item, step, in: stores)
            var examiners = try Self.examiners(of: item, services.grading, in: stores)
            examiners.formUnion(values["examiner"]?.ids ?? [])
            let next = try CaseKeeper(services: services).take(
                step,
                of: item,
                by: Case.Author(definition?.actor ?? .office, principal.id),
                values: values,
                excluded: [.examiner: examiners, .opener: [item.opening.openedBy]],
                at: now,
                in: stores
            )
            return try sheet(next, for: principal, at: now, in: stores)
        }
    }

    /// Brings cases to where time alone has brought them: terms that are over are noted, and those who were to act
    /// are reminded.
    package func turnTerms() async throws {
        let now = services.now()
        let due = try await services.database.read { try $0.turningCases(at: now, limit: 100) }
        for id in due {
            try await services.database.write { [services] stores in
                try CaseKeeper(services: services).turn(id, at: now, in: stores)
            }
        }
    }

    // MARK: - Looking

    /// A page of cases, the last opened first: all for the office, for others those that they have a part in.
    package func cases(_ filter: CaseFilter, principal: Principal) async throws -> [Sheet] {
        let now = services.now()
        var filter = filter
        if !principal.may(.manageCases) { filter.involving = principal.id }
        return try await services.database.read { [filter] stores in
            try stores.cases(filter).map { try sheet($0, for: principal, at: now, in: stores) }
        }
    }

    /// The own cases, the last opened first.
    package func own(_ principal: Principal, before: UUID?, limit: Int) async throws -> [Sheet] {
        let now = services.now()
        var filter = CaseFilter(subject: principal.id, limit: limit)
        filter.before = before
        return try await services.database.read { [filter] stores in
            try stores.cases(filter).map { try sheet($0, for: principal, at: now, in: stores) }
        }
    }

    /// One case.
    ///
    /// - Throws: `Refusal` where there is none, or the person has no part in it.
    package func one(_ id: UUID, principal: Principal) async throws -> Sheet {
        let now = services.now()
        return try await services.database.read { stores in
            try sheet(Self.visible(id, to: principal, in: stores), for: principal, at: now, in: stores)
        }
    }

    /// The changes of an attempt's grade by appeals, oldest first.
    package func gradeChanges(attemptID: UUID, principal: Principal) async throws -> [GradeChange] {
        try await services.database.read { stores in
            try stores.gradeChanges(attemptID: AttemptAccess.visible(attemptID, to: principal, in: stores).id)
        }
    }

    func sheet(_ item: Case, for principal: Principal, at now: Date, in stores: any Stores) throws -> Sheet {
        let key = try services.vault.existingPersonKey(of: item.opening.subject, in: stores)
        var values: [Int: [String: CaseValue]] = [:]
        let seesAll = Self.seesAll(item, principal)
        for record in item.records where seesAll || record.author == principal.id {
            var all = record.values
            if let sealed = record.sealed, let key {
                let bytes = try key.opened(sealed, purpose: CaseKeeper.purpose(item.id, record.number))
                all.merge(try JSONDecoder().decode([String: CaseValue].self, from: bytes)) { $1 }
            }
            values[record.number] = all
        }
        let isSubject = principal.id == item.opening.subject
        let parts: [CaseActor] = isSubject ? [.candidate] : principal.may(.manageCases) ? [.office, .chair] : [.chair]
        return Sheet(
            item: item,
            values: values,
            isErased: key == nil,
            next: parts.flatMap { item.steps(for: Case.Author($0, principal.id), at: now) },
            isForCandidate: isSubject
        )
    }
}
