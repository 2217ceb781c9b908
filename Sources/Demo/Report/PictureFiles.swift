import Foundation

/// The photographs as they stand on disk, for embedding.
struct PictureFiles: Sendable {
    let folder: URL

    /// The definitions of all pictures: each stands once in the page, however often it is shown.
    func definitions(_ faces: [Picture: JSON]) -> String {
        let images = Picture.allCases.compactMap { picture -> String? in
            guard let sheet = FaceSheet(faces[picture]),
                let data = try? Data(contentsOf: folder.appending(path: picture.rawValue))
            else { return nil }
            return "<image id=\"\(Self.identifier(picture))\" width=\"\(Int(sheet.width))\" "
                + "height=\"\(Int(sheet.height))\" href=\"data:image/jpeg;base64,\(data.base64EncodedString())\"/>"
        }
        return "<svg class=\"definitions\" width=\"0\" height=\"0\" aria-hidden=\"true\"><defs>"
            + images.joined(separator: "\n") + Self.hatching + "</defs></svg>"
    }

    static func identifier(_ picture: Picture) -> String { "picture-\(picture)" }

    /// Marks what lies outside a picture.
    private static let hatching =
        "<pattern id=\"outside\" width=\"14\" height=\"14\" patternUnits=\"userSpaceOnUse\" "
        + "patternTransform=\"rotate(45)\"><line y2=\"14\" class=\"hatch\"/></pattern>"
}
