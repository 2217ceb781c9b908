import FaceAnalysis

/// A picture laid out in the millimetres of its face, with its surroundings continued beyond its edges.
struct FaceCanvas: Sendable {
    /// How far the canvas reaches from between the eyes, millimetres.
    static let reach = 330.0
    /// Pixels a millimetre; what a camera sees at half a metre.
    static let scale = 1.6

    let texture: PictureRaster

    /// Where a place in millimetres from between the eyes lies in the texture.
    static func pixel(x: Double, y: Double) -> PicturePoint {
        PicturePoint(x: Float((x + reach) * scale), y: Float((y + reach) * scale))
    }

    init(_ picture: PictureRaster, frame: FaceFrame) throws(FaceAnalysisError) {
        let side = Int(2 * Self.reach * Self.scale)
        var canvas = PictureRaster(width: side, height: side)
        // The canvas' corners and the picture's both as places in millimetres; drawn as flat meshes at one distance.
        let factor = min(4, max(0.25, Self.scale / frame.scale))
        let source = try picture.resized(
            width: max(2, Int((Double(picture.width) * factor).rounded())),
            height: max(2, Int((Double(picture.height) * factor).rounded()))
        )
        let coarse = try picture.resized(width: 6, height: 6)
        var depths = [Float](repeating: .infinity, count: side * side)
        let steps = stride(from: -Self.reach, through: Self.reach, by: Self.reach / 2).map { $0 }
        // What is beyond the picture is only a blur of it: clear repetitions would be further faces.
        for (texture, depth) in [(coarse, Float(2)), (source, 1)] {
            let (x, y) = (Float(texture.width) / Float(picture.width), Float(texture.height) / Float(picture.height))
            let isWhole = depth == 1
            var corners: [TexturedMesh.Corner] = []
            for row in isWhole ? [0, 1] : steps {
                for column in isWhole ? [0, 1] : steps {
                    let place: PicturePoint
                    let pixel: PicturePoint
                    if isWhole {
                        pixel = PicturePoint(
                            x: Float(column) * Float(picture.width - 1),
                            y: Float(row) * Float(picture.height - 1)
                        )
                        let millimetres = frame.millimetres(of: pixel)
                        place = Self.pixel(x: millimetres.x, y: millimetres.y)
                    } else {
                        pixel = frame.pixel(x: column, y: row)
                        place = Self.pixel(x: column, y: row)
                    }
                    corners.append(
                        TexturedMesh.Corner(
                            x: place.x,
                            y: place.y,
                            depth: depth,
                            u: (pixel.x + 0.5) * x - 0.5,
                            v: (pixel.y + 0.5) * y - 0.5
                        )
                    )
                }
            }
            let side = isWhole ? 2 : steps.count
            let mesh = TexturedMesh(corners: corners, triangles: Grid.triangles(columns: side, rows: side))
            try canvas.draw(mesh, texture: texture, depths: &depths)
        }
        texture = canvas
    }
}
