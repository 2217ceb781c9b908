import Cryptography
public import FaceAnalysis
public import Foundation

/// The persons of an evaluation, chosen among the pictures of a folder.
public struct PresentationSubjects: Sendable {
    /// The persons, in the order drawn.
    public let subjects: [PresentationSubject]
    /// How many are compared with another picture of theirs.
    public let withOtherReference: Int
    /// Persons passed over, by reason.
    public let passedOver: [String: Int]
    /// SHA-256 over the names and contents of the pictures.
    public let dataDigest: String

    /// Draws persons from a folder that has a folder for each, or one picture of each.
    ///
    /// A picture is used when it shows one face from the front and whole: from others no head could be drawn that
    /// turns to both sides.
    ///
    /// - Parameters:
    ///   - most: how many persons at most.
    ///   - skipping: how many usable persons are left out first, such as those that limits were set on.
    ///   - seed: the same seed draws the same persons.
    /// - Throws: `EvaluationError` where fewer than two persons can be used or a picture cannot be read.
    public static func draw(
        from root: URL,
        most: Int,
        skipping: Int = 0,
        seed: UInt64,
        analyzer: FaceAnalyzer,
        progress: @Sendable (Int) -> Void
    ) async throws -> PresentationSubjects {
        var draws = SeededDraws(seed, 3)
        let people = try self.people(in: root).shuffled(using: &draws)
        var subjects: [PresentationSubject] = []
        var skipped = 0
        var withOther = 0
        var passedOver: [String: Int] = [:]
        for pictures in people where subjects.count < most {
            do throws(Unusable) {
                let (subject, hasOther) = try await subject(pictures, analyzer)
                guard skipped >= skipping else {
                    skipped += 1
                    continue
                }
                subjects.append(subject)
                withOther += hasOther ? 1 : 0
                progress(subjects.count)
            } catch {
                passedOver[error.reason, default: 0] += 1
            }
        }
        guard subjects.count > 1 else {
            throw EvaluationError("\(root.path) has not two persons with a frontal picture of one face")
        }
        let manifest = subjects.map { "\($0.name) \(SHA256Digest.hash($0.picture).hex)" }.sorted()
        return PresentationSubjects(
            subjects: subjects,
            withOtherReference: withOther,
            passedOver: passedOver,
            dataDigest: SHA256Digest.hash(utf8: manifest.joined(separator: "\n")).hex
        )
    }

    private struct Unusable: Error {
        var reason: String
    }

    /// The pictures of each person.
    private static func people(in root: URL) throws -> [[URL]] {
        let manager = FileManager.default
        guard let names = try? manager.contentsOfDirectory(atPath: root.path).sorted() else {
            throw EvaluationError("cannot read the folder \(root.path)")
        }
        return names.compactMap { name in
            let entry = root.appending(path: name)
            if isPicture(name) { return [entry] }
            guard let files = try? manager.contentsOfDirectory(atPath: entry.path) else { return nil }
            let pictures = files.filter(isPicture).sorted().map { entry.appending(path: $0) }
            return pictures.isEmpty ? nil : pictures
        }
    }

    private static func isPicture(_ name: String) -> Bool {
        ["jpg", "jpeg", "png", "pgm"].contains(name.split(separator: ".").last?.lowercased())
    }

    /// The first usable picture is drawn; the next one with a face is the reference.
    private static func subject(
        _ pictures: [URL],
        _ analyzer: FaceAnalyzer
    ) async throws(Unusable) -> (PresentationSubject, hasOtherReference: Bool) {
        var drawn: (name: String, file: Data, face: DetectedFace)?
        var other: DetectedFace?
        var reason = "no_picture"
        for picture in pictures {
            guard let file = FileManager.default.contents(atPath: picture.path) else {
                throw Unusable(reason: "unreadable")
            }
            let analysis: PictureAnalysis
            do {
                analysis = try await analyzer.analyze(file, embed: .onlyFace)
            } catch {
                reason = error.code.rawValue
                continue
            }
            if drawn == nil, let face = analysis.faces.first {
                if let defect = defect(of: analysis, face) {
                    reason = defect
                } else {
                    drawn = (picture.lastPathComponent, file, face)
                    continue
                }
            }
            if other == nil, analysis.template != nil { other = analysis.faces.first }
            if drawn != nil, other != nil { break }
        }
        guard let drawn, let reference = other?.template ?? drawn.face.template else { throw Unusable(reason: reason) }
        let subject = PresentationSubject(
            name: drawn.name,
            picture: drawn.file,
            landmarks: drawn.face.landmarks,
            reference: reference
        )
        // A person in the background may be found only at the size at which the picture is presented.
        guard let preview = try? PresentationActor(subject, seed: 0).preview(),
            let seen = try? await analyzer.analyze(preview, embed: .none), seen.faces.count == 1
        else { throw Unusable(reason: "several_faces") }
        return (subject, other != nil)
    }

    private static func defect(of analysis: PictureAnalysis, _ face: DetectedFace) -> String? {
        let pose = face.pose
        if analysis.faces.count > 1 { return "several_faces" }
        if face.interEyeDistance < 25 { return "face_too_small" }
        if face.chipOutside > 0 { return "face_cut_by_edge" }
        if abs(pose.yaw) > 8 || abs(pose.roll) > 15 || FaceFrame(face.landmarks) == nil { return "not_frontal" }
        return nil
    }
}
