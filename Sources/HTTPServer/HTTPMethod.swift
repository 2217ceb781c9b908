/// A request method (RFC 9110, section 9). Method names are case-sensitive.
public struct HTTPMethod: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The method's name as it stands in the request line.
    public let rawValue: String

    /// Creates a method from its name.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// The method's name.
    public var description: String { rawValue }

    /// Transfers a representation of the resource.
    public static let get = HTTPMethod(rawValue: "GET")
    /// The same as GET without the content.
    public static let head = HTTPMethod(rawValue: "HEAD")
    /// Processes the content by the resource's own meaning.
    public static let post = HTTPMethod(rawValue: "POST")
    /// Replaces the resource.
    public static let put = HTTPMethod(rawValue: "PUT")
    /// Changes the resource in part (RFC 5789).
    public static let patch = HTTPMethod(rawValue: "PATCH")
    /// Removes the resource.
    public static let delete = HTTPMethod(rawValue: "DELETE")
    /// Asks which methods the resource has.
    public static let options = HTTPMethod(rawValue: "OPTIONS")
}
