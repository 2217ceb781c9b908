import Accounts
package import Proctoring

/// Which session events somebody gets: what the role may see, and of that what was asked for.
package enum EventSelection {
    /// The types of events that a principal may see in a scope; `nil` for all.
    package static func visible(in scope: EventScope, to principal: Principal) -> Set<SessionEventType>? {
        if case .everything = scope, !principal.may(.followExams) {
            var types: Set<SessionEventType> = []
            if principal.may(.readQueue) { types.formUnion(queue) }
            if principal.may(.readRegister) { types.formUnion(queue.union(compliance)) }
            return types
        }
        return principal.may(.readAttempts) ? nil : candidate
    }

    /// Of what may be seen that what is asked for.
    package static func wanted(
        _ types: Set<SessionEventType>?,
        from severity: EventSeverity?,
        of visible: Set<SessionEventType>?
    ) -> Set<SessionEventType>? {
        guard types != nil || severity != nil else { return visible }
        return (visible ?? Set(SessionEventType.allCases)).filter { type in
            if let types, !types.contains(type) { return false }
            return severity.map { type.catalogueEntry.severity >= $0 } ?? true
        }
    }

    private static let candidate = Set(SessionEventType.allCases.filter { !$0.isForStaffOnly })

    private static let queue: Set<SessionEventType> = [
        .verificationQueued, .verificationTaken, .verificationReturned, .verificationDecided,
    ]

    private static let compliance: Set<SessionEventType> = [
        .identificationMade, .identificationDemanded, .identificationAnswered, .identificationMissed,
        .identificationOverridden, .attemptRejected, .attemptFailed, .writeRefused, .accessRefused, .flagRaised,
        .flagDecided,
    ]
}
