/// The best monotone calibration there is in hindsight (pool adjacent violators; Ayer et al. 1955).
enum PoolAdjacentViolators {
    private struct Block {
        var mated: Double
        var weight: Double
        var count: Int

        var share: Double { mated / weight }
    }

    /// The share of mated comparisons that falls with the distance and fits best, for each score in the order given.
    static func shares(of scores: [WeightedScore]) -> [Double] {
        let order = scores.indices.sorted { scores[$0].distance < scores[$1].distance }
        var blocks: [Block] = []
        var index = 0
        while index < order.count {
            // Equal distances cannot have different shares.
            var block = Block(mated: 0, weight: 0, count: 0)
            let distance = scores[order[index]].distance
            while index < order.count, scores[order[index]].distance == distance {
                let score = scores[order[index]]
                block.mated += score.isMated ? score.weight : 0
                block.weight += score.weight
                block.count += 1
                index += 1
            }
            blocks.append(block)
            while blocks.count > 1, blocks[blocks.count - 2].share <= blocks[blocks.count - 1].share {
                let last = blocks.removeLast()
                blocks[blocks.count - 1].mated += last.mated
                blocks[blocks.count - 1].weight += last.weight
                blocks[blocks.count - 1].count += last.count
            }
        }
        var shares = [Double](repeating: 0, count: scores.count)
        var place = 0
        for block in blocks {
            for offset in 0..<block.count { shares[order[place + offset]] = block.share }
            place += block.count
        }
        return shares
    }
}
