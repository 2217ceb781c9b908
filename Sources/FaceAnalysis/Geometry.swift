/// A point in an upright picture, in pixels from the left and from the top.
public struct PicturePoint: Equatable, Hashable, Sendable, Codable {
    /// Pixels from the left edge; negative outside the picture.
    public var x: Float
    /// Pixels from the top edge; negative outside the picture.
    public var y: Float

    /// Makes a point.
    public init(x: Float, y: Float) {
        self.x = x
        self.y = y
    }

    /// The distance of two points in pixels.
    public func distance(to other: PicturePoint) -> Float {
        ((x - other.x) * (x - other.x) + (y - other.y) * (y - other.y)).squareRoot()
    }

    func middle(to other: PicturePoint) -> PicturePoint {
        PicturePoint(x: (x + other.x) / 2, y: (y + other.y) / 2)
    }
}

/// An upright rectangle in a picture, in pixels; it may reach outside the picture.
public struct PictureRectangle: Equatable, Hashable, Sendable, Codable {
    /// The left edge.
    public var left: Float
    /// The upper edge.
    public var top: Float
    /// The right edge.
    public var right: Float
    /// The lower edge.
    public var bottom: Float

    /// Makes a rectangle.
    public init(left: Float, top: Float, right: Float, bottom: Float) {
        self.left = left
        self.top = top
        self.right = right
        self.bottom = bottom
    }

    /// The width in pixels.
    public var width: Float { right - left }
    /// The height in pixels.
    public var height: Float { bottom - top }
    /// The area in square pixels.
    public var area: Float { max(0, width) * max(0, height) }

    /// The share of the area, 0 to 1, that lies outside a picture of the given size.
    public func shareOutside(width pictureWidth: Int, height pictureHeight: Int) -> Float {
        guard area > 0 else { return 1 }
        let inside = PictureRectangle(
            left: max(0, left),
            top: max(0, top),
            right: min(Float(pictureWidth), right),
            bottom: min(Float(pictureHeight), bottom)
        )
        return 1 - inside.area / area
    }

    /// The distance in pixels to the nearest edge of a picture of the given size; negative when it reaches outside.
    public func margin(width pictureWidth: Int, height pictureHeight: Int) -> Float {
        min(left, top, Float(pictureWidth) - right, Float(pictureHeight) - bottom)
    }
}

/// Five points of a face; left and right as seen in the picture.
public struct FaceLandmarks: Equatable, Hashable, Sendable, Codable {
    /// The centre of the eye on the left side of the picture.
    public var leftEye: PicturePoint
    /// The centre of the eye on the right side of the picture.
    public var rightEye: PicturePoint
    /// The tip of the nose.
    public var nose: PicturePoint
    /// The corner of the mouth on the left side of the picture.
    public var leftMouth: PicturePoint
    /// The corner of the mouth on the right side of the picture.
    public var rightMouth: PicturePoint

    /// Makes landmarks.
    public init(
        leftEye: PicturePoint,
        rightEye: PicturePoint,
        nose: PicturePoint,
        leftMouth: PicturePoint,
        rightMouth: PicturePoint
    ) {
        self.leftEye = leftEye
        self.rightEye = rightEye
        self.nose = nose
        self.leftMouth = leftMouth
        self.rightMouth = rightMouth
    }

    /// The distance of the eyes' centres in pixels.
    public var interEyeDistance: Float { leftEye.distance(to: rightEye) }
}
