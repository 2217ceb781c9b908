import Accounts
import Foundation
import TestSupport
import Testing

@Suite("C4 The machine-readable zone is read from the picture of a case")
struct CaseReadingTests {
    private typealias Person = TestService.Person
    private static let specimens = "Tests/DocumentReadingTests/Specimens"

    @Test(
        "C4: the verifier who holds the case gets a form to compare; the look is recorded, and nothing is kept or logged"
    )
    func suggestion() async throws {
        try await TestService.run { service in
            service.personal.update { $0.formUnion(["451123456", "SOLOV92VA", "123456"]) }
            let exam = try await service.exam(by: service.staff(.examiner), policy: ["any_of": [["visual"]]])
            let candidate = try await service.candidate(0)
            let caseID = try await service.joinQueue(service.attempt(exam, by: candidate), by: candidate)
            let path = "/v1/visual-identifications/\(caseID)"
            let verifier = try await service.verifier(0)
            let other = try await service.verifier(1)
            #expect(try await verifier.post("\(path)/document-reading").code == "case_not_held")
            _ = try await verifier.post("\(path)/taking")
            #expect(try await verifier.post("\(path)/document-reading").code == "picture_unknown")

            let file = try ProjectFiles.contents("\(Self.specimens)/russian-passport.png")
            let own = "/v1/me/visual-identifications/\(caseID)/pictures/document"
            #expect(try await candidate.put(own, type: "image/png", file).status == 200)
            let looks = "SELECT what FROM biometric_accesses"
            let before = try service.rawDatabase().column(looks)
            let files = service.folder.files(below: "evidence").count

            let read = try await verifier.post("\(path)/document-reading")
            #expect(read.status == 200 && read.json["found"] == true, "\(read.text)")
            let document = read.json["document"]
            #expect(document["kind"] == "russian_passport")
            #expect(document["series"] == "4515" && document["number"] == "123456")
            #expect(document["birth_date"] == "1995-05-20" && document["issue_date"] == "2015-06-10")
            #expect(document["surname"].string?.uppercased() == "СОЛОВЬЁВА")
            #expect(document["given_name"].string?.uppercased() == "АЛЁНА")
            #expect(document["patronymic"].string?.uppercased() == "ИГОРЕВИЧ")
            #expect(read.json["repairs"].array.isEmpty)
            #expect(read.json["advice"].string?.contains("Сверьте каждое поле") == true)
            #expect(!read.json["findings"].array.contains { $0["severity"] == "error" }, "\(read.text)")

            let after = try service.rawDatabase().column(looks)
            #expect(after.count == before.count + 1)
            #expect(after.count(where: { $0 == "document" }) == before.count(where: { $0 == "document" }) + 1)
            #expect(service.folder.files(below: "evidence").count == files)
            let details = try await verifier.get(path).json
            #expect(details["document"] == .null, "a suggestion is not the form")

            #expect(try await other.post("\(path)/document-reading").code == "case_not_held")
            #expect(try await candidate.post("\(path)/document-reading").status == 403)
            // What was read is what can be sent back as the form.
            #expect(try await verifier.put("\(path)/document", document).status == 200)
        }
    }

    @Test("C4: a picture without a zone, and another person's document, are said to be so")
    func others() async throws {
        try await TestService.run { service in
            let exam = try await service.exam(by: service.staff(.examiner), policy: ["any_of": [["visual"]]])
            let candidate = try await service.candidate(0)
            let caseID = try await service.joinQueue(service.attempt(exam, by: candidate), by: candidate)
            let path = "/v1/visual-identifications/\(caseID)"
            let own = "/v1/me/visual-identifications/\(caseID)/pictures/document"
            let verifier = try await service.verifier(0)
            _ = try await verifier.post("\(path)/taking")

            _ = try await candidate.put(own, type: "image/png", DrawnPNG.ramp())
            let none = try await verifier.post("\(path)/document-reading")
            #expect(none.status == 200 && none.json["found"] == false && none.json["document"] == .null)
            #expect(none.json["advice"].string?.contains("Введите её с документа вручную") == true, "\(none.text)")
            let english = try await verifier.with("Accept-Language", "en").post("\(path)/document-reading")
            #expect(english.json["advice"].string?.contains("Type it in from the document") == true, "\(english.text)")

            let file = try ProjectFiles.contents("\(Self.specimens)/td3.png")
            _ = try await candidate.put(own, type: "image/png", file)
            let foreign = try await verifier.post("\(path)/document-reading").json
            #expect(foreign["found"] == true && foreign["document"]["surname"] == "ERIKSSON")
            let findings = foreign["findings"].array
            // Whether a name in other letters is the account's is for the verifier to say.
            #expect(findings.contains { $0["code"] == "name_differs" && $0["severity"] == "warning" }, "\(foreign)")
            #expect(findings.contains { $0["code"] == "specimen" && $0["severity"] == "error" }, "\(foreign)")
            #expect(foreign["advice"].string?.contains("Сверьте каждое поле") == true)
        }
    }
}
