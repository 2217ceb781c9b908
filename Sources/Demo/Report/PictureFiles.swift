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

/// What the detector found in a picture: sizes and places in pixels.
struct FaceSheet: Sendable {
    var width: Double
    var height: Double
    var left: Double
    var top: Double
    var right: Double
    var bottom: Double
    var landmarks: [(x: Double, y: Double)]
    var confidence: Double
    var interEyeDistance: Double

    /// Reads what `attestd faces` prints; `nil` where there is no face.
    init?(_ json: JSON?) {
        guard let json, let face = json["faces"].elements.first, let width = json["width"].number,
            let height = json["height"].number, let left = face["box"]["left"].number,
            let top = face["box"]["top"].number, let right = face["box"]["right"].number,
            let bottom = face["box"]["bottom"].number
        else { return nil }
        (self.width, self.height) = (width, height)
        (self.left, self.top, self.right, self.bottom) = (left, top, right, bottom)
        landmarks = ["left_eye", "right_eye", "nose", "left_mouth", "right_mouth"].compactMap { name in
            let point = face["landmarks"][name]
            guard let x = point["x"].number, let y = point["y"].number else { return nil }
            return (x, y)
        }
        confidence = face["confidence"].number ?? 0
        interEyeDistance = face["inter_eye_distance"].number ?? 0
    }
}
