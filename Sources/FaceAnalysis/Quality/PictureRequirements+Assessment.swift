extension PictureRequirements {
    /// Judges a picture.
    ///
    /// All that is wrong with the face is listed, most fundamental first, each cause once. With no face or several
    /// there is nothing else to measure. A measure that is not a number misses its limit.
    public func assess(_ picture: PictureAnalysis) -> QualityAssessment {
        guard picture.faces.count == 1, let face = picture.faces.first else {
            let code: QualityDefect.Code = picture.faces.isEmpty ? .noFace : .severalFaces
            return QualityAssessment(
                components: [Self.presence(in: picture)],
                defects: [QualityDefect(code, measured: Double(picture.faces.count), limit: 1)],
                advice: []
            )
        }
        var components = [Self.presence(in: picture)]
        var defects: [QualityDefect] = []
        var advice: [QualityDefect] = []
        for measure in QualityMeasure.allCases where measure != .singleFacePresent {
            let raw = measure.definition.raw(of: face, in: picture)
            let limit = self[measure]
            let compared = measure.definition.limited(raw)
            let missed = limit?.missed(by: compared)
            var verdict = QualityComponent.Verdict.passed
            if let limit, let missed, let number = limit.number(at: missed) {
                let fault = measure.definition.defect(of: face, in: picture, missed: missed)
                let defect = QualityDefect(fault.code, measured: compared, limit: number, direction: fault.direction)
                verdict = limit.isAdvisory ? .advised : .refused
                if limit.isAdvisory { advice.append(defect) } else { defects.append(defect) }
            }
            components.append(QualityComponent(measure: measure, raw: raw, limit: limit, verdict: verdict))
        }
        let told = Self.eachCauseOnce(defects, known: [])
        return QualityAssessment(
            components: components,
            defects: told,
            advice: Self.eachCauseOnce(advice, known: told.map(\.code))
        )
    }

    private static func presence(in picture: PictureAnalysis) -> QualityComponent {
        let raw = SingleFacePresent.raw(in: picture)
        return QualityComponent(
            measure: .singleFacePresent,
            raw: raw,
            limit: QualityLimit(atMost: 0),
            verdict: picture.faces.count == 1 ? .passed : .refused
        )
    }

    /// Leaves out what is said already, and what only follows from it: a person can cure a cause, not its signs.
    private static func eachCauseOnce(_ defects: [QualityDefect], known: [QualityDefect.Code]) -> [QualityDefect] {
        let present = Set(known + defects.map(\.code))
        var told = Set(known)
        return defects.filter { defect in
            present.isDisjoint(with: defect.code.causes) && told.insert(defect.code).inserted
        }
    }
}

extension QualityDefect.Code {
    /// Other faults that bring this one about.
    fileprivate var causes: [QualityDefect.Code] {
        switch self {
        // Whose face is cut is also near the edge.
        case .faceNearEdge: [.faceCutByEdge]
        // A face in the dark, or burnt out, has few levels left.
        case .faceTooFlat: [.faceTooDark, .faceTooBright]
        // Features are weak in a blurred picture and out of place on a turned head.
        case .eyesCovered, .mouthCovered: [.faceBlurred, .faceTooDark, .faceTooBright, .faceCutByEdge, .headTurned]
        case .faceCovered: [.faceBlurred, .faceCutByEdge, .eyesCovered, .mouthCovered, .headTurned]
        default: []
        }
    }
}
