import Accounts
import Cryptography
import Foundation
import Identification
import Storage
import TransparencyLog
import Workflows

/// The records that `make bench-export` exports, the same at each run but for keys.
///
/// They are written in bulk, thousands to a transaction with each person's key looked up once. What an export reads is
/// as the program writes it: records, sealed circumstances, entries of the log and their places. The sealed measurements
/// beside the log, which no register reads, are left out; entries commit to the circumstances in their stead.
struct ExportRecords: Sendable {
    let services: Services

    /// People who log in and are identified.
    private static let people = 500
    private static let start = Date(timeIntervalSince1970: 1_750_000_000)
    private static let recordsAtOnce = 10_000

    /// Who verifies and who orders the exports.
    static let verifier = id(0, at: start)

    /// Writes records until there are so many.
    ///
    /// - Returns: how many were added.
    func fill(_ count: Int) async throws -> Int {
        let present = try await services.database.read {
            try $0.identificationCount(IdentificationFilter(), atMost: .max)
        }
        guard present < count else { return 0 }
        let people = try await accounts()
        for first in stride(from: present, to: count, by: Self.recordsAtOnce) {
            try await services.database.write { stores in
                try Self.add(first..<min(count, first + Self.recordsAtOnce), people, to: stores)
            }
        }
        _ = try await services.database.scrub()
        return count - present
    }

    private struct Person: Sendable {
        var id: UUID
        var key: SealingKey
    }

    private func accounts() async throws -> [Person] {
        let password = try await services.passwords.hash("three words here")
        let ids = (0...Self.people).map { Self.id($0, at: Self.start) }
        return try await services.database.write { [vault = services.vault] stores in
            for (number, id) in ids.enumerated() where try stores.account(id) == nil {
                guard let email = EmailAddress("person\(number)@example.org") else { continue }
                try stores.insertAccount(
                    Account(
                        id: id,
                        email: email,
                        name: PersonName(surname: "Соловьёва", givenName: "Анна", patronymic: "Игоревна \(number)"),
                        roles: [number == 0 ? .verifier : .candidate],
                        password: password,
                        createdAt: Self.start
                    )
                )
            }
            return try ids.map { Person(id: $0, key: try vault.personKey(of: $0, in: stores)) }
        }
    }

    private static func add(_ numbers: Range<Int>, _ people: [Person], to stores: any Stores) throws {
        var ids: [UUID] = []
        var bodies: [LogBody] = []
        for number in numbers {
            let person = people[1 + number % Self.people]
            var record = record(number, of: person.id)
            let sealed = try LogBook.sealed(personal(number, record.method), of: record.id, under: person.key)
            record.circumstances.sealed = sealed
            try stores.insertIdentification(record)
            let entry = SealedRecord(
                kind: "identification",
                timestamp: record.at,
                subject: person.id.lowercased,
                payloadDigest: SHA256Digest.hash(sealed),
                facts: LogBook.facts(of: record).merging(["record": .string(record.id.lowercased)]) { $1 }
            )
            bodies.append(try entry.body())
            ids.append(record.id)
        }
        for (place, id) in zip(try Log.append(bodies, to: stores), ids) { try stores.insertLogPlace(place, of: id) }
    }

    /// One record: six in ten electronic, three biometric, one visual.
    private static func record(_ number: Int, of person: UUID) -> IdentificationRecord {
        let at = Date(timeIntervalSince1970: 1_760_000_000 + Double(number) * 20)
        let method: IdentificationMethod =
            switch number % 10 {
            case 0: .visual
            case 1...3: .biometric
            default: .electronic
            }
        return IdentificationRecord(
            id: id(number, at: at),
            method: method,
            subject: person,
            outcome: number % 17 == 0 ? .nonMatch : .match,
            reason: method == .electronic ? "password_valid" : method == .biometric ? "compared" : "document_matches",
            at: at,
            comparison: method == .biometric
                ? ComparisonFacts(
                    distance: 0.25,
                    matchAtOrBelow: 0.371,
                    nonMatchAbove: 0.414,
                    modelID: "dlib_face_recognition_resnet_model_v1",
                    portraitID: person
                ) : nil,
            circumstances: IdentificationCircumstances(
                procedure: method == .electronic ? nil : .intermediateAttestation,
                moment: method == .electronic ? .login : .beforeStart,
                operatorID: method == .visual ? verifier : nil,
                documentKind: method == .visual ? "russian_passport" : nil
            )
        )
    }

    private static func personal(_ number: Int, _ method: IdentificationMethod) -> PersonalCircumstances {
        PersonalCircumstances(
            address: "192.0.2.\(number % 250)",
            device: "Mozilla/5.0 (X11; Linux x86_64) Firefox/128.0",
            maskedNumber: method == .visual ? "** ** ***\(100 + number % 900)" : nil
        )
    }

    /// The same number and time give the same identifier.
    private static func id(_ number: Int, at time: Date) -> UUID {
        UUIDv7.make(at: time, random: SeededRandomSource(seed: UInt64(number)))
    }
}
