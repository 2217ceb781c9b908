import Biometrics
import FaceAnalysis
import Foundation
import Testing

@Suite("Photographs")
struct PhotographTests {
    static let portraits = ["obama", "obama2", "obama3", "biden"]
    static let cut = ["obama_partial_face", "obama_partial_face2"]

    @Test("the same president matches himself and no other, for every pair")
    func allPairs() async throws {
        let analyzer = try Support.analyzer()
        var templates: [(name: String, template: FaceTemplate)] = []
        for name in Self.portraits {
            let analysis = try await analyzer.analyze(Support.photograph(name))
            templates.append((name, try #require(analysis.template, "\(name) has \(analysis.faces.count) faces")))
        }
        for (index, one) in templates.enumerated() {
            for other in templates.dropFirst(index + 1) {
                let comparison = try analyzer.comparator.compare(reference: one.template, probe: other.template)
                let isSame = one.name.prefix(5) == other.name.prefix(5)
                #expect(
                    comparison.decision == (isSame ? .match : .nonMatch),
                    "\(one.name) and \(other.name) are \(comparison.distance) apart"
                )
                #expect(!comparison.isSuspectedCopy)
                #expect(isSame ? comparison.distance < 0.32 : comparison.distance > 0.52)
            }
        }
    }

    @Test(
        "an official photograph is accepted as a probe, and as a portrait unless the head is turned",
        arguments: portraits
    )
    func accepted(_ name: String) async throws {
        let analysis = try await Support.analyzer().analyze(Support.photograph(name))
        let probe = PictureRequirements.probe.assess(analysis)
        #expect(probe.isAccepted, "\(probe.defects)")
        let portrait = PictureRequirements.portrait.assess(analysis)
        // On this one the president looks past the camera by some 20 degrees.
        #expect(portrait.defects.map(\.code) == (name == "obama2" ? [.headTurned] : []))
        let face = try #require(analysis.faces.first)
        #expect(face.chipOutside == 0)
        #expect(face.boxOutside == 0)
        #expect(face.interEyeDistance > 100)
    }

    @Test("a face that the edge cuts is refused for that reason alone", arguments: cut)
    func cutByEdge(_ name: String) async throws {
        let analysis = try await Support.analyzer().analyze(Support.photograph(name))
        for requirements in [PictureRequirements.portrait, .probe] {
            let defects = requirements.assess(analysis).defects
            #expect(defects.map(\.code) == [.faceCutByEdge])
            let defect = try #require(defects.first)
            #expect(defect.measured > 0.2)
            #expect(defect.measured > defect.limit)
        }
    }

    @Test("the right size, light and time are reported")
    func facts() async throws {
        let analysis = try await Support.analyzer().analyze(Support.photograph("obama"))
        #expect(analysis.width == 910)
        #expect(analysis.height == 1137)
        #expect(analysis.faces.count == 1)
        let face = try #require(analysis.largestFace)
        #expect(face.landmarks.leftEye.x < face.landmarks.rightEye.x)
        #expect(face.landmarks.leftEye.y < face.landmarks.nose.y)
        #expect(face.landmarks.nose.y < face.landmarks.leftMouth.y)
        #expect(face.box.left < face.landmarks.leftEye.x && face.landmarks.rightEye.x < face.box.right)
        let appearance = try #require(face.appearance)
        #expect((100...180).contains(appearance.brightness))
        #expect(analysis.timings.insideNetworks > .zero)
        #expect(analysis.timings.total > analysis.timings.insideNetworks)
    }

    @Test("no template is made unless asked for")
    func embedModes() async throws {
        let analyzer = try Support.analyzer()
        let photograph = try Support.photograph("obama")
        let none = try await analyzer.analyze(photograph, embed: .none)
        #expect(none.faces.count == 1)
        #expect(none.template == nil)
        #expect(none.timings.embedForward == .zero)
        let largest = try await analyzer.analyze(photograph, embed: .largest)
        let only = try await analyzer.analyze(photograph, embed: .onlyFace)
        #expect(largest.template != nil)
        #expect(largest.template == only.template)
        #expect(only.template?.modelID == analyzer.modelID)
    }

    @Test("pictures of other sizes in between change nothing")
    func sizesDoNotInterfere() async throws {
        let analyzer = try Support.analyzer()
        var first: [String: [DetectedFace]] = [:]
        for round in 0..<3 {
            for name in Self.portraits + Self.cut {
                let faces = try await analyzer.analyze(Support.photograph(name)).faces
                #expect(first[name, default: faces] == faces, "\(name), round \(round)")
                first[name] = faces
            }
        }
    }
}
