import FaceAnalysis
import Foundation
import Testing

@Suite("Quality measures")
struct QualityMeasureTests {
    @Test(
        "raw numbers map to component values as in ISO/IEC 29794-5 and OFIQ",
        arguments: [
            (.singleFacePresent, 0, 100), (.singleFacePresent, 1, 0), (.singleFacePresent, 0.3, 70),
            (.interEyeDistance, 70, 50), (.interEyeDistance, 90, 73), (.interEyeDistance, 200, 100),
            (.interEyeDistance, 0, 3), (.faceOutsidePicture, 0, 100), (.faceOutsidePicture, 0.25, 75),
            (.leftwardCrop, 0.9, 50), (.rightwardCrop, 1.4, 99), (.marginAbove, 1.4, 50), (.marginBelow, 1.8, 50),
            (.headPoseYaw, 0, 100), (.headPoseYaw, -60, 25), (.headPoseYaw, 60, 25), (.headPosePitch, 30, 75),
            (.headPoseRoll, 45, 50), (.headPoseRoll, 180, 0), (.luminanceMean, 128, 100), (.luminanceMean, 51, 50),
            (.luminanceMean, 204, 50), (.underExposurePrevention, 0, 100), (.underExposurePrevention, 0.92, 40),
            (.underExposurePrevention, 1, 0), (.overExposurePrevention, 0, 100), (.overExposurePrevention, 0.04, 20),
            (.overExposurePrevention, 1, 1), (.dynamicRange, 8, 100), (.dynamicRange, 4, 50),
            (.illuminationUniformity, 1, 100), (.illuminationUniformity, 0.1, 50), (.illuminationUniformity, 0, 0),
            (.sharpness, 0.1, 50), (.sharpness, 1, 100), (.faceOcclusionPrevention, 0.9, 100),
            (.faceOcclusionPrevention, 0.5, 0), (.eyesVisible, 0, 0), (.eyesVisible, 1, 100),
            (.mouthOcclusionPrevention, 0, 0), (.backgroundUniformity, 25, 50), (.backgroundUniformity, 0, 92),
        ] as [(QualityMeasure, Double, Int)]
    )
    func values(_ measure: QualityMeasure, _ raw: Double, _ value: Int) {
        #expect(measure.value(of: raw) == value)
    }

    @Test("whatever the number, a value is 0 to 100, and 0 for what is none", arguments: QualityMeasure.allCases)
    func clamped(_ measure: QualityMeasure) {
        for raw in [-.infinity, -1000, -1, 0, 0.5, 1, 90, 1000, .infinity] as [Double] {
            #expect((0...100).contains(measure.value(of: raw)))
        }
        #expect(measure.value(of: .nan) == 0)
        #expect(!measure.unit.isEmpty)
    }

    @Test("the names are the standard's, in lower case")
    func names() {
        #expect(Set(QualityMeasure.allCases.map(\.name)).count == QualityMeasure.allCases.count)
        for name in [
            "single_face_present", "inter_eye_distance", "leftward_crop_of_the_face_image",
            "margin_above_of_the_face_image", "head_pose_yaw", "under_exposure_prevention",
            "illumination_uniformity", "background_uniformity",
        ] { #expect(QualityMeasure(rawValue: name) != nil) }
    }

    @Test("the room around a face is counted in its own size")
    func margins() throws {
        for eyes in [50, 100] as [Float] {
            let sitter = PictureRequirementsTests.Sitter(eyes: eyes, x: 2 * eyes, y: 3 * eyes)
            let analysis = PictureRequirementsTests.analysis([sitter.face])
            let assessment = PictureRequirements.portrait.assess(analysis)
            #expect(abs(try #require(assessment[.leftwardCrop]).raw - 1.5) < 0.01)
            // The chin is 1.72 times as far below the eyes as the mouth, which is 1.0317 below them.
            #expect(abs(try #require(assessment[.marginAbove]).raw - 3 / (1.72 * 1.0317)) < 0.01)
        }
    }
}
