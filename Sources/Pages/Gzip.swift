import CZlib
import Foundation

/// Files of pages in the gzip format (RFC 1952), made once when the service starts.
enum Gzip {
    /// The compressed bytes; `nil` where zlib has no memory.
    static func compressed(_ data: Data) -> Data? {
        var stream = z_stream()
        guard czlib_begin_gzip(&stream) == Z_OK else { return nil }
        defer { deflateEnd(&stream) }
        var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(data.count))))
        var input = [UInt8](data)
        let written: Int? = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(target.count)
                return deflate(&stream, Z_FINISH) == Z_STREAM_END ? Int(stream.total_out) : nil
            }
        }
        return written.map { Data(output.prefix($0)) }
    }

    /// Whether a browser takes it (RFC 9110 section 12.5.3); a weight of zero means no.
    static func isAccepted(_ field: String?) -> Bool {
        (field ?? "").split(separator: ",").contains { part in
            let words = part.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
            return words.first == "gzip" && !words.dropFirst().contains { $0 == "q=0" || $0.hasPrefix("q=0.000") }
        }
    }
}
