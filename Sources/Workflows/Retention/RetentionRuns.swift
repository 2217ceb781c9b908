import Accounts
import Cryptography
package import Foundation
import Identification
package import Retention
import Storage
import TransparencyLog

/// Destroys what has been kept long enough: looks first, says what it found, and does exactly that once somebody else
/// has looked too (rows B3, F3).
///
/// All the work is done in batches, each in a transaction of its own with the place where it stands, so a crash at any
/// moment costs one batch. What is held when its turn comes stays.
package struct RetentionRuns: Sendable {
    let services: Services

    /// How many items are looked at, or destroyed, in one transaction.
    private static let batch = 200

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    // MARK: - Reading

    /// One run.
    ///
    /// - Throws: `Refusal` where there is none.
    package func run(_ id: UUID) async throws -> RetentionRun {
        try await services.database.read { stores in
            guard let run = try stores.retentionRun(id) else { throw Self.unknown }
            return run
        }
    }

    /// A page of runs, newest first.
    package func runs(before: UUID?, limit: Int) async throws -> [RetentionRun] {
        try await services.database.read { try $0.retentionRuns(before: before, limit: limit) }
    }

    // MARK: - Asking

    /// Begins a preview of what would be destroyed now.
    ///
    /// - Parameter kinds: of which kinds; all where none is named.
    package func preview(_ kinds: Set<DataKind> = [], by principal: Principal?) async throws -> RetentionRun {
        let now = services.now()
        return try await services.database.write { [services] stores in
            let rules = try stores.retentionRules().filter { kinds.isEmpty || kinds.contains($0.kind) }
            let run = RetentionRun(
                id: services.makeID(at: now),
                rules: rules,
                requestedBy: principal?.id,
                asOf: now
            )
            try stores.insertRetentionRun(run)
            return run
        }
    }

    /// Lets a preview be carried out, after a look at whether it still holds: where rules or holds have changed, or
    /// anything is gone or new by the same rules and day, it does not, and a new preview is needed.
    ///
    /// - Throws: `Refusal`.
    package func approve(
        _ id: UUID,
        order: OrderReference?,
        commission: [UUID],
        by principal: Principal?
    ) async throws -> RetentionRun {
        let preview = try await run(id)
        guard preview.state == .previewed else { throw Self.notPreviewed }
        if let principal, preview.requestedBy == principal.id { throw Refusal.secondLookNeeded }
        guard try await digest(of: preview) == preview.digest else { throw Self.outdated }
        let now = services.now()
        return try await services.database.write { stores in
            guard var run = try stores.retentionRun(id) else { throw Self.unknown }
            guard run.state == .previewed else { throw Self.notPreviewed }
            for member in commission where try stores.account(member)?.roles.areStaff != true {
                throw Refusal.commissionUnknown
            }
            run.state = .running
            run.approvedBy = principal?.id
            run.approvedAt = now
            run.order = order
            run.commission = commission
            try stores.updateRetentionRun(run)
            return run
        }
    }

    /// Gives a preview up; nothing of it can be carried out any more.
    ///
    /// - Throws: `Refusal`.
    package func discard(_ id: UUID) async throws -> RetentionRun {
        try await services.database.write { stores in
            guard var run = try stores.retentionRun(id) else { throw Self.unknown }
            guard run.state == .previewing || run.state == .previewed else { throw Self.notPreviewed }
            run.state = .discarded
            try stores.updateRetentionRun(run)
            return run
        }
    }

    // MARK: - Working

    /// Takes all unfinished work as far as it goes.
    ///
    /// - Returns: the people whose portraits were destroyed, so that copies in memory go too.
    @discardableResult
    package func work() async throws -> [UUID] {
        var people: Set<UUID> = []
        try await deleteFiles()
        for run in try await services.database.read({ try $0.unfinishedRetentionRuns() }) {
            switch run.state {
            case .previewing: try await look(run.id)
            case .running:
                people.formUnion(try await destroy(run.id))
                try await deleteFiles()
                try await clear(run.id)
            case .clearing: try await clear(run.id)
            case .previewed, .completed, .discarded: break
            }
        }
        return Array(people)
    }

    /// Begins, once a day, what approved rules say that the service does by itself.
    package func beginAutomatic() async throws {
        let now = services.now()
        try await services.database.write { [services] stores in
            let rules = try stores.retentionRules().filter(\.isAutomatic)
            guard !rules.isEmpty else { return }
            let last = try stores.retentionRuns(before: nil, limit: 50).first(where: \.isAutomatic)
            if let last, now.timeIntervalSince(last.asOf) < 86_400 || last.completedAt == nil { return }
            let run = RetentionRun(
                id: services.makeID(at: now),
                rules: rules,
                requestedBy: nil,
                asOf: now,
                isAutomatic: true
            )
            try stores.insertRetentionRun(run)
        }
    }

    /// Looks through the data, a batch at a time.
    private func look(_ id: UUID) async throws {
        while true {
            let isDone = try await services.database.write { [services] stores in
                guard var run = try stores.retentionRun(id), run.state == .previewing else { return true }
                guard run.cursor.kinds < run.lines.count else { return true }
                var line = run.lines[run.cursor.kinds]
                let rule = try Self.rule(of: line, in: stores)
                let cutoff = rule.period.cutoff(at: run.asOf, in: services.timeZone)
                let items = try stores.dueItems(rule, cutoff: cutoff, after: run.cursor.item, limit: Self.batch)
                let (free, held) = try Self.sort(items, in: stores)
                try stores.insertRunItems(free, of: id, kind: line.kind)
                line.due += free.count
                line.held += held.count
                for holds in held { for hold in holds { line.holds[hold.rawValue, default: 0] += 1 } }
                run.cursor.item = items.last?.id
                if items.count < Self.batch {
                    line.people = try stores.runItemPeople(of: id, kind: line.kind)
                    run.lines[run.cursor.kinds] = line
                    run.cursor.kinds += 1
                    run.cursor.item = nil
                } else {
                    run.lines[run.cursor.kinds] = line
                }
                try stores.updateRetentionRun(run)
                return false
            }
            if isDone { break }
        }
        let run = try await self.run(id)
        guard run.state == .previewing else { return }
        let digest = try await digest(of: run)
        try await services.database.write { stores in
            guard var run = try stores.retentionRun(id), run.state == .previewing else { return }
            run.digest = digest
            // The timer acts only on rules that a second person has approved.
            run.state = run.isAutomatic ? .running : .previewed
            try stores.updateRetentionRun(run)
        }
    }

    /// SHA-256 over all that a preview would destroy if it were made again, as of the same moment.
    private func digest(of run: RetentionRun) async throws -> String {
        var hasher = SHA256Hasher()
        for line in run.lines {
            var last: String?
            while true {
                let page = try await services.database.read { [last, services] stores in
                    let rule = try Self.rule(of: line, in: stores)
                    let cutoff = rule.period.cutoff(at: run.asOf, in: services.timeZone)
                    let items = try stores.dueItems(rule, cutoff: cutoff, after: last, limit: Self.batch)
                    return (rule.number, items, try Self.sort(items, in: stores).free)
                }
                for item in page.2 { hasher.update(Data("\(line.kind.rawValue) \(page.0) \(item.id)\n".utf8)) }
                guard page.1.count == Self.batch else { break }
                last = page.1.last?.id
            }
        }
        return hasher.finalize().hex
    }

    /// The rule in force; a preview under another one is outdated, which its digest shows.
    private static func rule(of line: RetentionRun.Line, in stores: any Stores) throws -> RetentionRule {
        try stores.retentionRules().first { $0.kind == line.kind } ?? line.kind.standardRule
    }

    private static func sort(
        _ items: [DueItem],
        in stores: any Stores
    ) throws -> (free: [DueItem], held: [Set<RetentionHold>]) {
        var known: [UUID: Set<RetentionHold>] = [:]
        var free: [DueItem] = []
        var held: [Set<RetentionHold>] = []
        for item in items {
            guard let subject = item.subject else {
                free.append(item)
                continue
            }
            let holds = try known[subject] ?? stores.retentionHolds(of: subject)
            known[subject] = holds
            if holds.isEmpty { free.append(item) } else { held.append(holds) }
        }
        return (free, held)
    }

    /// Destroys a run's items, a batch at a time.
    private func destroy(_ id: UUID) async throws -> Set<UUID> {
        let now = services.now()
        var people: Set<UUID> = []
        while true {
            let batch = try await services.database.write { stores -> Set<UUID>? in
                guard var run = try stores.retentionRun(id), run.state == .running else { return nil }
                let items = try stores.waitingRunItems(of: id, limit: Self.batch)
                guard !items.isEmpty else {
                    run.state = .clearing
                    try stores.updateRetentionRun(run)
                    return nil
                }
                var faces: Set<UUID> = []
                for (kind, item) in items {
                    guard let place = run.lines.firstIndex(where: { $0.kind == kind }) else { continue }
                    let isFree = try item.subject.map { try stores.retentionHolds(of: $0).isEmpty } ?? true
                    if isFree {
                        run.lines[place].files += try stores.destroyItem(item.id, kind: kind, for: id, at: now)
                        run.lines[place].destroyed += 1
                        if kind == .portrait, let subject = item.subject { faces.insert(subject) }
                    } else {
                        run.lines[place].kept += 1
                    }
                    try stores.deleteRunItem(item.id, of: id, kind: kind)
                }
                try stores.updateRetentionRun(run)
                return faces
            }
            guard let batch else { return people }
            people.formUnion(batch)
        }
    }

    /// Deletes the files of what is destroyed.
    package func deleteFiles() async throws {
        while true {
            let files = try await services.database.read { try $0.filesToDestroy(limit: Self.batch) }
            guard !files.isEmpty else { return }
            for file in files {
                if let reference = EvidenceReference(rawValue: file) { try await services.evidence.delete(reference) }
            }
            let now = services.now()
            try await services.database.write { stores in
                for file in files { try stores.fileDestroyed(file, at: now) }
            }
        }
    }

    /// Leaves nothing in the database's own files, and writes down what was done.
    private func clear(_ id: UUID) async throws {
        guard try await services.database.read({ try $0.retentionRun(id) })?.state == .clearing,
            try await services.database.scrub()
        else { return }
        let now = services.now()
        try await services.database.write { stores in
            guard var run = try stores.retentionRun(id), run.state == .clearing else { return }
            let record = SealedRecord(kind: "retention", timestamp: now, facts: Self.facts(of: run))
            run.logIndex = try LogBook.append(record, of: run.id, to: stores)
            run.state = .completed
            run.completedAt = now
            try stores.updateRetentionRun(run)
        }
    }

    private static func facts(of run: RetentionRun) -> [String: JSONValue] {
        var facts: [String: JSONValue] = [
            "record": .string(run.id.lowercased), "preview_sha256": .string(run.digest),
            "automatic": .bool(run.isAutomatic),
            "destroyed": .object(
                Dictionary(
                    uniqueKeysWithValues: run.lines.filter { $0.destroyed > 0 }.map { line in
                        (
                            line.kind.rawValue,
                            [
                                "count": .integer(Int64(line.destroyed)), "files": .integer(Int64(line.files)),
                                "rule": .integer(Int64(line.rule)),
                            ]
                        )
                    }
                )
            ),
        ]
        facts["approved_by"] = run.approvedBy.map { .string($0.lowercased) }
        facts["order"] = run.order.map { ["number": .string($0.number), "date": .string($0.date)] }
        if !run.commission.isEmpty { facts["commission"] = .array(run.commission.map { .string($0.lowercased) }) }
        return facts
    }

    // MARK: - Refusals

    private static let unknown = Refusal.notFound(
        "retention_run_unknown",
        ru: "Такого просмотра или уничтожения нет.",
        en: "There is no such preview or run."
    )

    private static let notPreviewed = Refusal(
        .conflict,
        "retention_run_not_previewed",
        ru: "Просмотр ещё не закончен либо уже выполнен или отменён.",
        en: "The preview is not finished yet, or is carried out or discarded already."
    )

    private static let outdated = Refusal(
        .conflict,
        "retention_preview_outdated",
        ru: "С тех пор изменились правила, запреты или сами данные. Сделайте новый просмотр и проверьте его.",
        en: "Rules, holds or the data have changed since. Make a new preview and look at that."
    )
}

extension Refusal {
    static let commissionUnknown = Refusal(
        .unprocessable,
        "commission_unknown",
        ru: "В комиссию входят сотрудники с учётной записью: проверьте идентификаторы.",
        en: "The commission is made of members of staff with an account: check the identifiers."
    )
}
