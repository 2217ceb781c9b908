/// A projective map of the plane that takes four given points to four others.
struct Homography: Sendable {
    /// Row by row; the ninth coefficient is 1.
    private let coefficients: [Double]

    /// Solves for the map; `nil` where three points are in line, or a coordinate is not finite.
    init?(from sources: [Vector], to targets: [Vector]) {
        var rows: [[Double]] = []
        for (source, target) in zip(sources, targets) {
            rows.append([
                source.x, source.y, 1, 0, 0, 0, -source.x * target.x, -source.y * target.x, target.x,
            ])
            rows.append([
                0, 0, 0, source.x, source.y, 1, -source.x * target.y, -source.y * target.y, target.y,
            ])
        }
        guard rows.count == 8, let solved = Self.solve(rows) else { return nil }
        coefficients = solved
    }

    /// Where a point goes; `nil` at infinity or behind it.
    func apply(to point: Vector) -> Vector? {
        let c = coefficients
        let depth = c[6] * point.x + c[7] * point.y + 1
        guard depth > 1e-6 else { return nil }
        let mapped =
            Vector(c[0] * point.x + c[1] * point.y + c[2], c[3] * point.x + c[4] * point.y + c[5]) / depth
        return mapped.isFinite ? mapped : nil
    }

    /// Gauss's elimination with the largest pivot.
    private static func solve(_ system: [[Double]]) -> [Double]? {
        var rows = system
        let count = rows.count
        for column in 0..<count {
            guard let pivot = (column..<count).max(by: { abs(rows[$0][column]) < abs(rows[$1][column]) }),
                abs(rows[pivot][column]) > 1e-9
            else { return nil }
            rows.swapAt(column, pivot)
            for row in 0..<count where row != column {
                let factor = rows[row][column] / rows[column][column]
                guard factor != 0 else { continue }
                for place in column...count { rows[row][place] -= factor * rows[column][place] }
            }
        }
        let solved = (0..<count).map { rows[$0][count] / rows[$0][$0] }
        return solved.allSatisfy(\.isFinite) ? solved : nil
    }
}
