/// Whether the needs of sections that share questions can be met together.
///
/// Questions that fit the same sections are interchangeable, so the matter is a flow from sections to a handful of
/// classes; its size does not depend on the bank.
struct SectionAllocation {
    /// Sections that need more questions than there are for them.
    struct Shortage {
        /// The sections, from 0.
        var sections: [Int]
        /// What they need together.
        var needed: Int
        /// How many questions fit at least one of them.
        var available: Int
    }

    /// What each section still needs.
    private(set) var needs: [Int]
    /// How many questions of each class are left.
    private(set) var sizes: [Int]
    /// For each class the sections it fits, as bits.
    private let masks: [UInt64]

    init(needs: [Int], sizes: [Int], masks: [UInt64]) {
        self.needs = needs
        self.sizes = sizes
        self.masks = masks
    }

    /// Gives a question of class `number` to `section` when the rest of the needs can still be met; says whether.
    mutating func take(class number: Int, for section: Int) -> Bool {
        let open = needs.indices.reduce(UInt64(0)) { needs[$1] > 0 ? $0 | 1 << UInt64($1) : $0 }
        needs[section] -= 1
        sizes[number] -= 1
        // A question that no other open section could use takes nothing from any.
        if masks[number] & open & ~(1 << UInt64(section)) == 0 || shortage() == nil { return true }
        needs[section] += 1
        sizes[number] += 1
        return false
    }

    /// Takes a question of class `number` away without giving it to a need, when all needs can still be met; says whether.
    mutating func spend(class number: Int) -> Bool {
        let open = needs.indices.reduce(UInt64(0)) { needs[$1] > 0 ? $0 | 1 << UInt64($1) : $0 }
        sizes[number] -= 1
        if masks[number] & open == 0 || shortage() == nil { return true }
        sizes[number] += 1
        return false
    }

    /// The sections that cannot be satisfied together; nil when all can.
    func shortage() -> Shortage? {
        var flow = [[Int]](repeating: [Int](repeating: 0, count: sizes.count), count: needs.count)
        var left = sizes
        for section in needs.indices {
            var open = needs[section]
            while open > 0 {
                guard let moved = augment(from: section, limit: open, &flow, &left) else {
                    return cut(from: section, flow, left)
                }
                open -= moved
            }
        }
        return nil
    }

    /// Finds a shortest chain of exchanges that frees questions for `start` and makes it; nil when there is none.
    private func augment(from start: Int, limit: Int, _ flow: inout [[Int]], _ left: inout [Int]) -> Int? {
        let (classFrom, sectionFrom, end) = search(from: start, flow, left)
        guard var number = end else { return nil }
        // The way back: class ← section ← class …; each class takes from the section that held it.
        var amount = min(limit, left[number])
        var probe = number
        while let section = classFrom[probe], section != start, let previous = sectionFrom[section] {
            amount = min(amount, flow[section][previous])
            probe = previous
        }
        left[number] -= amount
        while let section = classFrom[number] {
            flow[section][number] += amount
            guard section != start, let previous = sectionFrom[section] else { break }
            flow[section][previous] -= amount
            number = previous
        }
        return amount
    }

    /// Breadth-first search over exchanges; `end` is a class with questions left.
    private func search(
        from start: Int,
        _ flow: [[Int]],
        _ left: [Int]
    ) -> (classFrom: [Int?], sectionFrom: [Int?], end: Int?) {
        var classFrom = [Int?](repeating: nil, count: sizes.count)
        var sectionFrom = [Int?](repeating: nil, count: needs.count)
        var queue = [start]
        var next = 0
        while next < queue.count {
            let section = queue[next]
            next += 1
            for number in sizes.indices where classFrom[number] == nil && masks[number] & 1 << UInt64(section) != 0 {
                classFrom[number] = section
                if left[number] > 0 { return (classFrom, sectionFrom, number) }
                for holder in needs.indices where flow[holder][number] > 0 && holder != start {
                    guard sectionFrom[holder] == nil else { continue }
                    sectionFrom[holder] = number
                    queue.append(holder)
                }
            }
        }
        return (classFrom, sectionFrom, nil)
    }

    /// The sections that compete with `start`, by the theorem of König and Hall.
    private func cut(from start: Int, _ flow: [[Int]], _ left: [Int]) -> Shortage {
        let (classFrom, sectionFrom, _) = search(from: start, flow, left)
        let sections = needs.indices.filter { $0 == start || sectionFrom[$0] != nil }
        return Shortage(
            sections: sections,
            needed: sections.reduce(0) { $0 + needs[$1] },
            available: sizes.indices.reduce(0) { classFrom[$1] == nil ? $0 : $0 + sizes[$1] }
        )
    }
}
