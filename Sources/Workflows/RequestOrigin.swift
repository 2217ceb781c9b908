/// Where a request came from, for the record of an identification.
package struct RequestOrigin: Hashable, Sendable {
    /// The network address.
    package var address: String?
    /// The browser or program, as it calls itself; at most 200 characters.
    package var device: String?

    /// Creates a value.
    package init(address: String? = nil, device: String? = nil) {
        self.address = address
        self.device = device.map { String($0.prefix(200)) }
    }
}
