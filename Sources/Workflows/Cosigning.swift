import Foundation
import Storage
package import TransparencyLog
package import Webhooks

/// A witness that is asked to cosign this service's log.
package struct LogWitness: Sendable {
    /// Its key.
    package var verifier: CosignatureVerifier
    /// Where `add-checkpoint` is.
    package var url: ReceiverURL

    /// Creates a value.
    package init(verifier: CosignatureVerifier, url: ReceiverURL) {
        self.verifier = verifier
        self.url = url
    }
}

/// Sends the log's checkpoints to its witnesses and keeps what they sign (C2SP tlog-witness).
///
/// A witness that does not answer stops nothing: it is asked again, later and later.
package struct Cosigning: Sendable {
    private let services: Services
    private let witnesses: [LogWitness]
    private let poster: Poster
    private let summary = Summary()

    /// How long a witness is left alone after it has cosigned, in seconds.
    private static let pause = 5.0

    /// Creates the workflow.
    package init(_ services: Services, witnesses: [LogWitness], poster: Poster) {
        self.services = services
        self.witnesses = witnesses
        self.poster = poster
    }

    /// How many witnesses were in trouble when they were last asked, and how many of them refuse the log's history.
    package var troubles: (all: Int, refusals: Int) { summary.counts }

    /// How it stands with each witness, in the order of the configuration.
    package func standings() async throws -> [WitnessStanding] {
        let keys = witnesses.map(\.verifier.text)
        return try await services.database.read { stores in
            try keys.map { try stores.witnessStanding($0) ?? WitnessStanding(witness: $0) }
        }
    }

    /// Asks those whose turn it is to cosign the newest checkpoint.
    ///
    /// - Returns: the standings that are worse or better than before, to be told.
    package func work() async throws -> [WitnessStanding] {
        guard !witnesses.isEmpty, let checkpoint = try await services.database.read({ try $0.latestCheckpoint() })
        else { return [] }
        return try await ask(toSign: checkpoint) { standing in
            let isDone = standing.cosignedSize == checkpoint.size && standing.trouble == nil
            return !isDone && services.now() >= standing.nextTryAt
        }
    }

    /// The checkpoint with the cosignatures that it has, asking for those that it lacks.
    package func cosigned(_ checkpoint: Checkpoint) async throws -> Checkpoint {
        // A witness that has gone further never goes back; one that is away is not waited for.
        _ = try await ask(toSign: checkpoint) { $0.trouble == nil && ($0.cosignedSize ?? 0) < checkpoint.size }
        return try await services.database.read { try checkpoint.adding(lines: $0.cosignatures(of: checkpoint.size)) }
    }

    /// Asks all those at once whom it `concerns`, so that a slow one keeps no other waiting.
    ///
    /// - Returns: the standings that are worse or better than before.
    private func ask(
        toSign checkpoint: Checkpoint,
        where concerns: @escaping @Sendable (WitnessStanding) -> Bool
    ) async throws -> [WitnessStanding] {
        try await withThrowingTaskGroup(of: WitnessStanding?.self) { group in
            for witness in witnesses {
                group.addTask {
                    let before = try await standing(of: witness)
                    guard concerns(before) else { return nil }
                    let after = try await ask(witness, to: checkpoint)
                    return after.trouble == before.trouble ? nil : after
                }
            }
            return try await group.reduce(into: []) { changed, standing in
                if let standing { changed.append(standing) }
            }
        }
    }

    private func standing(of witness: LogWitness) async throws -> WitnessStanding {
        let key = witness.verifier.text
        return try await services.database.read { try $0.witnessStanding(key) } ?? WitnessStanding(witness: key)
    }

    /// Asks one witness; twice where it knows another size than was thought.
    private func ask(_ witness: LogWitness, to checkpoint: Checkpoint) async throws -> WitnessStanding {
        var standing = try await standing(of: witness)
        for round in 0..<2 {
            let old = min(standing.knownSize, checkpoint.size)
            let proof =
                old > 0 && old < checkpoint.size
                ? try await services.database.read { [size = checkpoint.size] in
                    try Log.consistencyProof(from: old, to: size, in: $0)
                } : []
            let request = WitnessRequest(oldSize: old, proof: proof, checkpoint: checkpoint)
            let outcome = await poster.post(Data(request.bytes), type: "text/plain", to: witness.url)
            let now = services.now()
            guard case .answered(let status, let body) = outcome else {
                standing.fail(.unavailable, at: now)
                break
            }
            switch WitnessReply(status: status, body: [UInt8](body), to: request, from: witness.verifier) {
            case .cosigned(let lines):
                standing.knownSize = checkpoint.size
                standing.cosignedSize = checkpoint.size
                standing.cosignedAt = now
                standing.trouble = nil
                standing.failures = 0
                standing.nextTryAt = now + Self.pause
                return try await keep(standing, lines, of: checkpoint)
            case .knows(let size) where size > checkpoint.size:
                // A later checkpoint came first, or the witness has seen more than there is.
                guard try await services.database.read({ try $0.latestCheckpoint()?.size ?? 0 }) < size else {
                    return standing
                }
                standing.fail(.ahead, at: now)
            case .knows(let size):
                standing.knownSize = size
                if round > 0 { standing.fail(.unavailable, at: now) }
                continue
            case .trouble(let trouble): standing.fail(trouble, at: now)
            }
            break
        }
        return try await keep(standing, [], of: checkpoint)
    }

    private func keep(
        _ standing: WitnessStanding,
        _ lines: [String],
        of checkpoint: Checkpoint
    ) async throws -> WitnessStanding {
        try await services.database.write { stores in
            if !lines.isEmpty {
                try stores.setCosignature(lines.joined(), of: checkpoint.size, by: standing.witness)
            }
            try stores.setWitnessStanding(standing)
        }
        summary.note(standing)
        return standing
    }
}

/// Who is in trouble, for the figures of the service.
private final class Summary: @unchecked Sendable {
    private let lock = NSLock()
    private var troubles: [String: WitnessStanding.Trouble] = [:]

    func note(_ standing: WitnessStanding) {
        lock.lock()
        defer { lock.unlock() }
        troubles[standing.witness] = standing.trouble
    }

    var counts: (all: Int, refusals: Int) {
        lock.lock()
        defer { lock.unlock() }
        return (troubles.count, troubles.values.count { $0.isRefusal })
    }
}
