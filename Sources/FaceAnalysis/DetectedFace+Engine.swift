import Biometrics
import CFaceEngine

extension afe_face {
    var area: Float { (right - left) * (bottom - top) }
}

extension DetectedFace {
    init(_ face: afe_face, in info: afe_image_info, appearance: FaceAppearance?, template: FaceTemplate?) {
        let width = Int(info.width)
        let height = Int(info.height)
        box = PictureRectangle(left: face.left, top: face.top, right: face.right, bottom: face.bottom)
        landmarks = FaceLandmarks(
            leftEye: PicturePoint(face.landmarks.0),
            rightEye: PicturePoint(face.landmarks.1),
            nose: PicturePoint(face.landmarks.2),
            leftMouth: PicturePoint(face.landmarks.3),
            rightMouth: PicturePoint(face.landmarks.4)
        )
        confidence = face.score
        boxOutside = box.shareOutside(width: width, height: height)
        chipOutside = face.chip_outside
        margin = box.margin(width: width, height: height)
        self.appearance = appearance
        self.template = template
    }
}

extension PicturePoint {
    fileprivate init(_ point: afe_point) {
        self.init(x: point.x, y: point.y)
    }
}
