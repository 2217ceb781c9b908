import Foundation
import Testing

@testable import Cryptography

@Suite("Passwords")
struct PasswordTests {
    /// As cheap as the algorithm allows.
    static var cheap: Argon2idParameters { get throws { try Argon2idParameters(memoryKiB: 64, iterations: 1) } }

    @Test("are verified through the stored PHC string with the default cost")
    func roundTrip() throws {
        let hash = try PasswordHash.make(password: "correct horse battery staple")
        #expect(hash.phc.hasPrefix("$argon2id$v=19$m=47104,t=1,p=1$"))
        let stored = try PasswordHash(phc: hash.phc)
        #expect(stored == hash)
        #expect(stored.parameters == .default)
        #expect(try stored.verify("correct horse battery staple") == .valid)
        #expect(try stored.verify("correct horse battery stapler") == .invalid)
        #expect(try stored.verify("") == .invalid)
    }

    @Test("a hash made by the reference implementation is verified")
    func reference() throws {
        let phc = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
        let hash = try PasswordHash(phc: phc)
        #expect(try hash.verify("password") == .valid)
        #expect(try hash.verify("Password") == .invalid)
    }

    @Test("hashed twice differ, for the salt is fresh")
    func salt() throws {
        let cost = try Self.cheap
        let first = try PasswordHash.make(password: "x", parameters: cost)
        #expect(try PasswordHash.make(password: "x", parameters: cost) != first)
    }

    @Test(
        "that look alike are the same after NFKC",
        arguments: [
            ("\u{e9}t\u{e9}", "e\u{301}te\u{301}"), ("\u{fb01}n", "fin"), ("й", "и\u{306}"), ("\u{212b}", "\u{c5}"),
        ]
    )
    func normalisation(composed: String, other: String) throws {
        let hash = try PasswordHash.make(password: composed, parameters: Self.cheap)
        #expect(try hash.verify(other, wanted: Self.cheap) == .valid)
        #expect(try hash.verify(other + other, wanted: Self.cheap) == .invalid)
    }

    @Test("ask for a new hash when the stored one is cheaper than wanted, not when it is dearer")
    func rehash() throws {
        let hash = try PasswordHash.make(password: "x", parameters: Argon2idParameters(memoryKiB: 128, iterations: 2))
        let verdict = { memory, passes in
            try hash.verify("x", wanted: Argon2idParameters(memoryKiB: memory, iterations: passes))
        }
        #expect(try verdict(128, 2) == .valid)
        #expect(try verdict(64, 1) == .valid)
        #expect(try verdict(256, 1) == .validNeedsRehash)
        #expect(try verdict(64, 3) == .validNeedsRehash)
        #expect(try hash.verify("y", wanted: Argon2idParameters(memoryKiB: 256, iterations: 3)) == .invalid)
    }

    @Test(
        "what is no Argon2id PHC string, or would exhaust the machine, is refused",
        arguments: [
            "", "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
            "$argon2id$v=16$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
            "$argon2id$v=19$m=9999999,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
            "$argon2id$v=19$m=65536,t=99,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$", "$2b$12$abcdefghijklmnopqrstuv",
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc\n",
        ]
    )
    func malformed(phc: String) {
        #expect(throws: CryptographyError.self) { try PasswordHash(phc: phc) }
    }

    @Test("costs outside the bounds are refused", arguments: [(7, 1), (1 << 21, 1), (64, 0), (64, 65)])
    func bounds(memory: Int, passes: Int) {
        #expect(throws: CryptographyError(.invalidParameters, "")) {
            try Argon2idParameters(memoryKiB: memory, iterations: passes)
        }
    }

    @Test("of an account that does not exist cost a whole computation and are never right")
    func nothing() async throws {
        let hasher = try PasswordHasher(parameters: Self.cheap)
        let decoy = try PasswordHash.decoy(Self.cheap)
        #expect(decoy.parameters == hasher.parameters)
        #expect(try decoy.verify("") == .invalid)
        #expect(try await hasher.verifyAgainstNothing("anything") == .invalid)
        #expect(try await hasher.verifyAgainstNothing("") == .invalid)
    }

    @Test("go through the hasher as they go directly")
    func hasher() async throws {
        let hasher = try PasswordHasher(parameters: Self.cheap, concurrency: 2)
        let hash = try await hasher.hash("x")
        #expect(hash.parameters == hasher.parameters)
        #expect(try await hasher.verify("x", against: hash) == .valid)
        #expect(try await hasher.verify("y", against: hash) == .invalid)
    }
}

@Suite("Bounded password computation")
struct PasswordHasherTests {
    /// Work that has begun and waits to be let go.
    private final class Gate: Sendable {
        let begun = DispatchSemaphore(value: 0)
        let open = DispatchSemaphore(value: 0)

        func work() {
            begun.signal()
            open.wait()
        }

        func waitUntilBegun() async {
            await withCheckedContinuation { continuation in
                DispatchQueue(label: "gate").async {
                    self.begun.wait()
                    continuation.resume()
                }
            }
        }
    }

    @Test("refuses work beyond the running and the waiting, and takes it again afterwards")
    func busy() async throws {
        let hasher = try PasswordHasher(parameters: PasswordTests.cheap, concurrency: 1, waitingLimit: 0)
        let gate = Gate()
        async let running: Void = hasher.run { gate.work() }
        await gate.waitUntilBegun()
        await #expect(throws: CryptographyError(.busy, "")) { try await hasher.hash("x") }
        await #expect(throws: CryptographyError(.busy, "")) { try await hasher.verifyAgainstNothing("x") }
        gate.open.signal()
        try await running
        // The worker becomes idle a moment after the result is out, so this one may find it busy still.
        var isAccepted = false
        while !isAccepted {
            do {
                _ = try await hasher.hash("x")
                isAccepted = true
            } catch let error as CryptographyError {
                #expect(error.code == .busy)
                await Task.yield()
            }
        }
    }

