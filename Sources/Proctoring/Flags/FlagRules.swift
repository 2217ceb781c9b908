import Attestation

/// The rules by which flags are raised.
public struct FlagRules: Hashable, Sendable {
    /// All of them, each name once.
    public let all: [FlagRule]
    private let byType: [SessionEventType: [FlagRule]]

    /// Creates a set.
    ///
    /// - Throws: ``FlagRuleError`` for a rule that can never hold, or a name that stands twice.
    public init(_ rules: [FlagRule]) throws {
        var names: Set<String> = []
        for rule in rules {
            guard names.insert(rule.id).inserted else { throw FlagRuleError(rule: rule.id, fault: .repeated) }
            guard !rule.id.isEmpty, rule.id.allSatisfy({ $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "_") })
            else { throw FlagRuleError(rule: rule.id, fault: .name) }
            guard rule.id != Flag.byExaminer else { throw FlagRuleError(rule: rule.id, fault: .reserved) }
            guard !rule.events.isEmpty else { throw FlagRuleError(rule: rule.id, fault: .noEvents) }
            guard rule.events.isDisjoint(with: [.flagRaised, .flagDecided]) else {
                throw FlagRuleError(rule: rule.id, fault: .ownEvents)
            }
            guard (1...100).contains(rule.atLeast), rule.withinSeconds >= 0, rule.precedingSeconds >= 0,
                rule.withinSeconds + rule.precedingSeconds <= 24 * 3_600, rule.severity > .ordinary
            else { throw FlagRuleError(rule: rule.id, fault: .numbers) }
        }
        self.init(checked: rules)
    }

    private init(checked rules: [FlagRule]) {
        all = rules
        byType = rules.reduce(into: [:]) { table, rule in
            for type in rule.events { table[type, default: []].append(rule) }
        }
    }

    /// The rules that an event of a type may complete.
    public func rules(for type: SessionEventType) -> [FlagRule] { byType[type] ?? [] }

    /// The rule of a name.
    public func rule(_ id: String) -> FlagRule? { all.first { $0.id == id } }

    /// The rules that hold where the institution has none of its own. The counts and windows are our choice, not
    /// measured: they are meant to be changed by who knows the exams.
    public static let standard = FlagRules(checked: [
        rule(
            "other_person",
            .critical,
            "В кадре другое лицо",
            "Another person in frame",
            [.presenceOtherPerson],
            reason: .otherPerson
        ),
        rule(
            "suspected_copy",
            .serious,
            "Вместо лица — снимок",
            "A picture instead of a face",
            [.presenceSuspectedCopy]
        ),
        rule(
            "several_people",
            .serious,
            "Несколько человек в кадре",
            "Several people in frame",
            [.presenceSeveralPeople]
        ),
        FlagRule(
            id: "not_matching",
            label: BilingualText(ru: "Лицо не совпало с портретом дважды", en: "The face did not match twice"),
            severity: .serious,
            reason: .otherPerson,
            events: [.identificationMade],
            atLeast: 2,
            withinSeconds: 900,
            facts: ["outcome": ["non_match"]]
        ),
        rule(
            "demand_missed",
            .serious,
            "Требование показать не выполнено",
            "A demanded look was not given",
            [.identificationMissed]
        ),
        rule("absent_often", .warning, "Часто нет в кадре", "Often out of frame", [.presenceAbsent], 3, 600),
        rule("turned_away_often", .warning, "Часто отворачивается", "Often turned away", [.presenceTurnedAway], 5, 600),
        rule(
            "camera_off",
            .warning,
            "Камера закрыта или отключена",
            "Camera covered or lost",
            [.presenceCameraCovered, .cameraLost],
            2,
            900
        ),
        rule(
            "frames_missing",
            .warning,
            "Кадры не поступали",
            "Frames were missing",
            [.presenceFramesMissing],
            2,
            1_800
        ),
        rule(
            "leaving_the_page",
            .warning,
            "Часто покидает страницу",
            "Often leaves the page",
            [.tabHidden, .windowBlurred, .fullScreenLeft],
            5,
            600
        ),
        FlagRule(
            id: "pasted_after_leaving",
            label: BilingualText(ru: "Вставка после ухода со страницы", en: "Pasted after leaving the page"),
            severity: .serious,
            events: [.pasted],
            precededBy: [.tabHidden, .windowBlurred, .fullScreenLeft],
            precedingSeconds: 120
        ),
        rule("second_screen", .warning, "Подключён второй экран", "A second screen is connected", [.secondScreen]),
        rule(
            "devices_changing",
            .warning,
            "Часто меняются устройства",
            "Devices keep changing",
            [.deviceTakenOver],
            3,
            1_800
        ),
        rule(
            "writing_when_closed",
            .warning,
            "Запись в закрытую попытку",
            "Writes to a closed attempt",
            [.writeRefused],
            3,
            600
        ),
        rule(
            "connection_unsteady",
            .notice,
            "Связь неустойчива",
            "The connection is unsteady",
            [.networkLost],
            4,
            1_800,
            reason: .connectionInterrupted
        ),
    ])

    private static func rule(
        _ id: String,
        _ severity: EventSeverity,
        _ ru: String,
        _ en: String,
        _ events: Set<SessionEventType>,
        _ atLeast: Int = 1,
        _ withinSeconds: Int = 0,
        reason: AttemptReason = .suspicion
    ) -> FlagRule {
        FlagRule(
            id: id,
            label: BilingualText(ru: ru, en: en),
            severity: severity,
            reason: reason,
            events: events,
            atLeast: atLeast,
            withinSeconds: withinSeconds
        )
    }
}

/// A rule that makes no sense.
public struct FlagRuleError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The rule's name.
    public var rule: String
    /// What is wrong with it.
    public var fault: Fault

    /// Names a rule and its fault.
    public init(rule: String, fault: Fault) {
        self.rule = rule
        self.fault = fault
    }

    /// What can be wrong with a rule.
    public enum Fault: String, Hashable, Sendable {
        case repeated = "the name stands twice"
        case reserved = "flags that examiners raise by hand have this name"
        case name = "a name has small letters, digits and underscores"
        case noEvents = "it counts no events"
        case ownEvents = "it counts what flags themselves say"
        case numbers = "at least 1 to 100 events, windows of a day at most, a severity above ordinary"
    }

    /// The rule and its fault, for whoever wrote it.
    public var description: String { "flag rule \"\(rule)\": \(fault.rawValue)" }
}
