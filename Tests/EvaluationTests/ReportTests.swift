import Biometrics
import Evaluation
import Foundation
import Testing

@Suite("Evaluation reports")
struct ReportTests {
    /// Templates on a circle: the distance grows with the angle between them.
    private static func template(_ degrees: Double) throws -> FaceTemplate {
        let angle = degrees * .pi / 180
        return try FaceTemplate(modelID: "circle", values: [Float(cos(angle)), Float(sin(angle))])
    }

    /// Ten folds; in each, four mated pairs 5° apart and four non-mated pairs 60° apart, but for one of each swapped.
    private static func setting() throws -> (PairList, PictureTemplates) {
        var lines = ["10\t4"]
        var angles: [String: Double] = [:]
        for fold in 0..<10 {
            for number in 0..<4 {
                let name = "P\(fold)x\(number)"
                lines.append("\(name)\t1\t2")
                angles["\(name)/\(name)_0001.jpg"] = Double(fold * 4 + number)
                angles["\(name)/\(name)_0002.jpg"] = Double(fold * 4 + number) + (number == 3 && fold == 0 ? 60 : 5)
            }
            for number in 0..<4 {
                let (one, other) = ("Q\(fold)x\(number)", "R\(fold)x\(number)")
                lines.append("\(one)\t1\t\(other)\t1")
                angles["\(one)/\(one)_0001.jpg"] = 0
                angles["\(other)/\(other)_0001.jpg"] = number == 3 && fold == 1 ? 5 : 60
            }
        }
        let list = try PairList.file(lines.joined(separator: "\n"), source: "pairs.txt")
        let templates = try list.pictures.map { try template(#require(angles[$0])) }
        return (list, PictureTemplates(templates: templates, failures: [:], dataDigest: "d"))
    }

    private static func report(_ list: PairList, _ found: PictureTemplates) throws -> EvaluationReport {
        try Evaluation.report(list, found, modelID: "circle", modelSha256: ["circle": "abc"], analysisSeconds: 1)
    }

    @Test("Counts, rates and folds are what the pairs say")
    func rates() throws {
        let (list, found) = try Self.setting()
        let report = try Self.report(list, found)
        #expect(report.matedComparisons == 40 && report.nonMatedComparisons == 40)
        // One of forty is wrong each way.
        #expect(abs(report.equalErrorRate.value - 0.025) < 1e-9)
        let folds = try #require(report.foldAccuracy)
        #expect(folds.folds == [0.875, 0.875, 1, 1, 1, 1, 1, 1, 1, 1])
        #expect(abs(folds.mean - 0.975) < 1e-9)
        let low = try #require(report.equalErrorRate.low)
        let high = try #require(report.equalErrorRate.high)
        #expect(low <= 0.025 && 0.025 <= high && high < 0.2)
    }

    @Test("A rate that the pairs are too few for is not claimed")
    func claims() throws {
        let (list, found) = try Self.setting()
        let report = try Self.report(list, found)
        #expect(report.operatingPoints.map(\.falseMatchRate) == [1e-2, 1e-3, 1e-4])
        #expect(report.operatingPoints.allSatisfy { !$0.isClaimSupported })
        #expect(report.table.contains("too few"))
    }

    @Test("A picture without a template is a failure to enrol, and its pairs are left out")
    func failures() throws {
        var (list, found) = try Self.setting()
        found.templates[0] = nil
        found.failures = ["no_face": 1]
        let report = try Self.report(list, found)
        #expect(report.matedComparisons == 39)
        #expect(report.failureToEnrolRate == 1 / Double(list.pictures.count))
        #expect(report.table.contains("1 no_face"))
        list = try PairList.file("1\nA\t1\t2\nA\t1\tB\t1", source: "x")
        let none = PictureTemplates(templates: [nil, nil, nil], failures: ["no_face": 3], dataDigest: "")
        #expect(throws: EvaluationError.self) { try Self.report(list, none) }
    }

    @Test("The JSON reads back, the page is whole and escapes names")
    func forms() throws {
        let (list, found) = try Self.setting()
        var report = try Self.report(list, found)
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let again = try decoder.decode(EvaluationReport.self, from: report.json())
        #expect(again.equalErrorRate == report.equalErrorRate)
        report.modelId = "<script>"
        #expect(report.page.hasSuffix("</html>"))
        #expect(!report.page.contains("<script"))
        #expect(report.page.contains("<polyline"))
    }
}
