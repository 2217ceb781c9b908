import Biometrics
import Foundation
import Testing

@Suite("Gallery file")
struct GalleryFileTests {
    /// Runs `body` with a path in a folder of its own, which is removed.
    static func withPath<Result>(_ body: (String) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "gallery-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder.appending(path: "gallery").path)
    }

    @Test("is read back as it was written, and is only read", arguments: [0, 1, 300], [3, 128])
    func roundTrip(_ count: Int, _ dimension: Int) throws {
        let templates = try GallerySamples.templates(.random, count: max(1, count), dimension: dimension)
        let gallery = try TemplateGallery(modelID: "m", dimension: dimension)
        try gallery.append(
            contentsOf: templates.prefix(count).enumerated().map { (GallerySamples.identifier($0.offset), $0.element) }
        )
        try Self.withPath { path in
            try gallery.write(to: path)
            let rights = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(rights == 0o600)
            for compact in [true, false] {
                let opened = try TemplateGallery(contentsOf: path, modelID: "m", compact: compact)
                #expect(opened.count == count)
                #expect(opened.dimension == dimension)
                #expect(opened.isReadOnly)
                #expect(try opened.search(templates[0], limit: 9).keys == gallery.search(templates[0], limit: 9).keys)
                #expect(opened.contains(GallerySamples.identifier(0)) == (count > 0))
                #expect(throws: BiometricsError(.galleryReadOnly, "")) {
                    try opened.append(templates[0], as: ReferenceIdentifier(99_999))
                }
                #expect(throws: BiometricsError(.galleryReadOnly, "")) {
                    try opened.remove(GallerySamples.identifier(0))
                }
            }
            // A second time it replaces the first, and nothing else is left in the folder.
            try gallery.write(to: path)
            let folder = URL(filePath: path).deletingLastPathComponent().path
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["gallery"])
        }
    }

    @Test("of another model is refused")
    func otherModel() throws {
        try Self.withPath { path in
            try Self.sample().write(to: path)
            #expect(throws: BiometricsError(.modelMismatch, "")) {
                try TemplateGallery(contentsOf: path, modelID: "other")
            }
        }
    }

    @Test(
        "cut short or lengthened is refused",
        arguments: [-1, -64, -4096, -5000, .min, 1, 4096]
    )
    func wrongSize(_ change: Int) throws {
        try Self.expectCorrupt { data in
            if change > 0 {
                data.append(contentsOf: [UInt8](repeating: 0, count: change))
            } else {
                data = change == .min ? Data() : data.dropLast(-change)
            }
        }
    }

    @Test(
        "with one bit turned is refused, wherever it is",
        arguments: [0, 3, 8, 12, 16, 23, 24, 28, 32, 33, 300, 4095, 4096, 4111, 5000, 8192, 8260, 8192 + 5 * 64 - 1]
    )
    func damage(_ offset: Int) throws {
        try Self.expectCorrupt { data in data[data.startIndex + offset] ^= 0x10 }
    }

    @Test("of an unknown layout is refused as such")
    func newerVersion() throws {
        try Self.withPath { path in
            try Self.sample().write(to: path)
            var data = try Data(contentsOf: URL(filePath: path))
            data[4] = 2
            try data.write(to: URL(filePath: path))
            #expect(throws: BiometricsError(.galleryVersionUnknown, "")) {
                try TemplateGallery(contentsOf: path, modelID: "m")
            }
        }
    }

    @Test("with a value that is no number, or two equal identifiers, is refused although its check sums are right")
    func wellFormedNonsense() throws {
        try Self.expectCorrupt { data in
            data.replaceSubrange(8192..<8196, with: [0, 0, 0xC0, 0x7F])
            Self.seal(&data)
        }
        try Self.expectCorrupt { data in
            data.replaceSubrange(4096..<4112, with: data[4112..<4128])
            Self.seal(&data)
        }
        try Self.expectCorrupt { data in
            // Behind the three values of the first row.
            data[8192 + 12] = 1
            Self.seal(&data)
        }
    }

    @Test("that is not there, or a folder, is refused")
    func missing() throws {
        try Self.withPath { path in
            #expect(throws: BiometricsError(.galleryUnavailable, "")) {
                try TemplateGallery(contentsOf: path, modelID: "m")
            }
            let folder = URL(filePath: path).deletingLastPathComponent().path
            #expect(throws: BiometricsError(.galleryCorrupt, "")) {
                try TemplateGallery(contentsOf: folder, modelID: "m")
            }
            #expect(throws: BiometricsError(.galleryUnavailable, "")) {
                try Self.sample().write(to: path + "/no/such/folder")
            }
        }
    }

    /// Five references of three values: the identifiers at 4096, the rows of 64 bytes at 8192.
    private static func sample() throws -> TemplateGallery {
        try GallerySamples.gallery(of: GallerySamples.templates(.random, count: 5, dimension: 3))
    }

    private static func expectCorrupt(_ change: (inout Data) -> Void) throws {
        try withPath { path in
            try sample().write(to: path)
            var data = try Data(contentsOf: URL(filePath: path))
            change(&data)
            try data.write(to: URL(filePath: path))
            #expect(throws: BiometricsError(.galleryCorrupt, "")) {
                try TemplateGallery(contentsOf: path, modelID: "m")
            }
        }
    }

    /// Writes the right check sums into a changed file.
    private static func seal(_ data: inout Data) {
        func checksum(_ bytes: Data) -> [UInt8] {
            var rest = ~UInt32(0)
            for byte in bytes {
                rest ^= UInt32(byte)
                for _ in 0..<8 { rest = rest & 1 == 1 ? rest >> 1 ^ 0xEDB8_8320 : rest >> 1 }
            }
            let sum = ~rest
            return (0..<4).map { UInt8(truncatingIfNeeded: sum >> UInt32(8 * $0)) }
        }
        data.replaceSubrange(24..<28, with: checksum(data[4096..<8192]))
        data.replaceSubrange(28..<32, with: checksum(data[8192...]))
        data.replaceSubrange(4092..<4096, with: checksum(data[..<4092]))
    }
}
