package import Cryptography
package import Foundation
package import Identification
import Retention
package import Storage
import TransparencyLog

/// Seals under a new master key whatever lies under an old one.
///
/// It may be cut off anywhere and begun anew: each batch is one transaction, and what lies under the new key already is
/// left as it is. What persons' keys seal stays untouched, and with it every entry and proof of the log.
package struct MasterKeyRotation: Sendable {
    private let database: any Database
    private let evidence: any EvidenceStore
    private let old: [SealingKey]
    private let new: SealingKey
    private let work = UUID()

    private static let batch = 256

    /// Creates a rotation. Nobody else may use the vault while it goes on.
    ///
    /// - Parameter old: the keys that something may lie under.
    package init(database: any Database, evidence: any EvidenceStore, old: [SealingKey], new: SealingKey) {
        self.database = database
        self.evidence = evidence
        self.old = old
        self.new = new
    }

    /// What there is in one place.
    package struct Count: Hashable, Sendable {
        /// The place.
        package var place: MasterKeyPlace
        /// What lies under the new key.
        package var isNew = 0
        /// What lies under one of the old keys.
        package var isOld = 0
        /// What none of the keys opens, or whose file is gone.
        package var isUnreadable = 0
    }

    /// Looks at everything; writes nothing.
    package func count() async throws -> [Count] {
        var counts: [Count] = []
        for place in MasterKeyPlace.allCases {
            var count = Count(place: place)
            try await eachBatch(in: place) { items in
                for item in items {
                    switch try await state(of: item) {
                    case .new: count.isNew += 1
                    case .old: count.isOld += 1
                    case .unreadable: count.isUnreadable += 1
                    }
                }
            }
            counts.append(count)
        }
        return counts
    }

    /// Seals everything anew that lies under an old key.
    ///
    /// - Parameter progress: told after each batch how many rows of a place are dealt with, and how many there are.
    /// - Throws: the backend's errors. Items that no key opens are left as they are.
    package func run(progress: (MasterKeyPlace, _ done: Int, _ total: Int) -> Void = { _, _, _ in }) async throws {
        for place in MasterKeyPlace.allCases {
            let total = try await database.read { try $0.masterKeyItemCount(in: place) }
            var done = 0
            try await eachBatch(in: place) { items in
                try await rewrap(items)
                done += items.count
                progress(place, done, total)
            }
        }
        try await deleteFiles()
    }

    /// Leaves no copy of the old boxes in the database's files, and writes the rotation into the log, once.
    ///
    /// - Throws: the backend's errors; ``NotFinished`` where readers are in the way.
    package func finish(at time: Date) async throws {
        let facts: [String: JSONValue] = [
            "from": .array(old.filter { $0 != new }.map { .string($0.fingerprint) }),
            "to": .string(new.fingerprint),
        ]
        try await database.write { stores in
            let earlier = try stores.logEntries(ofKind: Self.kind).last.map { try SealedRecord(body: $0.body) }
            guard earlier?.facts["to"] != facts["to"] else { return }
            try Log.append([SealedRecord(kind: Self.kind, timestamp: time, facts: facts).body()], to: stores)
        }
        try await database.rebuild()
        guard try await database.scrub() else { throw NotFinished() }
    }

    /// Somebody else reads the database, so that its files may still hold what lay under the old key.
    package struct NotFinished: Error {}

    /// The log's kind of entry.
    package static let kind = "master_key"

    // MARK: - One item

    private enum State {
        case new, unreadable
        /// With the bytes under the new key.
        case old(Data)
    }

    private func eachBatch(
        in place: MasterKeyPlace,
        _ body: ([MasterKeyItem]) async throws -> Void
    ) async throws {
        var mark: String?
        while true {
            let items = try await database.read { [mark] in
                try $0.masterKeyItems(in: place, after: mark, limit: Self.batch)
            }
            guard let last = items.last else { return }
            try await body(items)
            mark = last.mark
        }
    }

    private func rewrap(_ items: [MasterKeyItem]) async throws {
        var replacements: [(item: MasterKeyItem, content: MasterKeyItem.Content)] = []
        for item in items {
            guard case .old(let sealed) = try await state(of: item) else { continue }
            switch item.content {
            case .box: replacements.append((item, .box(sealed)))
            case .evidence: replacements.append((item, .evidence(try await evidence.put(sealed).rawValue)))
            }
        }
        guard !replacements.isEmpty else { return }
        try await database.write { [replacements, work] stores in
            for (item, content) in replacements { try stores.replace(item, with: content, for: work) }
        }
    }

    /// Deletes the evidence that was sealed anew, also what a run that was cut off has left.
    private func deleteFiles() async throws {
        while true {
            let files = try await database.read { try $0.filesToDestroy(limit: Self.batch) }
            guard !files.isEmpty else { return }
            for file in files {
                if let reference = EvidenceReference(rawValue: file) { try await evidence.delete(reference) }
            }
            let now = Date()
            try await database.write { stores in for file in files { try stores.fileDestroyed(file, at: now) } }
        }
    }

    /// Which key an item lies under.
    private func state(of item: MasterKeyItem) async throws -> State {
        let context = MasterKeyUse(item.place, item.name).context
        let bytes: Data
        switch item.content {
        case .box(let box): bytes = box
        case .evidence(let name):
            guard let reference = EvidenceReference(rawValue: name), let file = try? await evidence.get(reference)
            else { return .unreadable }
            bytes = file
        }
        guard let box = try? SealedBox(bytes: bytes) else { return .unreadable }
        if try resealed(box, from: new, context, item.place) != nil { return .new }
        for key in old {
            if let sealed = try resealed(box, from: key, context, item.place) { return .old(Data(sealed.bytes)) }
        }
        return .unreadable
    }

    /// A box under the new key; `nil` where it lies under another than the one given.
    private func resealed(
        _ box: SealedBox,
        from key: SealingKey,
        _ context: [UInt8],
        _ place: MasterKeyPlace
    ) throws -> SealedBox? {
        do {
            if place.holdsKeys {
                return new.wrap(try key.unwrap(box, associatedData: context), associatedData: context)
            }
            return new.seal(try key.open(box, associatedData: context), associatedData: context)
        } catch let error as CryptographyError where error.code == .notAuthentic {
            return nil
        }
    }
}
