import Foundation
import HTTPServer

/// What kind of file some bytes are, as far as browsers may show it; told by the bytes, never by a name. Vector graphics
/// are not among them: they may carry programs.
enum FileKind: CaseIterable {
    case jpeg, png, gif, webp, pdf, other

    init(_ bytes: Data) {
        let known: [(FileKind, [UInt8])] = [
            (.jpeg, [0xFF, 0xD8, 0xFF]), (.png, [0x89, 0x50, 0x4E, 0x47]), (.gif, Array("GIF8".utf8)),
            (.pdf, Array("%PDF-".utf8)),
        ]
        if let kind = known.first(where: { bytes.starts(with: $0.1) })?.0 {
            self = kind
        } else {
            let isWebP = bytes.starts(with: Array("RIFF".utf8)) && bytes.dropFirst(8).starts(with: Array("WEBP".utf8))
            self = isWebP ? .webp : .other
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
