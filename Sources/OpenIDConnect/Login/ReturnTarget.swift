/// Where on this site somebody goes after the login: a path, so that no link can send them to another site.
public struct ReturnTarget: Hashable, Sendable, Codable {
    /// The path, with query where it has one.
    public let path: String

    /// Takes a path; `nil` where it is not one of this site, or longer than 1024 bytes.
    ///
    /// `//host` and `/\host` are other sites to browsers, and so is whatever becomes that without its control characters.
    public init?(_ path: String) {
        guard path.hasPrefix("/"), !path.hasPrefix("//"), path.utf8.count <= 1024,
            path.utf8.allSatisfy({ (0x21...0x7e).contains($0) && $0 != UInt8(ascii: "\\") })
        else { return nil }
        self.path = path
    }

    /// Reads a path, checked again.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let target = try Self(container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no path of this site")
        }
        self = target
    }

    /// Writes the path.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(path)
    }
}
