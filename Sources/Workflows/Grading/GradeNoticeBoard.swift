package import Foundation
package import Grading
import Storage

/// What people are told in their own account.
package struct GradeNoticeBoard: Sendable {
    let services: Services

    /// Creates the workflow.
    package init(services: Services) {
        self.services = services
    }

    /// Tells somebody something, in the transaction of what it is about.
    func tell(
        _ accountID: UUID,
        _ kind: GradeNotice.Kind,
        _ facts: [String: String],
        at now: Date,
        in stores: any Stores
    ) throws {
        try stores.insertGradeNotice(
            GradeNotice(id: services.makeID(at: now), accountID: accountID, kind: kind, facts: facts, at: now)
        )
    }

    /// A page of the own notices, newest first.
    package func own(before: UUID?, limit: Int, of principal: Principal) async throws -> [GradeNotice] {
        try await services.database.read { try $0.gradeNotices(of: principal.id, before: before, limit: limit) }
    }

    /// Marks the own notices up to one as read.
    package func read(through id: UUID, of principal: Principal) async throws {
        let now = services.now()
        try await services.database.write { try $0.markGradeNoticesRead(of: principal.id, through: id, at: now) }
    }
}
