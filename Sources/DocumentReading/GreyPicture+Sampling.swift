import Foundation

extension GreyPicture {
    /// Values on a grid that lies anywhere in the picture, each the mean of as many places as the grid is coarser than the
    /// pixels; beyond the edges the edge continues.
    ///
    /// - Parameters:
    ///   - x: The middle of the grid.
    ///   - y: The middle of the grid.
    ///   - right: The step to the next column.
    ///   - down: The step to the next row.
    func grid(
        columns: Int,
        rows: Int,
        x: Double,
        y: Double,
        right: SIMD2<Double>,
        down: SIMD2<Double>
    ) -> [Float] {
        let step = max(hypot(right.x, right.y), hypot(down.x, down.y))
        let parts = min(4, max(1, Int(step.rounded())))
        var values = [Float](repeating: 0, count: columns * rows)
        let start =
            SIMD2(x, y) - right * (Double(columns - 1) / 2) - down * (Double(rows - 1) / 2)
        let fractions = (0..<parts).map { (Double($0) + 0.5) / Double(parts) - 0.5 }
        let share = 1 / Float(parts * parts)
        pixels.withUnsafeBufferPointer { pixels in
            for row in 0..<rows {
                for column in 0..<columns {
                    let middle = start + right * Double(column) + down * Double(row)
                    var sum: Float = 0
                    for fraction in fractions {
                        for other in fractions {
                            let place = middle + right * fraction + down * other
                            sum += sample(pixels, Float(place.x), Float(place.y))
                        }
                    }
                    values[row * columns + column] = sum * share
                }
            }
        }
        return values
    }

    private func sample(_ pixels: UnsafeBufferPointer<UInt8>, _ x: Float, _ y: Float) -> Float {
        let column = min(max(x, 0), Float(width - 1))
        let row = min(max(y, 0), Float(height - 1))
        let (left, top) = (Int(column), Int(row))
        let (right, bottom) = (min(left + 1, width - 1), min(top + 1, height - 1))
        let (across, down) = (column - Float(left), row - Float(top))
        let upper = Float(pixels[top * width + left]) * (1 - across) + Float(pixels[top * width + right]) * across
        let lower = Float(pixels[bottom * width + left]) * (1 - across) + Float(pixels[bottom * width + right]) * across
        return upper * (1 - down) + lower * down
    }
}
