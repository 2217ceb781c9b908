public import Foundation
public import IdentityDocuments

import Dispatch
import FaceAnalysis
import Synchronization

/// Reads the machine-readable zone from a picture of a document (C4).
///
/// Pictures are decoded by the decoder of `FaceAnalysis` with its limits; leptonica sees pixels only. One
/// reader works on a queue of its own; so many pictures may wait for it.
public final class DocumentReader: Sendable {
    private let queue = DispatchQueue(label: "document-reading.worker")
    private let reader: LineReader
    private let waiting = Mutex(0)
    private let mostWaiting: Int
    private let limit: Duration

    /// Makes a reader.
    ///
    /// - Parameters:
    ///   - mostWaiting: Pictures beyond this many are refused as `busy`.
    ///   - limit: After so long a picture counts as not read.
    public init(mostWaiting: Int = 8, limit: Duration = .seconds(5)) {
        reader = LineReader(classifier: .ocrB)
        self.mostWaiting = mostWaiting
        self.limit = limit
    }

    /// Reads the zone of a JPEG or PNG file; `nil` where none was found of which all check digits agree: then a person
    /// types it.
    ///
    /// - Parameter day: The day on which it is read, which tells what centuries are meant.
    /// - Throws: `busy`, or a `picture_…` code of the decoder.
    public func read(_ picture: Data, on day: CalendarDate) async throws(DocumentReadingError) -> MRZReading? {
        let isFull = waiting.withLock { count in
            guard count < mostWaiting else { return true }
            count += 1
            return false
        }
        guard !isFull else { throw DocumentReadingError(.busy, "\(mostWaiting) pictures are waiting already") }
        let result = await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: self.result(picture, on: day)) }
        }
        waiting.withLock { $0 -= 1 }
        return try result.get()
    }

    private func result(_ picture: Data, on day: CalendarDate) -> Result<MRZReading?, DocumentReadingError> {
        do {
            let grey = GreyPicture(try PictureRaster(decoding: picture))
            let search = ZoneSearch(day: day, deadline: .now + limit)
            return .success(search.read(grey, by: reader))
        } catch {
            return .failure(DocumentReadingError(.init(rawValue: error.code.rawValue), error.reason))
        }
    }
}
