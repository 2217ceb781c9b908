import Foundation

/// Which group each picture of an evaluation belongs to, so that error rates can be stated for each.
public struct GroupLabels: Sendable {
    /// Groups by picture or by person, as the file names them.
    private let groups: [String: String]

    /// Reads a CSV with the columns person or picture, and group; a heading is skipped.
    ///
    /// - Throws: `EvaluationError` that names the line.
    public init(csv text: String) throws {
        var groups: [String: String] = [:]
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() {
            let row = line.trimmingCharacters(in: .whitespaces)
            guard !row.isEmpty else { continue }
            let fields = row.split(separator: ",", omittingEmptySubsequences: false)
                .map { $0.trimmingCharacters(in: .whitespaces) }
            guard fields.count == 2, !fields[0].isEmpty, !fields[1].isEmpty else {
                throw EvaluationError("groups, line \(index + 1): person,group or picture,group is expected")
            }
            if ["person", "picture"].contains(fields[0].lowercased()), fields[1].lowercased() == "group" { continue }
            if let other = groups.updateValue(fields[1], forKey: fields[0]), other != fields[1] {
                throw EvaluationError("groups, line \(index + 1): «\(fields[0])» is in two groups")
            }
        }
        guard !groups.isEmpty else { throw EvaluationError("the file of groups is empty") }
        self.groups = groups
    }

    /// The group of each picture of a list, `nil` where it has none; a picture's own label goes before its person's.
    ///
    /// - Throws: `EvaluationError` where no picture has a group, so that a file of other data is noticed.
    func groups(of list: PairList) throws -> [String?] {
        let found = list.pictures.indices.map { index in
            groups[list.pictures[index]] ?? groups[list.subjectNames[Int(list.subjects[index])]]
        }
        guard found.contains(where: { $0 != nil }) else {
            throw EvaluationError("none of the pictures or people of the file of groups is among the pictures")
        }
        return found
    }
}
