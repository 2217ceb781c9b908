import Biometrics
import FaceAnalysis
import Foundation
import Identification

/// Compares live pictures with the portrait: one frame, a burst, or the frames of a liveness challenge.
extension FaceRecognition {
    /// Of many frames so many of the most frontal ones make the probe.
    private static let mostProbes = 3

    /// Compares pictures of one moment with the portrait and writes what came of it into a record.
    ///
    /// Pictures that are not fit are left out; where none is fit the record keeps the first one's defect and stays
    /// inconclusive. What remains must show one person.
    /// - Parameter references: the portrait's templates; `nil` where another model made them.
    func compare(
        _ analyses: [PictureAnalysis],
        with references: PortraitTemplates?,
        of portrait: Portrait,
        into record: inout IdentificationRecord
    ) throws {
        record.outcome = .inconclusive
        record.reason = "not_compared"
        let assessed = analyses.map { (analysis: $0, assessment: settings.probe.assess($0)) }
        let fit = assessed.filter { $0.assessment.defects.isEmpty && $0.analysis.template != nil }
            .sorted { $0.analysis.turn < $1.analysis.turn }
            .prefix(Self.mostProbes)
        if let shown = fit.first ?? assessed.first {
            var findings = record.findings ?? BiometricFindings(pictureCount: analyses.count)
            findings.quality = shown.assessment.facts
            record.findings = findings
        }
        guard !fit.isEmpty else {
            let defect = assessed.lazy.compactMap(\.assessment.defects.first).first
            if let defect {
                record.reason = defect.code.rawValue
                record.findings?.faultDirection = defect.direction?.rawValue
            }
            return
        }
        guard let references else {
            record.reason = "portrait_of_other_model"
            return
        }
        let probes = fit.compactMap(\.analysis.template)
        for other in probes.dropFirst() {
            guard try comparator.compare(reference: probes[0], probe: other).decision != .nonMatch else {
                record.reason = "several_people"
                return
            }
        }
        let score = try references.score(of: probes)
        switch comparator.thresholds.decision(for: score) {
        case .match: record.outcome = .match
        case .nonMatch: record.outcome = .nonMatch
        case .inconclusive: record.outcome = .inconclusive
        }
        record.reason = "compared"
        if try isCopy(among: probes, of: references) {
            // No two pictures of a living person are this alike: the portrait itself is held up or fed in.
            record.outcome = .inconclusive
            record.reason = Self.suspectedCopy
        }
        record.comparison = ComparisonFacts(
            distance: score.distance,
            matchAtOrBelow: comparator.thresholds.matchAtOrBelow,
            nonMatchAbove: comparator.thresholds.nonMatchAbove,
            modelID: comparator.modelID,
            portraitID: portrait.id,
            sameSourceProbability: calibration?.sameSourceProbability(of: score)
        )
    }

    private func isCopy(among probes: [FaceTemplate], of references: PortraitTemplates) throws -> Bool {
        for reference in references.templates {
            for probe in probes {
                if try comparator.compare(reference: reference, probe: probe).isSuspectedCopy { return true }
            }
        }
        return false
    }

    /// The reason of a frame that is all but identical to the portrait.
    static let suspectedCopy = "suspected_copy"
}

extension PictureAnalysis {
    /// How far the face is from frontal, in degrees of the coarse estimate.
    fileprivate var turn: Float {
        guard let pose = largestFace?.pose else { return .infinity }
        return abs(pose.yaw) + abs(pose.pitch)
    }
}

extension QualityAssessment {
    /// The components as they are kept; what could not be measured is left out.
    var facts: [QualityFact] {
        components.filter(\.raw.isFinite).map {
            QualityFact(component: $0.measure.name, raw: $0.raw, value: $0.value)
        }
    }
}
