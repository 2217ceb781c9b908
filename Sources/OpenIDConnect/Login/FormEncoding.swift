import Foundation

/// `application/x-www-form-urlencoded` as OAuth 2.0 uses it (RFC 6749 appendix B).
enum FormEncoding {
    private static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
    )

    /// A name or value; everything but unreserved characters becomes `%XX`, blanks too, which reads the same everywhere.
    static func encode(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
    }

    /// Names and values in their order.
    static func encode(_ fields: [(name: String, value: String)]) -> String {
        fields.map { "\(encode($0.name))=\(encode($0.value))" }.joined(separator: "&")
    }

    /// The fields of a query; `nil` where it is broken, longer than 8 KiB, or says anything twice (RFC 6749 §3.1).
    static func decode(_ query: String) -> [String: String]? {
        guard query.utf8.count <= 8 * 1024 else { return nil }
        var fields: [String: String] = [:]
        for field in query.split(separator: "&") {
            let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = plain(parts[0]), let value = plain(parts.count == 2 ? parts[1] : ""),
                fields.updateValue(value, forKey: name) == nil
            else { return nil }
        }
        return fields
    }

    private static func plain(_ text: Substring) -> String? {
        text.replacing("+", with: " ").removingPercentEncoding
    }
}
