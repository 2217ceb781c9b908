import Accounts
package import Foundation
package import Identification
import Retention
import Storage
import TransparencyLog

/// Notes who looks at whose biometric data or documents, in the transaction before the bytes leave, and tells compliance
/// staff of reading that is out of the ordinary (row F5).
package struct AccessJournal: Sendable {
    let services: Services

    /// Creates the journal.
    package init(_ services: Services) {
        self.services = services
    }

    /// Alerts of one kind about one person's reading are not repeated within this time.
    private static let quiet: TimeInterval = 3_600

    // MARK: - Noting

    /// Notes a look. Runs inside the write transaction of what is shown.
    func note(_ access: BiometricAccess, in stores: any Stores) throws {
        try stores.insertBiometricAccess(access)
        guard let actor = access.actor, actor != access.subject else { return }
        try judge(access, by: actor, in: stores)
    }

    /// Notes whose scores a page of records shows, once for each person.
    func noteScores(
        _ records: [IdentificationRecord],
        by principal: Principal,
        _ purpose: AccessPurpose?,
        at now: Date,
        in stores: any Stores
    ) throws {
        let shown = records.filter { $0.comparison != nil || $0.findings != nil }
        let people = Dictionary(grouping: shown) { $0.subject }
        for (subject, records) in people.sorted(by: { ($0.value[0].at) < ($1.value[0].at) }) {
            guard let subject else { continue }
            let attempts = Set(records.map(\.attemptID))
            try note(
                BiometricAccess(
                    actor: principal.id,
                    subject: subject,
                    what: "scores",
                    purpose: purpose?.rawValue ?? AccessPurpose.unstated,
                    at: now,
                    task: attempts.count == 1 ? attempts.first ?? nil : nil,
                    items: records.count
                ),
                in: stores
            )
        }
    }

    /// Notes a look at the work of people or at their grades. It is the daily work of those who grade and of those who
    /// keep grade sheets, so it is not judged.
    ///
    /// - Parameters:
    ///   - people: whose; one's own is not noted.
    ///   - task: the attempt or the grade sheet.
    ///   - isEach: whether each look is noted, as of a file. What a page asks for again and again is one look an hour.
    func noteWork(
        _ what: String,
        of people: [UUID],
        task: UUID,
        isEach: Bool = false,
        by principal: Principal,
        at now: Date,
        in stores: any Stores
    ) throws {
        let others = people.filter { $0 != principal.id }
        guard !others.isEmpty else { return }
        let isNoted = try !isEach && stores.hasAccess(by: principal.id, to: what, task: task, since: now - Self.quiet)
        guard !isNoted else { return }
        for subject in others {
            try stores.insertBiometricAccess(
                BiometricAccess(
                    actor: principal.id,
                    subject: subject,
                    what: what,
                    purpose: "work",
                    at: now,
                    task: task
                )
            )
        }
    }

    /// The same in a transaction of its own, before what was read leaves; none where there is nothing to note.
    func noteWork(
        _ what: String,
        of people: [UUID],
        task: UUID,
        isEach: Bool = false,
        by principal: Principal
    ) async throws {
        guard people.contains(where: { $0 != principal.id }) else { return }
        let now = services.now()
        try await services.database.write { stores in
            try noteWork(what, of: people, task: task, isEach: isEach, by: principal, at: now, in: stores)
        }
    }

    private func judge(_ access: BiometricAccess, by actor: UUID, in stores: any Stores) throws {
        let rules = try stores.accessRules()
        let people = try stores.peopleSeen(by: actor, since: access.at - 3_600)
        var kinds: [AccessAlert.Kind] = []
        if people > rules.peopleAnHour { kinds.append(.manyPeople) }
        if !isWithinHours(access.at, rules) { kinds.append(.outsideHours) }
        if rules.asksForPurpose, access.purpose == AccessPurpose.unstated { kinds.append(.unstatedPurpose) }
        let needsTask = [AccessPurpose.attemptReview.rawValue, AccessPurpose.appeal.rawValue].contains(access.purpose)
        if rules.asksForTask, needsTask, try !stores.isTaskOpen(access.task, about: access.subject) {
            kinds.append(.withoutTask)
        }
        for kind in kinds where try !stores.hasAccessAlert(kind, of: actor, since: access.at - Self.quiet) {
            try tell(kind, of: actor, people: people, rules: rules.number, at: access.at, in: stores)
        }
    }

    private func isWithinHours(_ time: Date, _ rules: AccessRules) -> Bool {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = services.timeZone
        let hour = calendar.component(.hour, from: time)
        return hour >= rules.opensAtHour && hour < rules.closesAtHour
    }

    private func tell(
        _ kind: AccessAlert.Kind,
        of actor: UUID,
        people: Int,
        rules: Int,
        at now: Date,
        in stores: any Stores
    ) throws {
        let alert = AccessAlert(
            id: services.makeID(at: now),
            kind: kind,
            actor: actor,
            at: now,
            people: people,
            rules: rules
        )
        try stores.insertAccessAlert(alert)
        let record = SealedRecord(
            kind: "access_alert",
            timestamp: now,
            subject: actor.lowercased,
            facts: [
                "record": .string(alert.id.lowercased), "alert": .string(kind.rawValue),
                "people": .integer(Int64(people)), "rules": .integer(Int64(rules)),
            ]
        )
        try LogBook.append(record, of: alert.id, to: stores)
        let text = LocalizedText(
            ru: "Необычный доступ к персональным данным: \(Self.russian(kind)). Проверьте запись и отметьте вывод.",
            en: "Unusual reading of personal data: \(kind.rawValue). Look into it and note what you found."
        )
        let officers = try stores.accounts(AccountFilter(role: .complianceOfficer, isDisabled: false, limit: 100))
        for officer in officers where officer.id != actor {
            try NoticeBoard(services).post(text, to: officer.id, topic: "access", about: alert.id, at: now, in: stores)
        }
    }

    private static func russian(_ kind: AccessAlert.Kind) -> String {
        switch kind {
        case .manyPeople: "данные многих людей за короткое время"
        case .outsideHours: "вне рабочего времени"
        case .unstatedPurpose: "без указания цели"
        case .withoutTask: "нет открытой проверки или апелляции"
        }
    }

    // MARK: - Reading

    /// A page of access records, newest first.
    package func accesses(_ filter: AccessFilter) async throws -> [NumberedAccess] {
        try await services.database.read { try $0.accesses(filter) }
    }

    /// What people are called, for officers who look into reading; nobody where the name is erased.
    package func names(of people: Set<UUID>) async throws -> [UUID: String] {
        try await services.database.read { stores in
            try people.reduce(into: [:]) { names, id in
                let name = try stores.account(id)?.name.displayed
                names[id] = name?.isEmpty == false ? name : nil
            }
        }
    }

    /// An access record as its subject is told of it: in which part somebody looked, not who it was.
    package struct Told: Sendable {
        package var access: NumberedAccess
        /// The roles of who looked; empty for the service itself.
        package var roles: [String]
        /// Whether it was the subject.
        package var isOwn: Bool
    }

    /// Who looked at one's own data, newest first.
    package func own(_ principal: Principal, before: Int64?, limit: Int) async throws -> [Told] {
        var filter = AccessFilter(limit: limit)
        filter.subject = principal.id
        filter.before = before
        return try await services.database.read { [filter] stores in
            try stores.accesses(filter).map { numbered in
                let actor = numbered.access.actor
                let roles = try actor.flatMap { try stores.account($0) }?.roles.map(\.rawValue).sorted() ?? []
                return Told(access: numbered, roles: roles, isOwn: actor == principal.id)
            }
        }
    }

    /// A page of alerts, newest first.
    package func alerts(before: UUID?, limit: Int) async throws -> [AccessAlert] {
        try await services.database.read { try $0.accessAlerts(before: before, limit: limit) }
    }

    /// Notes what came of looking into an alert; nobody judges their own reading.
    ///
    /// - Throws: `Refusal`.
    package func review(_ id: UUID, _ finding: AccessAlert.Finding, by principal: Principal) async throws -> AccessAlert
    {
        let now = services.now()
        return try await services.database.write { [services] stores in
            guard var alert = try stores.accessAlert(id) else {
                throw Refusal.notFound(
                    "access_alert_unknown",
                    ru: "Такого оповещения нет.",
                    en: "There is no such alert."
                )
            }
            guard alert.actor != principal.id else { throw Refusal.secondLookNeeded }
            guard alert.finding == nil else { return alert }
            alert.finding = finding
            alert.reviewedBy = principal.id
            alert.reviewedAt = now
            try stores.updateAccessAlert(alert)
            try LogBook(vault: services.vault).append(
                "access_alert_review",
                recordID: id,
                subject: nil,
                at: now,
                facts: ["finding": .string(finding.rawValue), "by": .string(principal.id.lowercased)],
                personal: [String: String](),
                to: stores
            )
            return alert
        }
    }

    // MARK: - Rules

    /// The rules in force.
    package func rules() async throws -> AccessRules {
        try await services.database.read { try $0.accessRules() }
    }

    /// Sets rules; their number is counted here.
    ///
    /// - Throws: `Refusal` where the hours are none.
    package func setRules(_ rules: AccessRules, by principal: Principal) async throws -> AccessRules {
        guard rules.opensAtHour < rules.closesAtHour else {
            throw Refusal(
                .unprocessable,
                "working_hours_empty",
                ru: "Рабочее время должно начинаться раньше, чем кончается.",
                en: "Working hours must begin before they end."
            )
        }
        let now = services.now()
        return try await services.database.write { [services] stores in
            var next = rules
            next.number = try stores.accessRules().number + 1
            try stores.insertAccessRules(next, by: principal.id, at: now)
            try LogBook(vault: services.vault).append(
                "access_rules",
                recordID: services.makeID(at: now),
                subject: nil,
                at: now,
                facts: ["number": .integer(Int64(next.number)), "by": .string(principal.id.lowercased)],
                personal: [String: String](),
                to: stores
            )
            return next
        }
    }
}
