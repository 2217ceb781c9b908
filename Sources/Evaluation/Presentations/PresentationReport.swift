public import Foundation
import Liveness

/// What became of attacks and of people under the checks of liveness (ISO/IEC 30107-3).
public struct PresentationReport: Sendable, Codable {
    /// How the presentations of one species ended.
    public struct Row: Sendable, Codable {
        /// What was presented.
        public var species: PresentationSpecies
        /// Classified as bona fide.
        public var live: Int
        /// Classified as an attack.
        public var notLive: Int
        /// Not classified: the person is asked to try again.
        public var inconclusive: Int
        /// How many presentations each check failed, by the check's name.
        public var failedChecks: [String: Int]
        /// How many presentations a check alone failed: without it they would not have been classified as an attack.
        public var failedAlone: [String: Int]
        /// How many presentations each check could not decide.
        public var undecidedChecks: [String: Int]
        /// Share of the frames in which a face was found.
        public var framesWithFace: Double

        /// How many presentations there were, one a subject.
        public var presentations: Int { live + notLive + inconclusive }
        /// Attack presentation classification error rate: the share of the attacks taken for bona fide.
        public var attackError: ProportionEstimate { ProportionEstimate(count: live, of: presentations) }
        /// Bona fide presentation classification error rate: the share of the people taken for attacks.
        public var bonaFideError: ProportionEstimate { ProportionEstimate(count: notLive, of: presentations) }
        /// The share without a classification (ISO/IEC 30107-3: non-response rate).
        public var nonResponse: ProportionEstimate { ProportionEstimate(count: inconclusive, of: presentations) }
        /// The share of the people who are not let through: taken for attacks, or not classified.
        public var notAccepted: ProportionEstimate {
            ProportionEstimate(count: notLive + inconclusive, of: presentations)
        }
    }

    /// The seed of all draws.
    public var seed: UInt64
    /// How many persons, each presented once in each species.
    public var subjects: Int
    /// How many of them are compared with another picture than the one that is drawn.
    public var subjectsWithOtherReference: Int
    /// Pictures passed over, by reason.
    public var passedOver: [String: Int]
    /// SHA-256 over the names and contents of the pictures drawn.
    public var dataSha256: String
    /// The embedder.
    public var modelId: String
    /// How many frames were drawn and analysed.
    public var frames: Int
    /// A row for each species.
    public var rows: [Row]
    /// What these figures can and cannot show.
    public var notes: [String] = Self.limits

    private static let limits = [
        "Every presentation is drawn from one real photograph; no camera saw a person, a print, a screen or a mask.",
        "Bona fide: a head of average shape with the photograph on it, moved smoothly as asked. No blinking, no speech, "
            + "no glasses that reflect, no motion blur, no hair of its own. Real people will be refused more or less often.",
        "The amplitudes of the bona fide movements (turn 22–38°, up 15–26°, down 14–24°, closer × 1.28–1.5, away "
            + "× 0.68–0.8) are assumed, not observed.",
        "Attacks: without gloss, moiré, paper edges before the face or hands, so a check of texture would not be "
            + "measured here; the geometry alone is.",
        "Not covered at all: a three-dimensional mask, a deep fake that follows the challenge, the picture-to-head "
            + "animation that draws our bona fide presentations, and any of these fed in through a virtual camera. Such "
            + "an attack would pass checks of geometry.",
        "The limits of the checks were set on drawings of the same kind, of other persons: on anything else they are "
            + "untested.",
        "A replay of the same challenge is left out: its chance is one in \(LivenessChallenge.all.count).",
        "Trials are subjects, one presentation each; intervals are 95 % by Clopper and Pearson. They show the scatter "
            + "of these drawings only.",
        "Inconclusive is neither acceptance nor an error rate; it is reported apart. No ACER: one average of APCER and "
            + "BPCER would hide the worst species.",
    ]

    /// The report as JSON, rates included.
    ///
    /// - Throws: What the encoder throws.
    public func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return try encoder.encode(WithRates(report: self))
    }

    /// The worst species of attack: ISO/IEC 30107-3 judges by it and not by a mean.
    public var worstAttack: Row? {
        rows.filter { $0.species != .bonaFide }.max { $0.attackError.value < $1.attackError.value }
    }
}

/// Rates are computed from counts, but a reader of the JSON should find them.
private struct WithRates: Encodable {
    struct Rates: Encodable {
        var species: PresentationSpecies
        var attackError: ProportionEstimate?
        var bonaFideError: ProportionEstimate?
        var nonResponse: ProportionEstimate
        var bonaFideNotAccepted: ProportionEstimate?
    }

    let report: PresentationReport

    private enum CodingKeys: String, CodingKey {
        case rates
    }

    func encode(to encoder: any Encoder) throws {
        try report.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        let rates = report.rows.map { row in
            let isAttack = row.species != .bonaFide
            return Rates(
                species: row.species,
                attackError: isAttack ? row.attackError : nil,
                bonaFideError: isAttack ? nil : row.bonaFideError,
                nonResponse: row.nonResponse,
                bonaFideNotAccepted: isAttack ? nil : row.notAccepted
            )
        }
        try container.encode(rates, forKey: .rates)
    }
}
