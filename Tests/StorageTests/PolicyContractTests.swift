import Accounts
import Attestation
import Foundation
import Identification
import Storage
import Testing

@Suite("Storage contract: policies, and the circumstances of records")
struct PolicyContractTests {
    private static let policy = IdentificationPolicy(
        anyOf: [[.electronic, .biometric], [.visual]],
        validForSeconds: 120,
        visualValidForSeconds: 900,
        requiresLiveness: false,
        visualReplacesBiometric: false,
        repetition: .init(everyMinutes: 20, jitterMinutes: 5, onResume: true, beforeSubmission: true, graceSeconds: 60),
        mostFailures: 4,
        onFailure: .flag,
        overriders: [.complianceOfficer]
    )

    @Test("Each kind of procedure has its policy, the last that was set", arguments: Backend.allCases)
    func procedures(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            try await database.write { stores throws in
                for kind in ProcedureKind.allCases {
                    var policy = Self.policy
                    policy.mostFailures = kind.rawValue.count
                    try stores.setIdentificationPolicy(.electronicAndBiometric, procedure: kind)
                    try stores.setIdentificationPolicy(policy, procedure: kind)
                }
                for kind in ProcedureKind.allCases {
                    #expect(try stores.identificationPolicy(procedure: kind)?.mostFailures == kind.rawValue.count)
                    #expect(try stores.identificationPolicy(procedure: kind)?.anyOf == Self.policy.anyOf)
                }
            }
        }
    }

    @Test("An exam keeps its policy and kind, whatever becomes of the kind's own policy", arguments: Backend.allCases)
    func exams(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let exam = Fixtures.exam()
            try await database.write { stores throws in
                try stores.insertExam(exam, sealedSecret: Data([1]), plan: nil, createdAt: Fixtures.start)
                #expect(try stores.identificationPolicy(examID: exam.id) == nil)
                #expect(try stores.procedure(examID: exam.id) == nil)
                try stores.setIdentificationPolicy(Self.policy, procedure: .finalAttestation, examID: exam.id)
                try stores.setIdentificationPolicy(.electronicAndBiometric, procedure: .finalAttestation)
                #expect(try stores.identificationPolicy(examID: exam.id) == Self.policy)
                #expect(try stores.procedure(examID: exam.id) == .finalAttestation)
                try stores.setIdentificationPolicy(.electronicAndBiometric, procedure: .other, examID: exam.id)
                #expect(try stores.identificationPolicy(examID: exam.id) == .electronicAndBiometric)
                #expect(try stores.procedure(examID: exam.id) == .other)
                #expect(try stores.identificationPolicy(examID: Fixtures.id(1)) == nil)
            }
        }
    }

    @Test(
        "A record keeps its circumstances, each by itself and all together, in every reading",
        arguments: Backend.allCases
    )
    func circumstances(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            let attempt = try await Fixtures.withAttempt(in: database)
            let person = attempt.candidateID
            let authority = Order(
                id: Fixtures.id(9_001),
                kind: .powerOfAttorney,
                number: "1/Д",
                date: try #require(CalendarDay("2027-01-15")),
                validFrom: try #require(CalendarDay("2027-01-15")),
                validUntil: nil,
                scopes: [.identification],
                holders: [person],
                partnerOrganisation: nil,
                issuedBy: "Ректор",
                enteredBy: person,
                enteredAt: Fixtures.start
            )
            let variants = [
                IdentificationCircumstances(), IdentificationCircumstances(procedure: .admissionOfDocuments),
                IdentificationCircumstances(moment: .onResume), IdentificationCircumstances(operatorID: person),
                IdentificationCircumstances(authorityID: authority.id),
                IdentificationCircumstances(documentKind: "russian_passport"),
                IdentificationCircumstances(sealed: Data([0, 255, 7])),
                IdentificationCircumstances(
                    procedure: .finalAttestation,
                    moment: .interval,
                    operatorID: person,
                    authorityID: authority.id,
                    documentKind: "foreign_passport",
                    sealed: Data([1])
                ),
            ]
            let records = variants.enumerated().map { number, circumstances in
                var record = Fixtures.record(number, subject: person, .match)
                record.attemptID = attempt.id
                record.circumstances = circumstances
                record.tries = number + 1
                return record
            }
            try await database.write { stores throws in
                try stores.insertOrder(authority)
                for record in records {
                    try stores.insertIdentification(record)
                    #expect(try stores.identification(record.id) == record)
                }
                #expect(try stores.identifications(attemptID: attempt.id) == records)
                #expect(try stores.identifications(IdentificationFilter()) == records.reversed())
            }
        }
    }

    @Test("Every moment and every kind of procedure can be kept", arguments: Backend.allCases)
    func vocabulary(_ backend: Backend) async throws {
        try await backend.withDatabase { database in
            try await database.write { stores throws in
                for (number, moment) in IdentificationMoment.allCases.enumerated() {
                    for (offset, kind) in ProcedureKind.allCases.enumerated() {
                        var record = Fixtures.record(100 * number + offset, subject: nil, .inconclusive)
                        record.circumstances = IdentificationCircumstances(procedure: kind, moment: moment)
                        try stores.insertIdentification(record)
                        #expect(try stores.identification(record.id)?.circumstances == record.circumstances)
                    }
                }
            }
        }
    }
}
