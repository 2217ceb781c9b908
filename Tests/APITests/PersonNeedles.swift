import CSQLite
import Foundation
import Glibc
import TestSupport

/// What must not be found of a person once they are erased, and how to look for it in raw bytes.
struct PersonNeedles {
    /// One thing to look for, in one way that it could be written.
    struct Needle: Hashable, Sendable {
        var name: String
        var bytes: Data
        /// Digits only: they count where no other letter or digit of an identifier stands beside them.
        var isShortNumber = false
    }

    private(set) var all: [Needle] = []

    /// Adds a text as it stands, in upper and lower case, folded as names are, in UTF-8 and UTF-16, and as JSON
    /// escapes it.
    mutating func add(_ name: String, _ text: String) {
        let isNumber = text.utf8.count < 10 && text.allSatisfy(\.isNumber)
        for variant in Set([text, text.lowercased(), text.uppercased(), text.lowercased().replacing("ё", with: "е")]) {
            all.append(Needle(name: name, bytes: Data(variant.utf8), isShortNumber: isNumber))
            for encoding in [String.Encoding.utf16LittleEndian, .utf16BigEndian] {
                if let data = variant.data(using: encoding) { all.append(Needle(name: name, bytes: data)) }
            }
            let escaped = variant.utf16.map { $0 < 128 ? String(UnicodeScalar($0)!) : String(format: "\\u%04x", $0) }
            all.append(Needle(name: name, bytes: Data(escaped.joined().utf8), isShortNumber: isNumber))
        }
    }

    /// Adds bytes, as they are and as hexadecimal digits and base64 would show them.
    mutating func add(_ name: String, _ bytes: Data) {
        all.append(Needle(name: name, bytes: bytes))
        all.append(Needle(name: name, bytes: Data(bytes.map { String(format: "%02x", $0) }.joined().utf8)))
        // Whole groups of three, so that the same bytes inside a longer text are found where they begin a group.
        all.append(Needle(name: name, bytes: Data(bytes.prefix(bytes.count / 3 * 3).base64EncodedString().utf8)))
    }

    /// The names of what stands in some bytes.
    func found(in data: Data) -> Set<String> {
        var names: Set<String> = []
        for needle in all where !names.contains(needle.name) && Self.stands(needle, in: data) {
            names.insert(needle.name)
        }
        return names
    }

    static func stands(_ needle: Needle, in data: Data) -> Bool {
        data.withUnsafeBytes { hay in
            needle.bytes.withUnsafeBytes { wanted in
                guard let base = hay.baseAddress, let first = wanted.first, let pattern = wanted.baseAddress else {
                    return false
                }
                let last = hay.count - wanted.count
                var place = 0
                while place <= last, let hit = memchr(base + place, Int32(first), last - place + 1) {
                    let offset = UnsafeRawPointer(hit) - base
                    place = offset + 1
                    guard memcmp(hit, pattern, wanted.count) == 0 else { continue }
                    guard needle.isShortNumber else { return true }
                    let before = offset > 0 ? hay[offset - 1] : 0x20
                    let end = offset + wanted.count
                    let after = end < hay.count ? hay[end] : 0x20
                    if !isHexadecimal(before) && !isHexadecimal(after) { return true }
                }
                return false
            }
        }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool { Character(UnicodeScalar(byte)).isHexDigit }
}

/// SQLite's own online backup, page by page: unlike `VACUUM INTO` it copies what stands in unused parts of pages too.
enum OnlineBackup {
    static func copy(_ source: URL, to target: URL) throws {
        var from: OpaquePointer?
        var to: OpaquePointer?
        defer {
            sqlite3_close(from)
            sqlite3_close(to)
        }
        guard sqlite3_open_v2(source.path, &from, SQLITE_OPEN_READONLY, nil) == SQLITE_OK,
            sqlite3_open_v2(target.path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nil) == SQLITE_OK,
            let backup = sqlite3_backup_init(to, "main", from, "main")
        else { throw TestFailure("cannot begin the backup") }
        let code = sqlite3_backup_step(backup, -1)
        sqlite3_backup_finish(backup)
        guard code == SQLITE_DONE else { throw TestFailure("the backup ended with \(code)") }
    }
}
