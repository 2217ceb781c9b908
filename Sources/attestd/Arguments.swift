/// What stands behind a command: options with values, and operands.
struct Arguments: Sendable {
    private var values: [String: String] = [:]
    private var lists: [String: [String]] = [:]
    private(set) var operands: [String] = []

    /// Reads the words of a command line.
    ///
    /// - Parameters:
    ///   - flags: the options that take no value.
    ///   - repeatable: the options that may stand several times.
    /// - Throws: `UsageError` at an option that the command does not have, that has no value or comes twice.
    init(_ words: [String], options: [String], flags: [String], repeatable: [String] = []) throws {
        var rest = words[...]
        while let word = rest.popFirst() {
            guard word.hasPrefix("--"), word != "--" else {
                operands.append(word)
                continue
            }
            let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0])
            guard options.contains(name) else { throw UsageError("there is no option --\(name)") }
            guard values[name] == nil || repeatable.contains(name) else { throw UsageError("--\(name) stands twice") }
            if flags.contains(name), parts.count == 1 {
                values[name] = "true"
            } else if parts.count == 2 {
                values[name] = String(parts[1])
            } else if let value = rest.popFirst() {
                values[name] = value
            } else {
                throw UsageError("--\(name) needs a value")
            }
            if let value = values[name] { lists[name, default: []].append(value) }
        }
    }

    /// The value of an option, if it was given.
    subscript(name: String) -> String? { values[name] }

    /// All values of an option that may stand several times.
    func all(_ name: String) -> [String] { lists[name] ?? [] }

    /// The value of an option that must be given.
    ///
    /// - Throws: `UsageError`.
    func required(_ name: String) throws -> String {
        guard let value = values[name], !value.isEmpty else { throw UsageError("--\(name) is missing") }
        return value
    }

    /// The only operand.
    ///
    /// - Throws: `UsageError` where there is none or more than one.
    func onlyOperand(_ what: String) throws -> String {
        guard operands.count == 1 else { throw UsageError("give exactly one \(what)") }
        return operands[0]
    }
}

/// The command line was not understood.
struct UsageError: Error {
    var reason: String

    init(_ reason: String) {
        self.reason = reason
    }
}
