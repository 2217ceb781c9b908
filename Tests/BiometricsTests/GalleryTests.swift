import Biometrics
import Dispatch
import Foundation
import Testing

@Suite("Gallery")
struct GalleryTests {
    @Test("takes identifiers of sixteen bytes and numbers")
    func identifiers() throws {
        let bytes = (0..<16).map { UInt8($0 * 16) }
        let identifier = try #require(ReferenceIdentifier(bytes: bytes))
        #expect(identifier.bytes == bytes)
        #expect(identifier.number == ReferenceIdentifier(bytes: bytes[...])?.number)
        #expect(ReferenceIdentifier(7).bytes == [UInt8](repeating: 0, count: 15) + [7])
        #expect(ReferenceIdentifier(.max).number == .max)
        #expect(ReferenceIdentifier(1) < ReferenceIdentifier(256))
        #expect(ReferenceIdentifier(.max) < identifier)
        #expect(ReferenceIdentifier(bytes: bytes.dropLast()) == nil)
        #expect(ReferenceIdentifier(bytes: bytes + [0]) == nil)
    }

    @Test("refuses a template of another model or length, and one that is there, and changes nothing")
    func refusals() throws {
        let templates = try GallerySamples.templates(.random, count: 4, dimension: 2)
        let gallery = try GallerySamples.gallery(of: templates)
        let new = ReferenceIdentifier(99)
        #expect(throws: BiometricsError(.modelMismatch, "")) {
            try gallery.append(FaceTemplate(modelID: "other", values: [1, 0]), as: new)
        }
        #expect(throws: BiometricsError(.lengthMismatch, "")) {
            try gallery.append(FaceTemplate(modelID: "m", values: [1, 0, 0]), as: new)
        }
        #expect(throws: BiometricsError(.referenceExists, "")) {
            try gallery.append(contentsOf: [(new, templates[0]), (GallerySamples.identifier(2), templates[1])])
        }
        #expect(throws: BiometricsError(.referenceExists, "")) {
            try gallery.append(contentsOf: [(new, templates[0]), (new, templates[1])])
        }
        #expect(gallery.count == 4)
        #expect(!gallery.contains(new))
        #expect(gallery.contains(GallerySamples.identifier(2)))
        try gallery.append(templates[0], as: new)
        #expect(gallery.contains(new))
    }

    @Test("takes no vector with a value that is no number: it is no template")
    func notANumber() {
        #expect(throws: BiometricsError(.templateInvalid, "")) {
            try FaceTemplate(modelID: "m", values: [.nan, 1])
        }
    }

    @Test("takes as many references as it was made for")
    func capacity() throws {
        let templates = try GallerySamples.templates(.random, count: 4, dimension: 3)
        let gallery = try TemplateGallery(modelID: "m", dimension: 3, capacity: 3)
        for index in 0..<3 { try gallery.append(templates[index], as: GallerySamples.identifier(index)) }
        #expect(throws: BiometricsError(.galleryFull, "")) {
            try gallery.append(templates[3], as: GallerySamples.identifier(3))
        }
        try gallery.remove(GallerySamples.identifier(0))
        try gallery.append(templates[3], as: GallerySamples.identifier(3))
        #expect(gallery.count == 3)
    }

    @Test("removes the first, the last and those between; what is left is found, what is gone is not")
    func removal() throws {
        let templates = try GallerySamples.templates(.clustered, count: 60, dimension: 16)
        let gallery = try GallerySamples.gallery(of: templates)
        var left = Set(0..<60)
        for index in [0, 59, 30, 31, 1, 58, 7] {
            #expect(try gallery.remove(GallerySamples.identifier(index)))
            #expect(try !gallery.remove(GallerySamples.identifier(index)))
            #expect(!gallery.contains(GallerySamples.identifier(index)))
            left.remove(index)
            for method in TemplateGallery.SearchMethod.allCases {
                let found = try gallery.search(templates[index], limit: 60, method: method)
                let expected = try GallerySamples.bruteForce(templates[index], templates, limit: 60).filter { key in
                    left.contains { GallerySamples.identifier($0) == key.identifier }
                }
                #expect(found.keys == expected)
            }
        }
        for index in left { try gallery.remove(GallerySamples.identifier(index)) }
        #expect(gallery.count == 0)
        #expect(try gallery.search(templates[0]).candidates.isEmpty)
    }

    @Test("wipes what is removed")
    func wiping() throws {
        let templates = try GallerySamples.templates(.random, count: 3, dimension: 16)
        let gallery = try GallerySamples.gallery(of: templates)
        let rest = gallery.withRows { rows in UnsafeRawBufferPointer(start: rows.baseAddress, count: rows.count) }
        for index in 0..<3 { try gallery.remove(GallerySamples.identifier(index)) }
        #expect(rest.count == 3 * 64)
        #expect(rest.allSatisfy { $0 == 0 })
        withExtendedLifetime(gallery) {}
    }

    @Test("never prints a value")
    func description() throws {
        let gallery = try GallerySamples.gallery(of: GallerySamples.templates(.random, count: 2, dimension: 4))
        #expect("\(gallery)" == "TemplateGallery(m, 2 references)")
    }

    @Test("is searched by many threads while references come and go")
    func concurrency() throws {
        let templates = try GallerySamples.templates(.random, count: 400, dimension: 16)
        let gallery = try GallerySamples.gallery(of: Array(templates[..<100]), threads: 2)
        let course = Course(searchers: 3)
        let queue = DispatchQueue(label: "gallery-test", attributes: .concurrent)
        let group = DispatchGroup()
        queue.async(group: group) {
            course.noting { for index in 100..<400 { try gallery.append(templates[index], as: Self.name(index)) } }
        }
        queue.async(group: group) {
            course.noting {
                // Those from 50 on go and come back for as long as anyone searches.
                while course.isSearching {
                    for index in 50..<100 { try gallery.remove(Self.name(index)) }
                    for index in 50..<100 { try gallery.append(templates[index], as: Self.name(index)) }
                }
            }
        }
        for _ in 0..<3 {
            queue.async(group: group) {
                course.noting { for index in 0..<50 { try Self.search(index, templates, gallery, course) } }
                course.searcherEnds()
            }
        }
        group.wait()
        #expect(course.faults.isEmpty)
        #expect(gallery.count == 400)
        let expected = try GallerySamples.bruteForce(templates[250], templates, limit: 400)
        #expect(try gallery.search(templates[250], limit: 400).keys == expected)
    }

    private static func name(_ index: Int) -> ReferenceIdentifier { GallerySamples.identifier(index) }

    /// Searches for a template that is never removed, and checks every score that is returned.
    private static func search(
        _ index: Int,
        _ templates: [FaceTemplate],
        _ gallery: TemplateGallery,
        _ course: Course
    ) throws {
        let list = try gallery.search(templates[index], limit: 200)
        if list.candidates.first?.identifier != name(index) { course.note("\(index) was not found") }
        let indices = Dictionary(uniqueKeysWithValues: templates.indices.map { (name($0), $0) })
        for candidate in list.candidates {
            let other = indices[candidate.identifier].map { templates[$0] }
            let score = try other.map { try ComparisonScore(templates[index], $0) }
            if score != candidate.score { course.note("a score belongs to another reference") }
        }
        if Set(list.candidates.map(\.identifier)).count != list.candidates.count {
            course.note("a reference was found twice")
        }
    }

    /// Who is still searching, and what went wrong on other threads.
    private final class Course: @unchecked Sendable {
        private let lock = NSLock()
        private var searchers: Int
        private var notes: [String] = []

        init(searchers: Int) { self.searchers = searchers }

        var isSearching: Bool { lock.withLock { searchers > 0 } }

        func searcherEnds() { lock.withLock { searchers -= 1 } }

        func note(_ text: String) { lock.withLock { notes.append(text) } }

        func noting(_ body: () throws -> Void) {
            do { try body() } catch { note("\(error)") }
        }

        var faults: [String] { lock.withLock { notes } }
    }
}
