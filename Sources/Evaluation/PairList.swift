public import Foundation

/// Which pictures are compared with which, and what the truth is.
public struct PairList: Sendable {
    /// The pictures, each once, as paths below the folder of pictures.
    public private(set) var pictures: [String] = []
    /// The subject of each picture, by its place in `pictures`; numbered from 0.
    public private(set) var subjects: [Int32] = []
    /// The name of each subject, by its number: the folder, or what the pairs file calls the person.
    public private(set) var subjectNames: [String] = []
    /// The comparisons as places in `pictures`; `nil` where all pictures are compared with all.
    public private(set) var pairs: [Pair]?
    /// Where the pairs come from, for the report.
    public let source: String

    /// A comparison to make.
    public struct Pair: Hashable, Sendable {
        /// The first picture's place.
        public var first: Int
        /// The second picture's place.
        public var second: Int
        /// Whether both are said to show one person.
        public var isMated: Bool
        /// The fold of a ten-fold protocol, from 0.
        public var fold: Int?
    }

    /// How many mated comparisons the list asks for, whether or not the pictures have templates.
    public var matedPairCount: Int {
        if let pairs { return pairs.count { $0.isMated } }
        var pictures: [Int32: Int] = [:]
        for subject in subjects { pictures[subject, default: 0] += 1 }
        return pictures.values.reduce(0) { $0 + $1 * ($1 - 1) / 2 }
    }

    private var places: [String: Int] = [:]
    private var subjectNumbers: [String: Int32] = [:]

    private init(source: String) {
        self.source = source
    }

    /// All pictures of a folder that has a folder for each person, compared all with all.
    ///
    /// - Throws: `EvaluationError` where there are not two persons with pictures.
    public static func folders(in root: URL) throws -> PairList {
        var list = PairList(source: "all pictures with all, a folder for each person")
        let people = try FileManager.default.contentsOfDirectory(atPath: root.path).sorted()
        for person in people {
            let folder = root.appending(path: person)
            guard let files = try? FileManager.default.contentsOfDirectory(atPath: folder.path) else { continue }
            for file in files.sorted() where isPicture(file) { list.add("\(person)/\(file)", of: person) }
        }
        guard Set(list.subjects).count > 1 else {
            throw EvaluationError("\(root.path) has not two folders with pictures, one for each person")
        }
        return list
    }

    /// Reads a pairs file: LFW's own format, or CSV with the columns a, b, same.
    ///
    /// - Throws: `EvaluationError` that names the line.
    public static func file(_ text: String, source: String) throws -> PairList {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .map { $0.trimmingCharacters(in: .whitespaces) }
        guard let first = lines.first(where: { !$0.isEmpty }) else { throw EvaluationError("the pairs file is empty") }
        return first.contains(",") ? try csv(lines, source: source) : try lfw(lines, source: source)
    }

    /// LFW's `pairs.txt`: a line with the number of folds and of pairs a kind (or only the latter), then for each fold
    /// that many lines `name n m` of one person and that many `name n other m` of two; fields parted by tabs.
    private static func lfw(_ lines: [String], source: String) throws -> PairList {
        var list = PairList(source: source)
        list.pairs = []
        let rows = lines.enumerated().filter { !$0.element.isEmpty }
        let header = rows[0].element.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
        guard (1...2).contains(header.count), let perKind = header.last, perKind > 0 else {
            throw EvaluationError("line 1: the number of folds and of pairs is expected")
        }
        let folds = header.count == 2 ? header[0] : 1
        guard rows.count - 1 == folds * perKind * 2 else {
            throw EvaluationError("the first line promises \(folds * perKind * 2) pairs, there are \(rows.count - 1)")
        }
        for (place, row) in rows.dropFirst().enumerated() {
            let fields = row.element.split(separator: "\t").map(String.init)
            let fold = header.count == 2 ? place / (perKind * 2) : nil
            func picture(_ name: String, _ number: String) throws -> String {
                guard let number = Int(number) else {
                    throw EvaluationError("line \(row.offset + 1): «\(number)» is no number")
                }
                return "\(name)/\(name)_\(String(format: "%04d", number)).jpg"
            }
            switch fields.count {
            case 3:
                list.add(
                    (try picture(fields[0], fields[1]), fields[0]),
                    (try picture(fields[0], fields[2]), fields[0]),
                    fold
                )
            case 4:
                list.add(
                    (try picture(fields[0], fields[1]), fields[0]),
                    (try picture(fields[2], fields[3]), fields[2]),
                    fold
                )
            default:
                throw EvaluationError("line \(row.offset + 1): three or four fields parted by tabs are expected")
            }
        }
        return list
    }

    /// `a,b,same` with same as 1/0, true/false or yes/no. The person is the picture's folder; where pictures lie in
    /// one folder, or the folders contradict `same`, each picture is a subject of its own for the bootstrap.
    private static func csv(_ lines: [String], source: String) throws -> PairList {
        var list = PairList(source: source)
        list.pairs = []
        for (index, line) in lines.enumerated() where !line.isEmpty {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
                .map { $0.trimmingCharacters(in: .whitespaces) }
            guard fields.count == 3 else { throw EvaluationError("line \(index + 1): a,b,same is expected") }
            if index == 0, fields[2].lowercased() == "same" { continue }
            guard let same = truth(fields[2]) else {
                throw EvaluationError("line \(index + 1): same is 1 or 0, not «\(fields[2])»")
            }
            let folders = fields.prefix(2).map { $0.split(separator: "/").dropLast().joined(separator: "/") }
            let tellPersons = !folders[0].isEmpty && !folders[1].isEmpty && (folders[0] == folders[1]) == same
            let persons = tellPersons ? folders : Array(fields.prefix(2))
            list.add((fields[0], persons[0]), (fields[1], persons[1]), nil, isMated: same)
        }
        return list
    }

    private static func truth(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "1", "true", "yes", "same": true
        case "0", "false", "no", "different": false
        default: nil
        }
    }

    private static func isPicture(_ name: String) -> Bool {
        ["jpg", "jpeg", "png", "pgm"].contains(name.split(separator: ".").last?.lowercased())
    }

    private mutating func add(
        _ first: (picture: String, person: String),
        _ second: (picture: String, person: String),
        _ fold: Int?,
        isMated: Bool? = nil
    ) {
        let pair = Pair(
            first: add(first.picture, of: first.person),
            second: add(second.picture, of: second.person),
            isMated: isMated ?? (first.person == second.person),
            fold: fold
        )
        pairs?.append(pair)
    }

    @discardableResult
    private mutating func add(_ picture: String, of person: String) -> Int {
        if let place = places[picture] { return place }
        let subject = subjectNumbers[person] ?? Int32(subjectNames.count)
        if subjectNumbers.updateValue(subject, forKey: person) == nil { subjectNames.append(person) }
        places[picture] = pictures.count
        pictures.append(picture)
        subjects.append(subject)
        return pictures.count - 1
    }
}

/// An evaluation that could not be made.
public struct EvaluationError: Error, Sendable, CustomStringConvertible {
    /// What is wrong, on one line.
    public var description: String

    /// Makes an error.
    public init(_ reason: String) {
        description = reason
    }
}
