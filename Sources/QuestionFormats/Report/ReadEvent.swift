public import QuestionBank

/// What a reader delivers, in the order of the file.
public enum ReadEvent: Hashable, Sendable {
    /// A question that was read.
    case question(BankQuestion, origin: Origin)
    /// A topic with what is said about it; questions name their topics themselves.
    case topic(Topic, origin: Origin)
    /// Something that was not read as it stood.
    case finding(ImportFinding)
}

/// A topic of the bank, where a source says more about it than its name.
public struct Topic: Hashable, Sendable, Codable {
    /// The path from the outermost topic.
    public var path: [String]
    /// What it is about.
    public var info: RichText?
    /// The identifier in the system it comes from.
    public var externalID: String?

    enum CodingKeys: String, CodingKey {
        case path, info
        case externalID = "external_id"
    }

    /// Makes a topic.
    public init(path: [String], info: RichText? = nil, externalID: String? = nil) {
        self.path = path
        self.info = info
        self.externalID = externalID
    }
}

/// Where an item stands.
public struct Origin: Hashable, Sendable {
    /// The file inside the package; nil outside packages.
    public var file: String?
    /// The line where the item begins, from 1.
    public var line: Int
}

/// Takes what a reader delivers; what it throws ends the reading.
public typealias ReadSink = (ReadEvent) throws -> Void

/// Collects the findings of one item and delivers them with it.
struct ItemDesk {
    /// The file inside the package.
    var file: String?
    /// Where the item begins.
    var line: Int
    /// What to call the item in findings.
    var title = ""
    private(set) var faults: [(ImportFinding.Severity, ItemFault)] = []
    private let sink: ReadSink

    init(file: String? = nil, line: Int, title: String = "", sink: @escaping ReadSink) {
        self.file = file
        self.line = line
        self.title = title
        self.sink = sink
    }

    mutating func note(_ fault: ItemFault) { faults.append((.note, fault)) }

    mutating func lost(_ fault: ItemFault) { faults.append((.partlyRead, fault)) }

    /// Delivers the question and what was found in it.
    func deliver(_ question: BankQuestion) throws {
        try sink(.question(question, origin: Origin(file: file, line: line)))
        for (severity, fault) in faults { try sink(.finding(finding(severity, fault))) }
    }

    /// Reports that the item was not read.
    func refuse(_ fault: ItemFault) throws {
        try sink(.finding(finding(.notRead, fault)))
    }

    private func finding(_ severity: ImportFinding.Severity, _ fault: ItemFault) -> ImportFinding {
        ImportFinding(
            severity: severity,
            file: file,
            line: fault.line ?? line,
            title: title,
            code: fault.code,
            reason: fault.reason
        )
    }
}

extension String {
    /// The first words, on one line, as a name or for a message.
    func excerpt(_ limit: Int = 80) -> String {
        // Enough for any excerpt without walking through megabytes.
        let words = prefix(4 * limit).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return words.count > limit ? words.prefix(limit - 1) + "…" : words
    }
}
