import Biometrics
import Evaluation
import Foundation
import Testing

@Suite("Error rates of groups")
struct GroupTests {
    /// Templates on a circle: the distance grows with the angle between them.
    private static func template(_ degrees: Double) throws -> FaceTemplate {
        let angle = degrees * .pi / 180
        return try FaceTemplate(modelID: "circle", values: [Float(cos(angle)), Float(sin(angle))])
    }

    /// Four people with two pictures each. North: 10° from himself, 90° from the other; south: one of them 40° from
    /// himself, and both only 20° from each other.
    private static func setting() throws -> (PairList, PictureTemplates) {
        let angles: [(String, Double)] = [
            ("a/1.jpg", 0), ("a/2.jpg", 10), ("b/1.jpg", 90), ("b/2.jpg", 100), ("c/1.jpg", 180), ("c/2.jpg", 220),
            ("d/1.jpg", 240), ("d/2.jpg", 250),
        ]
        var lines = ["a,b,same"]
        for (index, one) in angles.enumerated() {
            for other in angles[(index + 1)...] {
                lines.append("\(one.0),\(other.0),\(one.0.first == other.0.first ? 1 : 0)")
            }
        }
        let list = try PairList.file(lines.joined(separator: "\n"), source: "pairs.csv")
        let known = Dictionary(uniqueKeysWithValues: angles)
        let templates = try list.pictures.map { try template(#require(known[$0])) }
        return (list, PictureTemplates(templates: templates, failures: [:], dataDigest: "d"))
    }

    private static func report(_ labels: String, dropping missing: String? = nil) throws -> EvaluationReport {
        var (list, found) = try setting()
        if let missing, let place = list.pictures.firstIndex(of: missing) { found.templates[place] = nil }
        return try Evaluation.report(
            list,
            found,
            modelID: "circle",
            modelSha256: [:],
            analysisSeconds: 1,
            groups: GroupLabels(csv: labels)
        )
    }

    @Test("Each group has the rates that are counted by hand, at the thresholds that hold for all")
    func rates() throws {
        // 24 non-mated comparisons: the lowest rate asked for, 1e-2, has no threshold, so none is claimed.
        #expect(try Self.report("person,group\na,north\nb,north").groups?.first?.points.isEmpty == true)
        // With forty times the non-mated comparisons there is one.
        let (list, found) = try Self.many()
        let report = try Evaluation.report(
            list,
            found,
            modelID: "circle",
            modelSha256: [:],
            analysisSeconds: 1,
            groups: GroupLabels(csv: "p0,alike\np1,alike\np2,alike\np3,alike")
        )
        let threshold = try #require(report.operatingPoints.first?.threshold)
        let group = try #require(report.groups?.first)
        #expect(group.name == "alike" && group.subjects == 4 && group.pictures == 8)
        #expect(group.matedComparisons == 4 && group.nonMatedComparisons == 24)
        let point = try #require(group.points.first)
        #expect(point.threshold == threshold)
        // Counted over all pairs of the group.
        let members = list.pictures.indices.filter { list.subjects[$0] < 4 }
        var matches = 0
        for (place, one) in members.enumerated() {
            for other in members[(place + 1)...] where list.subjects[one] != list.subjects[other] {
                let left = try #require(found.templates[one])
                let right = try #require(found.templates[other])
                if try ComparisonScore(left, right).distance <= threshold { matches += 1 }
            }
        }
        #expect(matches > 0)
        #expect(abs(try #require(point.falseMatchRate).value - Double(matches) / 24) < 1e-9)
        #expect(point.falseNonMatchRate?.value == 0)
    }

    /// Thirty people 12° apart, the first four only 1°.
    private static func many() throws -> (PairList, PictureTemplates) {
        var lines = ["a,b,same"]
        var angles: [String: Double] = [:]
        let names = (0..<30).flatMap { person in (0..<2).map { "p\(person)/\($0).jpg" } }
        for (index, name) in names.enumerated() {
            let person = Double(index / 2)
            angles[name] = (person < 4 ? person : person * 12) + Double(index % 2) * 0.1
            for other in names[(index + 1)...] {
                let isSame = name.split(separator: "/")[0] == other.split(separator: "/")[0]
                lines.append("\(name),\(other),\(isSame ? 1 : 0)")
            }
        }
        let list = try PairList.file(lines.joined(separator: "\n"), source: "pairs.csv")
        let templates = try list.pictures.map { try template(#require(angles[$0])) }
        return (list, PictureTemplates(templates: templates, failures: [:], dataDigest: "d"))
    }

    @Test("A picture's own label goes before its person's; what has none is in no group")
    func labels() throws {
        let report = try Self.report("picture,group\na,north\na/2.jpg,south\nc,south")
        let groups = try #require(report.groups)
        #expect(groups.map(\.name) == ["north", "south"])
        #expect(groups.map(\.pictures) == [1, 3])
        #expect(groups.map(\.matedComparisons) == [0, 1])
    }

    @Test("A group that is too small says so, in the table and on the page, and a failure to enrol is counted")
    func notes() throws {
        let report = try Self.report("a,<north>\nb,<north>", dropping: "a/1.jpg")
        let group = try #require(report.groups?.first)
        #expect(group.failureToEnrolRate == 0.25)
        #expect(report.table.contains("Group <north>"))
        #expect(report.page.contains("&lt;north&gt;") && !report.page.contains("<north>"))
        let (list, found) = try Self.many()
        let large = try Evaluation.report(
            list,
            found,
            modelID: "circle",
            modelSha256: [:],
            analysisSeconds: 1,
            groups: GroupLabels(csv: "p0,few\np1,few")
        )
        #expect(large.groups?.first?.notes.contains { $0.contains("too few") } == true)
        #expect(large.table.contains("too few to tell a false match rate of 1e-2"))
        #expect(large.page.contains("too few to tell a false match rate"))
    }

    @Test("A report without labels has no groups")
    func none() throws {
        let (list, found) = try Self.setting()
        let report = try Evaluation.report(list, found, modelID: "m", modelSha256: [:], analysisSeconds: 1)
        #expect(report.groups == nil && report.burst == nil)
        #expect(!report.table.contains("Group"))
    }

    @Test(
        "What cannot be read is named by its line, and labels of other data are noticed",
        arguments: [
            ("", "empty"), ("person,group\n", "empty"), ("a", "line 1"), ("a,north\nb,", "line 2"), ("a,b,c", "line 1"),
            ("a,north\na,south", "two groups"), ("nobody,north", "none"),
        ]
    )
    func broken(_ labels: String, _ reason: String) {
        let error = #expect(throws: EvaluationError.self) { try Self.report(labels) }
        #expect(error?.description.contains(reason) == true)
    }
}
