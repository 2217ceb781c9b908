import Accounts
package import Foundation
package import Identification
import Storage

/// Searches that people keep: each has their own, and sees what others share with everybody who may read the log.
package struct SavedViews: Sendable {
    let services: Services

    /// The most views of one person.
    package static let most = 100
    /// The most that are listed: the own ones, and the first of those that others share.
    package static let mostListed = 500

    /// Creates the workflow.
    package init(_ services: Services) {
        self.services = services
    }

    /// What the caller may use, by name, each with how many records it finds now.
    ///
    /// All counts together are one bounded look of ``RegisterCounts/limit`` records: where that is used up, views have a
    /// count that is not complete, and the rest none.
    package func countedViews(principal: Principal) async throws -> [(view: SavedView, count: Count?)] {
        try await services.database.read { stores in
            var left = RegisterCounts.limit
            return try stores.savedViews(of: principal.id, limit: Self.mostListed).map { view in
                guard left > 0 else { return (view, nil) }
                let found = try stores.identificationCount(view.filter, atMost: left + 1)
                let count = Count(records: min(found, left), isComplete: found <= left)
                left -= count.records
                return (view, count)
            }
        }
    }

    /// How many records a view finds.
    package struct Count: Hashable, Sendable {
        package var records: Int
        /// Whether these are all.
        package var isComplete: Bool
    }

    /// What the caller may use, by name.
    package func views(principal: Principal) async throws -> [SavedView] {
        try await services.database.read { try $0.savedViews(of: principal.id, limit: Self.mostListed) }
    }

    /// Keeps a search.
    ///
    /// - Throws: `Refusal` where the caller has too many.
    package func add(
        _ name: String,
        _ filter: IdentificationFilter,
        isShared: Bool,
        principal: Principal
    ) async throws -> SavedView {
        let now = services.now()
        let view = SavedView(
            id: services.makeID(at: now),
            ownerID: principal.id,
            name: name,
            filter: filter,
            isShared: isShared,
            changedAt: now
        )
        try await services.database.write { stores in
            let own = try stores.savedViews(of: principal.id, limit: .max).filter { $0.ownerID == principal.id }
            guard own.count < Self.most else { throw Refusal.tooManyViews }
            try stores.saveView(view)
        }
        return view
    }

    /// Changes an own view.
    ///
    /// - Throws: `Refusal` where there is no such view, or it is another's.
    package func change(
        _ id: UUID,
        name: String,
        _ filter: IdentificationFilter,
        isShared: Bool,
        principal: Principal
    ) async throws -> SavedView {
        let now = services.now()
        return try await services.database.write { stores in
            _ = try Self.own(id, principal, in: stores)
            let view = SavedView(
                id: id,
                ownerID: principal.id,
                name: name,
                filter: filter,
                isShared: isShared,
                changedAt: now
            )
            try stores.saveView(view)
            return view
        }
    }

    /// Forgets an own view.
    ///
    /// - Throws: `Refusal` where there is no such view, or it is another's.
    package func delete(_ id: UUID, principal: Principal) async throws {
        try await services.database.write { stores in
            _ = try Self.own(id, principal, in: stores)
            try stores.deleteView(id)
        }
    }

    /// The view where the caller may use it. Runs inside a transaction.
    static func usable(_ id: UUID, _ principal: Principal, in stores: any Stores) throws -> SavedView {
        // Another's own view is not told apart from none.
        guard let view = try stores.savedView(id), view.isShared || view.ownerID == principal.id else {
            throw Refusal.unknownView
        }
        return view
    }

    private static func own(_ id: UUID, _ principal: Principal, in stores: any Stores) throws -> SavedView {
        let view = try usable(id, principal, in: stores)
        guard view.ownerID == principal.id else { throw Refusal.foreignView }
        return view
    }
}

extension Refusal {
    fileprivate static let unknownView = notFound(
        "view_unknown",
        ru: "Такого сохранённого отбора нет.",
        en: "There is no such saved view."
    )

    fileprivate static let foreignView = Refusal(
        .forbidden,
        "view_of_another",
        ru: "Этот отбор сохранил другой сотрудник: изменить или удалить его может только он. Сохраните свой.",
        en: "Another person saved this view and alone can change or delete it. Save one of your own."
    )

    fileprivate static let tooManyViews = Refusal(
        .conflict,
        "too_many_views",
        ru: "У вас уже сто сохранённых отборов. Удалите лишние.",
        en: "You have a hundred saved views. Delete those you no longer need."
    )
}
