import Dispatch
import FaceAnalysis
import Foundation

/// Makes sure that a file is a picture that can be shown, without looking for faces in it.
enum PictureCheck {
    /// One picture at a time, off the tasks' threads.
    private static let queue = DispatchQueue(label: "attestd.picture-check")

    /// Checks a file under the caps that all pictures have.
    ///
    /// - Throws: `Refusal` that says what is wrong with it.
    static func check(_ file: Data) async throws {
        let error = await withCheckedContinuation { (continuation: CheckedContinuation<FaceAnalysisError?, Never>) in
            queue.async {
                do throws(FaceAnalysisError) {
                    _ = try PictureRaster(decoding: file)
                    continuation.resume(returning: nil)
                } catch {
                    continuation.resume(returning: error)
                }
            }
        }
        if let error { throw Refusal.picture(error) }
    }
}