    @Test("runs as many at once as it was told, and the waiting ones after them")
    func concurrency() async throws {
        let hasher = try PasswordHasher(parameters: PasswordTests.cheap, concurrency: 2, waitingLimit: 8)
        let gate = Gate()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<6 { group.addTask { try await hasher.run { gate.work() } } }
            await gate.waitUntilBegun()
            await gate.waitUntilBegun()
            #expect(gate.begun.wait(timeout: .now()) == .timedOut, "a third computation runs")
            for _ in 0..<6 { gate.open.signal() }
            try await group.waitForAll()
        }
    }

    @Test("lets those after fewer failures go first, and keeps them where not all can wait")
    func order() async throws {
        let queue = PasswordQueue(concurrency: 1, waitingLimit: 3)
        let gate = Gate()
        let (outcomes, continuation) = AsyncStream.makeStream(of: String.self)
        func job(_ name: String, _ failures: Int) -> PasswordQueue.Job {
            PasswordQueue.Job(
                claim: .stranger(failures: failures),
                run: { continuation.yield("\(name) done") },
                refuse: { continuation.yield("\(name) refused") }
            )
        }
        #expect(queue.submit(PasswordQueue.Job(claim: .trusted(), run: { gate.work() }, refuse: {})))
        await gate.waitUntilBegun()
        #expect(queue.submit(job("a", 7)) && queue.submit(job("b", 7)) && queue.submit(job("c", 2)))
        #expect(queue.isFull(for: .stranger(failures: 7)) && !queue.isFull(for: .stranger(failures: 6)))
        #expect(
            !queue.submit(job("d", 9)) && !queue.submit(job("e", 7)),
            "nobody is put off for an equal or a worse one"
        )
        // The later of the two worst makes room, then the other.
        #expect(queue.submit(job("f", 0)) && queue.submit(job("g", 2)))
        #expect(queue.isFull(for: .stranger(failures: 2)) && !queue.submit(job("h", 2)))
        #expect(!queue.isFull(for: .stranger(failures: 1)))
        queue.close()
        gate.open.signal()
        var seen: [String] = []
        for await outcome in outcomes {
            seen.append(outcome)
            if seen.count == 5 { break }
        }
        #expect(seen == ["b refused", "a refused", "f done", "c done", "g done"])
    }

    @Test("lets known people go before all strangers, and nobody fill the queue alone")
    func knownFirst() async throws {
        let queue = PasswordQueue(concurrency: 1, waitingLimit: 4)
        let gate = Gate()
        let (outcomes, continuation) = AsyncStream.makeStream(of: String.self)
        func submit(_ name: String, _ claim: PasswordClaim) -> Bool {
            queue.submit(
                PasswordQueue.Job(
                    claim: claim,
                    run: { continuation.yield("\(name) done") },
                    refuse: { continuation.yield("\(name) refused") }
                )
            )
        }
        #expect(queue.submit(PasswordQueue.Job(claim: .trusted(), run: { gate.work() }, refuse: {})))
        await gate.waitUntilBegun()
        for name in ["s1", "s2", "s3", "s4"] { #expect(submit(name, .stranger(failures: 0))) }
        #expect(queue.isFull(for: .stranger(failures: 0)))
        // The same one again and again goes behind others that are known, and still before strangers.
        #expect(submit("a1", .trusted(by: "a")) && submit("a2", .trusted(by: "a")) && submit("a3", .trusted(by: "a")))
        #expect(submit("b1", .trusted(by: "b")) && submit("c1", .trusted(by: "c")))
        #expect(!submit("a4", .trusted(by: "a")), "its third place is taken by others that are known")
        queue.close()
        gate.open.signal()
        var seen: [String] = []
        for await outcome in outcomes {
            seen.append(outcome)
            if seen.count == 9 { break }
        }
        #expect(seen.prefix(5) == ["s4 refused", "s3 refused", "s2 refused", "s1 refused", "a3 refused"])
        #expect(seen.suffix(4) == ["a1 done", "b1 done", "c1 done", "a2 done"])
    }

    @Test("lets who was put off and is back go before who is new, but not before who has failed less")
    func backAgain() async throws {
        let queue = PasswordQueue(concurrency: 1, waitingLimit: 9)
        let gate = Gate()
        let (outcomes, continuation) = AsyncStream.makeStream(of: String.self)
        #expect(queue.submit(PasswordQueue.Job(claim: .trusted(), run: { gate.work() }, refuse: {})))
        await gate.waitUntilBegun()
        let claims: [(String, PasswordClaim)] = [
            ("new", .stranger(failures: 1)), ("back", .stranger(failures: 1, isBack: true)),
            ("worse", .stranger(failures: 2, isBack: true)), ("better", .stranger(failures: 0)),
        ]
        for (name, claim) in claims {
            #expect(queue.submit(PasswordQueue.Job(claim: claim, run: { continuation.yield(name) }, refuse: {})))
        }
        queue.close()
        gate.open.signal()
        var seen: [String] = []
        for await name in outcomes {
            seen.append(name)
            if seen.count == 4 { break }
        }
        #expect(seen == ["better", "back", "new", "worse"])
    }

    @Test("hands on what the work threw")
    func failure() async throws {
        let hasher = try PasswordHasher(parameters: PasswordTests.cheap)
        await #expect(throws: CryptographyError(.outOfMemory, "")) {
            try await hasher.run { throw CryptographyError(.outOfMemory, "") }
        }
        #expect(throws: CryptographyError(.invalidParameters, "")) { try PasswordHasher(concurrency: 0) }
    }
}
