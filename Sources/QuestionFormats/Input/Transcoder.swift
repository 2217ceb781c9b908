import Glibc

/// Turns bytes of some encoding into UTF-8, piece by piece, with the C library's iconv.
///
/// What is no character becomes U+FFFD, so that nothing is dropped without a trace.
final class Transcoder {
    private let handle: iconv_t
    private var pending: [UInt8] = []

    /// - Throws: ``FileRefusal`` when the C library does not know the encoding.
    init(from name: String) throws {
        let handle = iconv_open("UTF-8", name)
        guard let handle, Int(bitPattern: handle) != -1 else {
            throw FileRefusal(
                .unknownEncoding,
                ru: "Кодировка \(name) здесь не известна.",
                en: "The encoding \(name) is not known here."
            )
        }
        self.handle = handle
    }

    deinit { iconv_close(handle) }

    /// The UTF-8 of what came before and of `bytes`, but for a character that is cut at the end.
    func convert(_ bytes: [UInt8]) -> [UInt8] {
        var input = pending + bytes
        pending = []
        var output: [UInt8] = []
        output.reserveCapacity(2 * input.count)
        var buffer = [CChar](repeating: 0, count: 16 << 10)
        var done = 0
        while done < input.count {
            var failure: Int32 = 0
            input.withUnsafeMutableBytes { raw in
                buffer.withUnsafeMutableBufferPointer { out in
                    var source = raw.baseAddress?.advanced(by: done).assumingMemoryBound(to: CChar.self)
                    var left = raw.count - done
                    var target = out.baseAddress
                    var room = out.count
                    if iconv(handle, &source, &left, &target, &room) == -1 { failure = errno }
                    output.append(contentsOf: UnsafeRawBufferPointer(start: out.baseAddress, count: out.count - room))
                    done = raw.count - left
                }
            }
            switch failure {
            case EILSEQ:
                output += [0xEF, 0xBF, 0xBD]
                done += 1
            case EINVAL:
                pending = Array(input[done...])
                return output
            default:
                break
            }
        }
        return output
    }

    /// What is left at the end: a character that was cut.
    func finish() -> [UInt8] {
        pending.isEmpty ? [] : [0xEF, 0xBF, 0xBD]
    }
}
