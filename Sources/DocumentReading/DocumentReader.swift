public import Accounts
import Cryptography
import Dispatch
import FaceAnalysis
public import Foundation
public import IdentityDocuments
import Synchronization

/// Reads the machine-readable zone from a picture of a document (C4).
///
/// Pictures are decoded by the decoder of `FaceAnalysis` with its limits (bytes, pixels, sides), and shrunk until no side
/// is longer than 2 560 pixels; leptonica and tesseract see pixels only. One reader works on a queue of its own; so many
/// pictures may wait for it. Nothing of a picture is kept.
///
/// A reading is a suggestion: a person always compares it with the document. Check digits protect numbers and dates, but
/// not names.
public final class DocumentReader: Sendable {
    private let worker: Worker
    private let waiting = Mutex(0)
    private let mostWaiting: Int
    private let limit: Duration

    /// The model's file in the directory of models.
    public static let modelFile = "weights/mrz.traineddata"
    /// Its SHA-256, as in `Models/manifest.json`.
    static let modelDigest = "e44f5b7a6bdd3f382ef3bfa84ee0057f5897946a84a094c26910e0a124f3a9bd"

    /// Loads and verifies the model.
    ///
    /// - Parameters:
    ///   - models: The directory of models.
    ///   - mostWaiting: Pictures beyond this many, with the one that is being read, are refused as `busy`; so nobody waits
    ///     longer than so many times the limit.
    ///   - limit: After so long a picture counts as not read; the cut that is being read then is finished first.
    /// - Throws: `model_unusable` where the model is missing or another one.
    public init(
        models: URL,
        mostWaiting: Int = 4,
        limit: Duration = .seconds(5)
    ) throws(DocumentReadingError) {
        let file = models.appending(path: Self.modelFile)
        guard let model = try? Data(contentsOf: file) else {
            throw DocumentReadingError(.modelUnusable, "\(file.path) cannot be read: run Config/setup")
        }
        guard SHA256Digest.hash([UInt8](model)).hex == Self.modelDigest else {
            throw DocumentReadingError(.modelUnusable, "\(file.path) is not the model that was measured")
        }
        guard let engine = TesseractEngine(model: model) else {
            throw DocumentReadingError(.modelUnusable, "tesseract does not take \(file.path)")
        }
        worker = Worker(LineReader(engine: engine))
        self.mostWaiting = mostWaiting
        self.limit = limit
    }

    /// Reads the zone of a JPEG or PNG file; `nil` where none was found of which all check digits agree: then a person
    /// types it.
    ///
    /// - Parameter day: The day on which it is read, which tells what centuries are meant.
    /// - Throws: `busy`, or a `picture_…` code of the decoder.
    public func read(_ picture: Data, on day: CalendarDay) async throws(DocumentReadingError) -> MRZReading? {
        let isFull = waiting.withLock { count in
            guard count < mostWaiting else { return true }
            count += 1
            return false
        }
        guard !isFull else { throw DocumentReadingError(.busy, "\(mostWaiting) pictures are waiting already") }
        let result = await worker.read(picture, on: day, limit: limit)
        waiting.withLock { $0 -= 1 }
        return try result.get()
    }
}

/// Owns the engine, and runs it on one queue only: tesseract's engines are not made for several threads.
private final class Worker: @unchecked Sendable {
    private let queue = DispatchQueue(label: "document-reading.worker")
    private let reader: LineReader

    init(_ reader: consuming LineReader) {
        self.reader = reader
    }

    func read(
        _ picture: Data,
        on day: CalendarDay,
        limit: Duration
    ) async -> Result<MRZReading?, DocumentReadingError> {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: self.result(picture, on: day, limit: limit)) }
        }
    }

    private func result(
        _ picture: Data,
        on day: CalendarDay,
        limit: Duration
    ) -> Result<MRZReading?, DocumentReadingError> {
        do {
            let grey = GreyPicture(try PictureRaster(decoding: picture))
            let deadline = ContinuousClock.now + limit
            let search = ZoneSearch(day: day, isTimeUp: { ContinuousClock.now >= deadline })
            return .success(search.read(grey, by: reader))
        } catch {
            return .failure(DocumentReadingError(.init(rawValue: error.code.rawValue), error.reason))
        }
    }
}
