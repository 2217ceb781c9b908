import Foundation
import Workflows

/// Several pictures in one request, as JSON: browsers make them of canvases, and one request is one thing that happens
/// wholly or not at all.
struct PictureSetBody: Decodable {
    var pictures: [Data]

    /// One picture as it stands in JSON: a JPEG or PNG file in base64.
    static let picture = Schema.text(4...(4 * mostPictureBytes / 3 + 4), example: "/9j/4AAQSkZJRgABAQ…")

    /// Live frames are small: a camera's 1280 × 720 as JPEG has about 100 kB.
    static let mostPictureBytes = 1024 * 1024

    /// The set's shape.
    static func schema(_ count: ClosedRange<Int>, _ summary: String) -> Schema {
        .object([.init("pictures", .array(of: picture, count: count), summary)])
    }

    /// How large a body with so many pictures may be.
    static func maximumBytes(_ pictures: Int) -> Int { min(24, pictures * 3 / 2) * 1024 * 1024 }
}
