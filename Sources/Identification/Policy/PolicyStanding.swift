public import Foundation

/// What is known when a policy is asked whether a candidate is identified.
public struct IdentificationSituation: Sendable {
    /// The identifications of the attempt. The login session that asks stands for `electronic`.
    public var records: [IdentificationRecord]
    /// Whether the candidate consents to biometric processing (row B5).
    public var hasBiometricConsent: Bool
    /// Who let the candidate go on without identification, newest last.
    public var overrides: [IdentificationOverride]
    /// The server's time.
    public var now: Date

    /// Creates a value.
    public init(
        records: [IdentificationRecord],
        hasBiometricConsent: Bool = true,
        overrides: [IdentificationOverride] = [],
        now: Date
    ) {
        self.records = records
        self.hasBiometricConsent = hasBiometricConsent
        self.overrides = overrides
        self.now = now
    }
}

/// A person's decision that a candidate may go on without identification.
public struct IdentificationOverride: Hashable, Sendable {
    /// The identifier (UUIDv7).
    public var id: UUID
    /// The attempt.
    public var attemptID: UUID
    /// Whose decision.
    public var decidedBy: UUID
    /// Why, sealed for the candidate; `nil` where the candidate's key was destroyed.
    public var sealedReason: Data?
    /// When.
    public var at: Date

    /// Creates a value.
    public init(id: UUID, attemptID: UUID, decidedBy: UUID, sealedReason: Data?, at: Date) {
        self.id = id
        self.attemptID = attemptID
        self.decidedBy = decidedBy
        self.sealedReason = sealedReason
        self.at = at
    }
}

/// What a policy asks of one method, and how it stands.
public struct IdentificationRequirement: Hashable, Sendable {
    /// The method by which it is met, or is to be met now: `visual` where that replaces biometrics.
    public var method: IdentificationMethod
    /// What is still lacking; `nil` where it is met.
    public var lack: Lack?
    /// The identification that meets it; `nil` for the login.
    public var metAt: Date?

    /// Why a requirement is not met.
    public enum Lack: Hashable, Sendable {
        /// It was never done, or nothing could be told.
        case notDone
        /// The last verdict was that it is another person.
        case nonMatch
        /// The last match is too old.
        case outdated(since: Date)
        /// A liveness challenge is to be passed.
        case liveness
        /// There is no consent to biometric processing, so a person identifies.
        case noConsent
        /// Comparisons have failed too often, so a person identifies.
        case triesUsedUp
    }
}

/// How a candidate's identification stands against a policy.
public struct PolicyStanding: Hashable, Sendable {
    /// Every alternative with its requirements.
    public var alternatives: [[IdentificationRequirement]]
    /// The decision by which the policy does not matter.
    public var override: IdentificationOverride?

    /// Whether the candidate may go on.
    public var suffices: Bool { override != nil || next.isEmpty }

    /// What is lacking of the alternative that is nearest to being met.
    public var next: [IdentificationRequirement] {
        guard override == nil else { return [] }
        return alternatives.map { $0.filter { $0.lack != nil } }.min { $0.count < $1.count } ?? []
    }

    /// The methods that are still needed.
    public var missing: [IdentificationMethod] { next.map(\.method) }

    /// Whether a liveness challenge is what the candidate needs next.
    public var needsLiveness: Bool { next.contains { $0.lack == .liveness } }
}

extension IdentificationPolicy {
    /// How a candidate stands.
    public func standing(in situation: IdentificationSituation) -> PolicyStanding {
        let override = situation.overrides.last {
            situation.now.timeIntervalSince($0.at) <= Double(visualValidForSeconds)
        }
        return PolicyStanding(
            alternatives: anyOf.map { methods in
                var requirements: [IdentificationRequirement] = []
                for method in methods {
                    let requirement = requirement(method, in: situation)
                    // Where a person replaces biometrics, the person is asked once.
                    if !requirements.contains(where: { $0.method == requirement.method }) {
                        requirements.append(requirement)
                    }
                }
                return requirements
            },
            override: override
        )
    }

    private func requirement(
        _ method: IdentificationMethod,
        in situation: IdentificationSituation
    ) -> IdentificationRequirement {
        switch method {
        case .electronic:
            return IdentificationRequirement(method: .electronic)
        case .visual:
            return visual(in: situation, lacking: .notDone)
        case .biometric:
            let biometric = biometric(in: situation)
            guard biometric.lack != nil, visualReplacesBiometric else { return biometric }
            let replacement = visual(in: situation, lacking: .notDone)
            if replacement.lack == nil { return replacement }
            if !situation.hasBiometricConsent { return visual(in: situation, lacking: .noConsent) }
            let tries = BiometricTries.judge(situation.records, at: situation.now, mostFailures: mostFailures)
            return tries == .personNeeded ? visual(in: situation, lacking: .triesUsedUp) : biometric
        }
    }

    private func biometric(in situation: IdentificationSituation) -> IdentificationRequirement {
        func lacking(_ lack: IdentificationRequirement.Lack) -> IdentificationRequirement {
            IdentificationRequirement(method: .biometric, lack: lack)
        }
        guard situation.hasBiometricConsent else { return lacking(.noConsent) }
        // The newest verdict counts: a match that a later non-match contradicts identifies nobody.
        guard let latest = situation.latestVerdict(.biometric) else {
            return lacking(requiresLiveness ? .liveness : .notDone)
        }
        guard latest.outcome == .match else { return lacking(requiresLiveness ? .liveness : .nonMatch) }
        guard requiresLiveness else {
            return situation.isFresh(latest, for: validForSeconds)
                ? IdentificationRequirement(method: .biometric, metAt: latest.at) : lacking(.outdated(since: latest.at))
        }
        let challenges = situation.records.filter { record in
            guard record.method == .biometric, let liveness = record.findings?.liveness?.outcome else { return false }
            return record.outcome != .inconclusive || liveness == .notLive
        }
        guard let live = challenges.max(by: { $0.at < $1.at }), live.outcome == .match,
            live.findings?.liveness?.outcome == .live, situation.isFresh(live, for: validForSeconds)
        else { return lacking(.liveness) }
        return IdentificationRequirement(method: .biometric, metAt: live.at)
    }

    private func visual(
        in situation: IdentificationSituation,
        lacking lack: IdentificationRequirement.Lack
    ) -> IdentificationRequirement {
        func lacking(_ lack: IdentificationRequirement.Lack) -> IdentificationRequirement {
            IdentificationRequirement(method: .visual, lack: lack)
        }
        guard let latest = situation.latestVerdict(.visual) else { return lacking(lack) }
        guard latest.outcome == .match else { return lacking(.nonMatch) }
        guard situation.isFresh(latest, for: visualValidForSeconds) else { return lacking(.outdated(since: latest.at)) }
        // Somebody else's face after the verifier looked makes the verifier look again.
        if let face = situation.latestVerdict(.biometric), face.outcome == .nonMatch, face.at > latest.at {
            return lacking(.nonMatch)
        }
        return IdentificationRequirement(method: .visual, metAt: latest.at)
    }
}

extension IdentificationSituation {
    /// The newest record of a method that says match or non-match.
    func latestVerdict(_ method: IdentificationMethod) -> IdentificationRecord? {
        records.filter { $0.method == method && $0.outcome != .inconclusive }.max { $0.at < $1.at }
    }

    func isFresh(_ record: IdentificationRecord, for seconds: Int) -> Bool {
        now.timeIntervalSince(record.at) <= Double(seconds)
    }
}
