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
