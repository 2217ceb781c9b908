import Attestation
import Foundation
import HTTPServer

/// What kind of file some bytes are, as far as browsers may show it. Vector graphics are not among them: they may carry
/// programs.
enum FileKind: CaseIterable {
    case jpeg, png, gif, webp, pdf, other

    init(_ bytes: Data) {
        self =
            switch ContentKind(bytes) {
            case .jpeg: .jpeg
            case .png: .png
            case .gif: .gif
            case .webp: .webp
            case .pdf: .pdf
            case .zip, .compound, .rtf, .other: .other
            }
    }

    var mediaType: String {
        switch self {
        case .jpeg: "image/jpeg"
        case .png: "image/png"
        case .gif: "image/gif"
        case .webp: "image/webp"
        case .pdf: "application/pdf"
        case .other: "application/octet-stream"
        }
    }
}

extension Answer {
    /// A file that somebody else made: pictures may be shown, everything else is only saved.
    static func file(_ bytes: Data) -> Answer {
        let kind = FileKind(bytes)
        let isPicture = kind != .pdf && kind != .other
        return Answer(
            status: .ok,
            headers: [("Content-Disposition", isPicture ? "inline" : "attachment")],
            body: .raw(bytes, type: kind.mediaType)
        )
    }
}
