/// Triangles over a grid of corners that are stored row by row.
enum Grid {
    /// Two triangles for each cell that is to be there; all by default.
    static func triangles(
        columns: Int,
        rows: Int,
        where isThere: (_ column: Int, _ row: Int) -> Bool = { _, _ in true }
    ) -> [UInt32] {
        var triangles: [UInt32] = []
        triangles.reserveCapacity(max(0, columns - 1) * max(0, rows - 1) * 6)
        for row in 0..<max(0, rows - 1) {
            for column in 0..<max(0, columns - 1) where isThere(column, row) {
                let corner = UInt32(row * columns + column)
                let below = corner + UInt32(columns)
                triangles += [corner, corner + 1, below, corner + 1, below + 1, below]
            }
        }
        return triangles
    }

    /// Places from `-end` to `end`: steps of `fine` up to `border` on both sides, then growing ones.
    static func places(fine: Double, from low: Double, to high: Double, end: Double) -> [Double] {
        var places = Array(stride(from: low, through: high, by: fine))
        var step = fine
        while let last = places.last, last < end {
            step *= 1.35
            places.append(min(end, last + step))
        }
        step = fine
        while let first = places.first, first > -end {
            step *= 1.35
            places.insert(max(-end, first - step), at: 0)
        }
        return places
    }
}
