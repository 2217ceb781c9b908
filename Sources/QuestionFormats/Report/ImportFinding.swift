/// Something in an imported file that is not as it stood there, or should be looked at.
public struct ImportFinding: Hashable, Sendable, Codable {
    /// How much was lost.
    public enum Severity: String, Hashable, Sendable, Codable {
        /// The item was not read.
        case notRead = "not_read"
        /// The item was read without a part of it.
        case partlyRead = "partly_read"
        /// Nothing was lost, but a person should look at it.
        case note
    }

    /// How much was lost.
    public var severity: Severity
    /// The file inside the package; nil outside packages.
    public var file: String?
    /// The line where the item or the part begins, from 1; 0 where a file has no lines.
    public var line: Int
    /// The item's title, or the beginning of its text.
    public var title: String
    /// Why, as a stable code.
    public var code: Code
    /// Why, for people.
    public var reason: BilingualReason

    /// Makes a finding.
    public init(
        severity: Severity,
        file: String? = nil,
        line: Int,
        title: String,
        code: Code,
        reason: BilingualReason
    ) {
        self.severity = severity
        self.file = file
        self.line = line
        self.title = title
        self.code = code
        self.reason = reason
    }
}

/// Why an item, or a part of one, cannot be read: thrown where it is found, reported with the item's line.
struct ItemFault: Error, Hashable {
    var code: ImportFinding.Code
    var reason: BilingualReason
    /// The line where it was found; nil for the item's own.
    var line: Int?

    init(_ code: ImportFinding.Code, line: Int? = nil, ru: String, en: String) {
        self.code = code
        self.line = line
        reason = BilingualReason(ru: ru, en: en)
    }
}
