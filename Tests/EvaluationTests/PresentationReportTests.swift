import Foundation
import Testing

@testable import Evaluation

@Suite("Reports of presentations")
struct PresentationReportTests {
    private static func row(
        _ species: PresentationSpecies,
        live: Int,
        notLive: Int,
        inconclusive: Int,
        failed: [String: Int] = [:],
        undecided: [String: Int] = [:]
    ) -> PresentationReport.Row {
        PresentationReport.Row(
            species: species,
            live: live,
            notLive: notLive,
            inconclusive: inconclusive,
            failedChecks: failed,
            failedAlone: [:],
            undecidedChecks: undecided,
            framesWithFace: 1
        )
    }

    private static let report = PresentationReport(
        seed: 5,
        subjects: 20,
        subjectsWithOtherReference: 2,
        passedOver: ["not_frontal": 3],
        dataSha256: "abc",
        modelId: "model",
        frames: 3_000,
        rows: [
            row(.bonaFide, live: 17, notLive: 1, inconclusive: 2, failed: ["parallax": 1]),
            row(
                .stillPrint,
                live: 0,
                notLive: 5,
                inconclusive: 15,
                failed: ["stillness": 5],
                undecided: ["relief": 20]
            ),
            row(.embossedPrint, live: 4, notLive: 16, inconclusive: 0, failed: ["relief": 16, "movements": 2]),
        ]
    )

    @Test("An attack's error is its acceptance, a person's is refusal; inconclusive is apart from both")
    func rates() throws {
        let rows = Self.report.rows
        #expect(rows[0].bonaFideError.value == 0.05)
        #expect(rows[0].nonResponse.value == 0.1)
        #expect(abs(rows[0].notAccepted.value - 0.15) < 1e-12)
        #expect(rows[1].attackError.value == 0)
        #expect(abs(rows[1].attackError.high - 0.16843) < 1e-5)
        #expect(rows[2].attackError.value == 0.2)
        #expect(Self.report.worstAttack?.species == .embossedPrint)
    }

    @Test("The JSON holds counts, rates and limits of the data, and reads back")
    func json() throws {
        let data = try Self.report.json()
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let again = try decoder.decode(PresentationReport.self, from: data)
        #expect(again.rows.map(\.live) == [17, 0, 4])
        #expect(again.notes == Self.report.notes && !again.notes.isEmpty)
        let object = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
        let rates = try #require(object["rates"] as? [[String: Any]])
        #expect(rates.count == 3)
        #expect(rates[0]["attack_error"] == nil && rates[0]["bona_fide_error"] != nil)
        #expect(rates[1]["attack_error"] != nil && rates[1]["bona_fide_error"] == nil)
    }

    @Test("Both tables name every species, its rate and the checks that failed, and make no average")
    func tables() {
        for text in [Self.report.table, Self.report.markdown] {
            #expect(text.contains("print, still") && text.contains("print, embossed"))
            #expect(text.contains("APCER 0.0 % [0.0 – 16.8]"))
            #expect(text.contains("BPCER 5.0 %") && text.contains("not accepted 15.0 %"))
            #expect(text.contains("relief 16, movements 2"))
            #expect(text.contains("stillness 5; undecided: relief 20"))
        }
        #expect(Self.report.table.contains("Worst species  print, embossed"))
        #expect(Self.report.table.contains("3 not_frontal"))
        #expect(!Self.report.markdown.contains("ACER "))
    }
}
