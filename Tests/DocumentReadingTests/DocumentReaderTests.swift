import Accounts
import FaceAnalysis
import Foundation
import IdentityDocuments
import TestSupport
import Testing

@testable import DocumentReading

@Suite("C4 Reading the machine-readable zone from a picture")
struct DocumentReaderTests {
    private static let day = CalendarDay("2026-03-02")
    private static let specimens = ["td3", "td1", "russian-passport"]

    private func reader(_ limit: Duration = .seconds(30)) throws -> DocumentReader {
        try DocumentReader(models: ProjectFiles.models, limit: limit)
    }

    @Test("A drawn zone is read letter by letter", arguments: specimens, Shot.allCases)
    func specimen(_ name: String, _ shot: Shot) async throws {
        let day = try #require(Self.day)
        let file = try shot.picture(of: Specimen.raster(name))
        let reading = try #require(try await reader().read(file, on: day), "no zone was read")
        #expect(reading.isSound)
        #expect(try reading.zone?.lines == Specimen.lines(name))
    }

    @Test("A letter that was painted over gives no zone, or the right one", arguments: specimens)
    func damaged(_ name: String) async throws {
        let day = try #require(Self.day)
        let clean = try Specimen.raster(name)
        // The lower line's beginning is covered with dark stripes.
        let damaged = PictureRaster(width: clean.width, height: clean.height) { x, y in
            y > clean.height * 3 / 4 && x / 12 % 3 == 0 && x < clean.width / 2 ? SIMD3(30, 30, 30) : clean[x, y]
        }
        let reading = try await reader().read(try damaged.jpeg(quality: 90), on: day)
        #expect(reading == nil)
    }

    @Test("What shows no zone gives none", arguments: ["obama", "biden"])
    func face(_ name: String) async throws {
        let day = try #require(Self.day)
        #expect(try await reader().read(try ProjectFiles.photograph(name), on: day) == nil)
        #expect(try await reader().read(DrawnPNG.ramp(), on: day) == nil)
    }

    @Test("A file that is no picture is an error with a code", arguments: [Data(), Data("no picture".utf8)])
    func broken(_ file: Data) async throws {
        let day = try #require(Self.day)
        let reader = try reader()
        await #expect { try await reader.read(file, on: day) } throws: { error in
            (error as? DocumentReadingError)?.code.rawValue.hasPrefix("picture_") == true
        }
    }

    @Test("When the time is up the picture counts as not read")
    func deadline() async throws {
        let day = try #require(Self.day)
        let file = try Shot.upright.picture(of: Specimen.raster("td3"))
        #expect(try await reader(.zero).read(file, on: day) == nil)
    }

    @Test("A picture full of lines that nobody can read ends when the time is up", .timeLimit(.minutes(1)))
    func hardPicture() async throws {
        let day = try #require(Self.day)
        let page = try Specimen.raster("td3")
        // The zone's lower line, twelve times: each is read, and no two of them are a zone.
        let line = 783..<847
        let hard = PictureRaster(width: page.width, height: 12 * line.count) { x, y in
            page[x, line.lowerBound + y % line.count]
        }
        let file = try hard.jpeg(quality: 90)
        guard let engine = TesseractEngine(model: try Self.model()) else {
            Issue.record("tesseract does not take the model")
            return
        }
        let reader = LineReader(engine: engine)
        let grey = GreyPicture(try PictureRaster(decoding: file))
        // It is hard: after twenty questions there is more to try, and then nothing more is cut.
        var questions = 0
        let search = ZoneSearch(day: day) {
            questions += 1
            return questions > 20
        }
        #expect(search.read(grey, by: reader) == nil)
        #expect((21...24).contains(questions), "\(questions)")

        #expect(try await self.reader(.seconds(1)).read(file, on: day) == nil)
    }

    private static func model() throws -> Data {
        try Data(contentsOf: ProjectFiles.models.appending(path: DocumentReader.modelFile))
    }

    @Test("A picture that is too small, too large or cut short ends at once", arguments: 1...3)
    func sizes(_ number: Int) async throws {
        let day = try #require(Self.day)
        let reader = try reader()
        switch number {
        case 1:
            for (width, height) in [(1, 1), (15, 15), (900, 2), (2, 900)] {
                let file = try PictureRaster(width: width, height: height, red: 200).jpeg(quality: 90)
                // Too small for the decoder, or nothing to be found: never a zone.
                let reading = try? await reader.read(file, on: day)
                #expect(reading == nil)
            }
        case 2:
            let large = try PictureRaster(width: 17_000, height: 20).jpeg(quality: 50)
            await #expect { try await reader.read(large, on: day) } throws: { error in
                (error as? DocumentReadingError)?.code.rawValue.hasPrefix("picture_") == true
            }
        default:
            let whole = try Shot.upright.picture(of: Specimen.raster("td1"))
            let reading = try? await reader.read(whole.prefix(whole.count / 3), on: day)
            #expect(reading == nil)
        }
    }

    @Test("Beyond those that may wait a picture is refused as busy")
    func busy() async throws {
        let day = try #require(Self.day)
        let reader = try DocumentReader(models: ProjectFiles.models, mostWaiting: 0)
        await #expect(throws: DocumentReadingError(.busy, "")) {
            try await reader.read(DrawnPNG.ramp(), on: day)
        }
    }

    @Test("A model that is missing or another one is refused")
    func model() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "models-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(
            at: folder.appending(path: "weights"),
            withIntermediateDirectories: true
        )
        #expect(throws: DocumentReadingError(.modelUnusable, "")) { try DocumentReader(models: folder) }
        try Data("another model".utf8).write(to: folder.appending(path: DocumentReader.modelFile))
        #expect(throws: DocumentReadingError(.modelUnusable, "")) { try DocumentReader(models: folder) }
        let manifest = try ProjectFiles.contents("Models/manifest.json")
        #expect(String(decoding: manifest, as: UTF8.self).contains(DocumentReader.modelDigest))
    }
}
