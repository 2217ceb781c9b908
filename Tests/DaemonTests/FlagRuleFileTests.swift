import Foundation
import TestSupport
import Testing

@Suite("E2: the institution's own rules for flags", .timeLimit(.minutes(1)))
struct FlagRuleFileTests {
    private static let sample = ProjectFiles.root.appending(path: "Config/samples/flag-rules.json5").path

    private static func rules(_ text: String, in folder: DataFolder) throws {
        _ = try folder.write("{ rules: [\(text)] }", to: "rules.json5")
    }

    private static let own = """
        {
            id: "help_twice", label: { ru: "Дважды просит помощи", en: "Asks for help twice" }, severity: "notice",
            events: ["client.help_asked"], at_least: 2, within_seconds: 60, facts: { Some_Fact: ["a", "b"] },
        }
        """

    @Test("the example's rules are those that the program knows")
    func example() async throws {
        let folder = try DataFolder(settings: ["flag_rules": .string(Self.sample)])
        _ = try await Institution.found(1, in: folder)
        try await Daemon.run(in: folder) { daemon in
            let staff = try await daemon.logIn(Institution.examiner, Institution.password)
            let rules = try await staff.get("/v1/flag-rules").json
            #expect(rules["source"] == "standard" && rules["rules"].array.count == 15)
        }
    }

    @Test("a file replaces the program's rules, and is shown")
    func own() async throws {
        let folder = try DataFolder(settings: ["flag_rules": "rules.json5"])
        try Self.rules(Self.own, in: folder)
        _ = try await Institution.found(1, in: folder)
        try await Daemon.run(in: folder) { daemon in
            let staff = try await daemon.logIn(Institution.examiner, Institution.password)
            let shown = try await staff.get("/v1/flag-rules").json
            #expect(shown["source"] == "institution" && shown["rules"].array.count == 1)
            let rule = shown["rules"][0]
            #expect(rule["id"] == "help_twice" && rule["at_least"] == 2 && rule["reason"] == "suspicion")
            #expect(rule["preceded_by"] == [] && rule["facts"] == [["name": "Some_Fact", "values": ["a", "b"]]])
        }
    }

    static let broken: [(text: String, place: String)] = [
        (own + "," + own, "rules[1]: flag rule \"help_twice\": the name stands twice"),
        (own.replacing("notice", with: "grave"), "rules[0].severity: \"grave\" is none of ordinary, notice"),
        (own.replacing("notice", with: "ordinary"), "rules[0]: flag rule \"help_twice\": at least 1"),
        (own + "," + own.replacing("client.", with: "device."), "rules[1].events: \"device.help_asked\" is no type"),
        (own.replacing("at_least", with: "at_lest"), "rules[0].atLest: there is no such setting"),
        (own.replacing("at_least: 2", with: "at_least: \"2\""), "rules[0].atLeast"),
        (own.replacing("at_least: 2", with: "at_least: 101"), "rules[0]: flag rule"),
        (own.replacing("help_twice", with: "examiner"), "examiners raise by hand"),
        (own.replacing("\"Дважды просит помощи\"", with: "\"\""), "rules[0].label.ru"),
        (own.replacing("[\"a\", \"b\"]", with: "[]"), "rules[0].facts"),
        (own.replacing("severity", with: "// severity"), "rules[0]"),
        ("{ id: ", "rules.json5"),
    ]

    @Test("a fault in the file is told by its place, and nothing starts", arguments: broken)
    func refused(text: String, place: String) async throws {
        let folder = try DataFolder(settings: ["flag_rules": "rules.json5"])
        try Self.rules(text, in: folder)
        let end = try await folder.command(["serve"])
        #expect(end.status == 1)
        #expect(end.complaints.count == 1, "\(end.standardError)")
        #expect(end.standardError.contains("rules.json5: "), "\(end.standardError)")
        #expect(end.standardError.contains(place), "\(end.standardError)")
    }

    @Test("a file that is not there is named")
    func missing() async throws {
        let folder = try DataFolder(settings: ["flag_rules": "nowhere.json5"])
        let end = try await folder.command(["serve"])
        #expect(end.status == 1 && end.standardError.contains("flag_rules: cannot read"))
    }
}
