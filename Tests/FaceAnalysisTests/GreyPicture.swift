import FaceAnalysis
import Foundation

/// A grey picture that tests draw and degrade, handed to the engine as a PGM file so that no compression interferes.
struct GreyPicture: Sendable {
    var width: Int
    var height: Int
    var luminance: [Float]

    init(width: Int, height: Int, _ luminance: (Float, Float) -> Float) {
        self.width = width
        self.height = height
        self.luminance = (0..<width * height).map { luminance(Float($0 % width), Float($0 / width)) }
    }

    /// A sample photograph with its longer side at 500 pixels.
    init(photograph: String) throws {
        let whole = try PictureRaster(decoding: Support.photograph(photograph))
        let scale = 500 / Float(max(whole.width, whole.height))
        let raster = try whole.resized(
            width: Int(Float(whole.width) * scale),
            height: Int(Float(whole.height) * scale)
        )
        let pixels = raster.pixels
        width = raster.width
        height = raster.height
        luminance = (0..<width * height).map { index in
            let red = 0.299 * Float(pixels[3 * index])
            let green = 0.587 * Float(pixels[3 * index + 1])
            return red + green + 0.114 * Float(pixels[3 * index + 2])
        }
    }

    /// The picture as a binary PGM file.
    var file: Data {
        Data("P5\n\(width) \(height)\n255\n".utf8) + Data(luminance.map { UInt8(min(255, max(0, $0.rounded()))) })
    }

    /// The picture with each value changed by place.
    func map(_ change: (Float, Float, Float) -> Float) -> GreyPicture {
        var changed = self
        for index in luminance.indices {
            changed.luminance[index] = change(luminance[index], Float(index % width), Float(index / width))
        }
        return changed
    }

    /// The picture averaged over squares of `2 radius + 1` pixels, twice.
    func blurred(radius: Int) -> GreyPicture {
        guard radius > 0 else { return self }
        var result = self
        for _ in 0..<2 {
            result = result.averaged(radius: radius, count: width, step: 1, lines: height, lineStep: width)
            result = result.averaged(radius: radius, count: height, step: width, lines: width, lineStep: 1)
        }
        return result
    }

    private func averaged(radius: Int, count: Int, step: Int, lines: Int, lineStep: Int) -> GreyPicture {
        var result = self
        for line in 0..<lines {
            func value(_ index: Int) -> Float { luminance[line * lineStep + min(count - 1, max(0, index)) * step] }
            var sum = (-radius...radius).reduce(Float(0)) { $0 + value($1) }
            for index in 0..<count {
                result.luminance[line * lineStep + index * step] = sum / Float(2 * radius + 1)
                sum += value(index + radius + 1) - value(index - radius)
            }
        }
        return result
    }

    /// The picture without what lies outside the given columns and rows.
    func cropped(left: Int = 0, top: Int = 0, right: Int? = nil, bottom: Int? = nil) -> GreyPicture {
        let (right, bottom) = (right ?? width, bottom ?? height)
        return GreyPicture(width: right - left, height: bottom - top) { x, y in
            luminance[(top + Int(y)) * width + left + Int(x)]
        }
    }
}

/// What can be done to a face whose eyes are known. Strength 0 changes nothing.
enum Degradation: String, CaseIterable, Sendable {
    case darkness, glare, blur, fog, sideLight, coveredEyes, coveredMouth

    func apply(_ strength: Float, to picture: GreyPicture, _ face: FaceLandmarks) -> GreyPicture {
        let span = face.interEyeDistance
        let eyes = PicturePoint(
            x: (face.leftEye.x + face.rightEye.x) / 2,
            y: (face.leftEye.y + face.rightEye.y) / 2
        )
        // Cloth or a hand, a little brighter on one side.
        func cover(_ x: Float) -> Float { 120 + 20 * (x - eyes.x) / span }
        switch self {
        case .darkness: return picture.map { value, _, _ in value * (1 - strength) }
        case .glare: return picture.map { value, _, _ in value * (1 + 4 * strength) }
        case .blur: return picture.blurred(radius: Int((strength * span / 8).rounded()))
        case .fog: return picture.map { value, _, _ in value + strength * (128 - value) }
        case .sideLight:
            return picture.map { value, x, _ in value * (1 - strength / (1 + exp(-6 * (x - eyes.x) / span))) }
        case .coveredEyes:
            return picture.map { value, x, y in
                let isCovered = abs(x - eyes.x) < span && abs(y - eyes.y) < span / 4
                return isCovered ? value + strength * (cover(x) - value) : value
            }
        case .coveredMouth:
            let mouth = (face.leftMouth.y + face.rightMouth.y) / 2
            return picture.map { value, x, y in
                let isCovered = abs(x - eyes.x) < span && abs(y - mouth) < span / 2
                return isCovered ? value + strength * (cover(x) - value) : value
            }
        }
    }

    /// The measure that is to notice it, and the word that is to be told.
    var noticedBy: (measure: QualityMeasure, code: QualityDefect.Code) {
        switch self {
        case .darkness: (.luminanceMean, .faceTooDark)
        case .glare: (.overExposurePrevention, .faceTooBright)
        case .blur: (.sharpness, .faceBlurred)
        case .fog: (.dynamicRange, .faceTooFlat)
        case .sideLight: (.illuminationUniformity, .lightUneven)
        case .coveredEyes: (.eyesVisible, .eyesCovered)
        case .coveredMouth: (.mouthOcclusionPrevention, .mouthCovered)
        }
    }
}
