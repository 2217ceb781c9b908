package import Foundation

/// The pictures of one identification as they are kept: one as the file that came, several as JSON with all of them,
/// because everything that a candidate uploads for identification is kept (S1 6.9).
package struct PictureArchive: Codable, Equatable, Sendable {
    /// The pictures in the order in which they came.
    package var pictures: [Picture]

    /// One picture.
    package struct Picture: Codable, Equatable, Sendable {
        /// When it was taken by the device's clock, in milliseconds from an origin of the device's own.
        package var capturedAtMs: Int64?
        /// The file.
        package var file: Data

        /// Creates a value.
        package init(capturedAtMs: Int64? = nil, file: Data) {
            self.capturedAtMs = capturedAtMs
            self.file = file
        }
    }

    /// An archive of pictures.
    package init(_ pictures: [Picture]) {
        self.pictures = pictures
    }

    /// The bytes to seal and to keep.
    package func encoded() throws -> Data {
        if pictures.count == 1, pictures[0].capturedAtMs == nil { return pictures[0].file }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return try encoder.encode(self)
    }

    /// Reads what ``encoded()`` made.
    ///
    /// - Throws: `DecodingError` where the bytes begin like an archive and are none.
    package init(decoding bytes: Data) throws {
        // No picture format begins with a brace.
        guard bytes.first == UInt8(ascii: "{") else {
            self.init([Picture(file: bytes)])
            return
        }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        self = try decoder.decode(PictureArchive.self, from: bytes)
    }
}
