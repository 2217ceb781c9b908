import Foundation

/// A bank sorted for drawing: the candidates of each section, and which sections each question fits.
struct SectionPool {
    /// The questions by (identifier bytes, version), of each identifier the highest version only.
    let questions: [QuestionSummary]
    /// For each section the indices of the questions it accepts, ascending.
    let candidates: [[Int32]]
    /// For each question the class of questions that fit the same sections.
    let classOf: [Int32]
    /// For each class the sections it fits, as bits.
    let masks: [UInt64]
    /// For each class how many questions it has.
    let sizes: [Int]
    /// Needs of the sections against the sizes of the classes.
    let allocation: SectionAllocation

    /// - Precondition: at most ``Blueprint/sectionLimit`` sections.
    init(sections: [BlueprintSection], bank: [QuestionSummary]) {
        precondition(sections.count <= Blueprint.sectionLimit, "The sections are bits of a mask")
        let questions = Self.sorted(bank)
        var candidates = [[Int32]](repeating: [], count: sections.count)
        var classByMask: [UInt64: Int32] = [:]
        var masks: [UInt64] = []
        var sizes: [Int] = []
        var classOf: [Int32] = []
        classOf.reserveCapacity(questions.count)
        for (index, question) in questions.enumerated() {
            var mask: UInt64 = 0
            for (number, section) in sections.enumerated() where section.accepts(question) {
                mask |= 1 << UInt64(number)
                candidates[number].append(Int32(index))
            }
            if let known = classByMask[mask] {
                classOf.append(known)
                sizes[Int(known)] += 1
            } else {
                let new = Int32(masks.count)
                classByMask[mask] = new
                classOf.append(new)
                masks.append(mask)
                sizes.append(1)
            }
        }
        self.questions = questions
        self.candidates = candidates
        self.classOf = classOf
        self.masks = masks
        self.sizes = sizes
        allocation = SectionAllocation(needs: sections.map { max($0.count, 0) }, sizes: sizes, masks: masks)
    }

    /// The bank in the one order that storage cannot change.
    static func sorted(_ bank: [QuestionSummary]) -> [QuestionSummary] {
        let keyed = bank.map { question in
            let bytes = question.id.uuid
            func word(_ bytes: UInt8...) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
            let high = word(bytes.0, bytes.1, bytes.2, bytes.3, bytes.4, bytes.5, bytes.6, bytes.7)
            let low = word(bytes.8, bytes.9, bytes.10, bytes.11, bytes.12, bytes.13, bytes.14, bytes.15)
            return (high, low, question)
        }
        let sorted = keyed.sorted { ($0.0, $0.1, $0.2.version) < ($1.0, $1.1, $1.2.version) }
        var result: [QuestionSummary] = []
        result.reserveCapacity(sorted.count)
        for (_, _, question) in sorted {
            if result.last?.id == question.id { result.removeLast() }
            result.append(question)
        }
        return result
    }
}
