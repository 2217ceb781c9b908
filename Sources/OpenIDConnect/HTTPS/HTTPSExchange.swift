import Foundation

/// One request to a provider: GET, or POST where there is a form.
struct HTTPSRequest: Sendable {
    /// What errors call the place.
    let endpoint: String
    let url: EndpointURL
    /// The whole value of `Authorization`; visible ASCII and spaces only.
    var authorization: String?
    /// A body of type `application/x-www-form-urlencoded`.
    var form: String?

    init(_ endpoint: String, _ url: EndpointURL) {
        self.endpoint = endpoint
        self.url = url
    }
}

/// A provider's answer, whatever its status.
struct HTTPSResponse: Sendable {
    let status: Int
    let contentType: String?
    let body: Data

    /// The longest body that is read, in bytes.
    static let maximumBody = 256 * 1024
}
