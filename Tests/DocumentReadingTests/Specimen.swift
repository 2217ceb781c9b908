import FaceAnalysis
import Foundation
import TestSupport

/// The drawings that `Specimens/draw.py` makes.
enum Specimen {
    private static let folder = "Tests/DocumentReadingTests/Specimens"

    static func raster(_ name: String) throws -> PictureRaster {
        try PictureRaster(decoding: ProjectFiles.contents("\(folder)/\(name).png"))
    }

    /// The zone's lines, as drawn.
    static func lines(_ name: String) throws -> [String] {
        String(decoding: try ProjectFiles.contents("\(folder)/\(name).txt"), as: UTF8.self)
            .split(separator: "\n").map(String.init)
    }
}

/// Ways to photograph a page; the same every time.
enum Shot: String, CaseIterable {
    case upright, tilted, upsideDown, turned, dim

    func picture(of page: PictureRaster) throws -> Data {
        let (width, height) = (Float(page.width), Float(page.height))
        // A table of dark grey around the page.
        let side = self == .turned ? (page.height + 200, page.width + 200) : (page.width + 200, page.height + 200)
        let angle: Float =
            switch self {
            case .upright: 0
            case .tilted, .dim: 0.05
            case .upsideDown: .pi + 0.02
            case .turned: .pi / 2
            }
        let lean: Float = self == .tilted ? 0.08 : 0
        var picture = PictureRaster(width: side.0, height: side.1) { column, row in
            let x = Float(column) - Float(side.0) / 2
            let y = Float(row) - Float(side.1) / 2
            // Farther from the camera towards the right.
            let far = 1 + lean * x / width
            let left = (x * cos(angle) + y * sin(angle)) * far + width / 2
            let top = (y * cos(angle) - x * sin(angle)) * far + height / 2
            guard left >= 0, top >= 0, left < width, top < height else { return SIMD3(90, 90, 90) }
            return page.sample(x: left, y: top)
        }
        let isDim = self == .dim
        picture.expose(gain: isDim ? 0.4 : 1, readNoise: isDim ? 3 : 2, shotNoise: 0, seed: 7)
        return try picture.jpeg(quality: 85)
    }
}
