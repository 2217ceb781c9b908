public import Cryptography
public import Foundation

/// Which questions an exam's tickets may have, shared out to the sets of tickets before the exam is published.
///
/// Each set of tickets (комплект билетов, S2 5.2) has questions of its own for each section, so that groups with
/// different sets cannot meet the same material, and a ticket can be rebuilt from the plan alone, whatever becomes of the
/// bank. The plan's digest stands in the log with the commitment to the exam's secret.
public struct TicketPlan: Hashable, Sendable, Codable {
    /// The exam.
    public let examID: UUID
    /// What a ticket is made of.
    public let blueprint: Blueprint
    /// The questions, by the 16 bytes of the identifier as an unsigned big-endian number.
    public let questions: [PlannedQuestion]
    /// For each set and each section of the blueprint the questions, by their places in ``questions``, ascending.
    public let cells: [[[Int]]]

    enum CodingKeys: String, CodingKey {
        case blueprint, questions, cells
        case examID = "exam_id"
    }

    init(examID: UUID, blueprint: Blueprint, questions: [PlannedQuestion], cells: [[[Int]]]) {
        self.examID = examID
        self.blueprint = blueprint
        self.questions = questions
        self.cells = cells
    }

    /// How many sets of tickets there are.
    public var setCount: Int { cells.count }

    /// The plan as bytes: the same plan gives the same bytes everywhere.
    ///
    /// - Throws: `EncodingError`, which does not happen with values that were planned or decoded.
    public func canonicalBytes() throws -> Data { try CanonicalJSON.encode(self) }

    /// SHA-256 of ``canonicalBytes()``.
    ///
    /// - Throws: as ``canonicalBytes()``.
    public func digest() throws -> SHA256Digest { SHA256Digest.hash(try canonicalBytes()) }

    /// How many questions stand in more than one set, those aside that the blueprint fixes.
    public var sharedCount: Int {
        var seen: [Int: Int] = [:]
        for set in cells {
            var own: Set<Int> = []
            for (section, cell) in zip(blueprint.sections, set) where section.fixed == nil { own.formUnion(cell) }
            for question in own { seen[question, default: 0] += 1 }
        }
        return seen.values.filter { $0 > 1 }.count
    }
}

/// A set of tickets, and who gets it.
public struct TicketSet: Hashable, Sendable {
    /// The groups that get it.
    public var groups: [String]
    /// How many candidates are expected, from 1: more candidates get more questions, so that all are seen equally often.
    public var seats: Int

    /// Makes a set.
    public init(groups: [String] = [], seats: Int = 1) {
        self.groups = groups
        self.seats = max(seats, 1)
    }
}
