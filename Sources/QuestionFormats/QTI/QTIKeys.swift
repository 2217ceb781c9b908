import Foundation
import QuestionBank

/// What an item declares about one response: the right values and what others earn.
struct QTIResponse {
    var identifier: String
    var cardinality: String
    var baseType: String
    /// The right values.
    var correct: [String] = []
    /// What each value earns, in the order of the file.
    var mapping: [(key: String, value: ExactDecimal, isCaseSensitive: Bool)] = []
    /// What any other value earns.
    var mappingDefault = ExactDecimal.zero
    var upperBound: ExactDecimal?

    init(_ declaration: Element) throws(ItemFault) {
        identifier = declaration["identifier"] ?? "RESPONSE"
        cardinality = declaration["cardinality"] ?? "single"
        baseType = declaration["baseType"] ?? "identifier"
        correct = (declaration.first("correctresponse")?.all("value") ?? []).map { $0.wholeText.trimmed() }
            .filter { !$0.isEmpty }
        guard let mapping = declaration.first("mapping") else { return }
        upperBound = mapping["upperBound"].flatMap { ExactDecimal($0) }
        mappingDefault = mapping["defaultValue"].flatMap { ExactDecimal($0) } ?? .zero
        for entry in mapping.all("mapentry") {
            let value = try AnswerRules.number(entry["mappedValue"] ?? "", line: entry.line)
            let isSensitive = (entry["caseSensitive"] ?? "true").lowercased() != "false"
            self.mapping.append((entry["mapKey"]?.trimmed() ?? "", value, isSensitive))
        }
    }

    /// The most that the mapping gives: one value for a single response, all that count for others.
    var mappedMaximum: ExactDecimal {
        let values = mapping.map(\.value.value).filter { $0 > 0 }
        let sum = cardinality == "single" ? values.max() ?? 0 : values.reduce(0, +)
        guard let upperBound, upperBound.value > 0 else { return ExactDecimal(sum) }
        return ExactDecimal(min(sum, upperBound.value))
    }
}

/// How responses are processed, as far as the bank's keys can say it.
struct QTIProcessing {
    /// A condition on one response with what it earns and shows.
    struct Branch {
        enum Test {
            case number(ExactDecimal, tolerance: ExactDecimal)
            case text(String, isCaseSensitive: Bool)
            case value(String)
            case correct(tolerance: ExactDecimal?, isCaseSensitive: Bool?)
            case anything
        }

        var response: String
        var test: Test
        var score: ExactDecimal?
    }

    /// Conditions in their order.
    private(set) var branches: [Branch] = []
    /// The responses whose mapping counts.
    private(set) var mapped: Set<String> = []
    /// The responses that are compared with their right values.
    private(set) var matched: Set<String> = []
    /// Whether the item says at all how it is processed.
    let isPresent: Bool
    /// Operators that are not understood.
    private(set) var unknown: Set<String> = []

    init(_ processing: Element?, responses: [QTIResponse]) {
        isPresent = processing != nil
        guard let processing else { return }
        if let template = processing["template"] ?? processing["templateLocation"] {
            let name = template.split(separator: "/").last.map(String.init)?.lowercased() ?? ""
            let first = responses.first?.identifier ?? "RESPONSE"
            if name.hasPrefix("match_correct") {
                matched.insert(first)
            } else if name.hasPrefix("map_response"), !name.hasPrefix("map_response_point") {
                mapped.insert(first)
            } else if processing.elements.isEmpty {
                unknown.insert(name)
            }
        }
        for child in processing.elements { walk(child) }
    }

    private mutating func walk(_ element: Element) {
        switch element.name {
        case "responseCondition", "responseProcessingFragment":
            element.elements.forEach { walk($0) }
        case "responseIf", "responseElseIf":
            readBranch(element)
        case "responseElse":
            element.elements.forEach { walk($0) }
        case "setOutcomeValue":
            readExpression(element)
        case "exitResponse", "lookupOutcomeValue":
            break
        default:
            unknown.insert(element.name)
        }
    }

    /// A condition on one response, or conditions inside each other.
    private mutating func readBranch(_ element: Element) {
        guard let condition = element.elements.first else { return }
        let actions = element.elements.dropFirst()
        let score = actions.compactMap { action -> ExactDecimal? in
            action.name == "setOutcomeValue" && Self.isScore(action["identifier"]) ? Self.constant(action) : nil
        }.first
        if let found = branches(condition, score: score) {
            branches += found
            for branch in found {
                if case .correct = branch.test { matched.insert(branch.response) }
            }
        } else if Self.isAboutScore(condition) {
            // Feedback by the score that was reached.
        } else {
            readExpression(condition)
        }
        actions.forEach { walk($0) }
    }

    /// Notes what an expression uses.
    private mutating func readExpression(_ element: Element) {
        switch element.name {
        case "mapResponse":
            mapped.insert(element["identifier"] ?? "RESPONSE")
        case "match":
            if let variable = element.first("variable"), element.first("correct") != nil {
                matched.insert(variable["identifier"] ?? "RESPONSE")
            }
        case "setOutcomeValue", "sum", "and", "or", "not", "isNull", "variable", "correct", "baseValue", "default",
            "null", "gt", "gte", "lt", "lte", "equal", "multiple", "max", "min", "product", "divide", "subtract",
            "member", "contains", "ordered", "stringMatch":
            // A comparison that no branch could be made of.
            if ["member", "contains", "equal", "stringMatch", "or", "ordered"].contains(element.name) {
                unknown.insert(element.name)
            }
            element.elements.forEach { readExpression($0) }
        default:
            unknown.insert(element.name)
        }
    }

    /// The tests that a condition is made of; nil where the bank's keys cannot say it.
    private func branches(_ condition: Element, score: ExactDecimal?) -> [Branch]? {
        let parts = condition.elements
        switch condition.name {
        case "or":
            let found = parts.map { branches($0, score: score) }
            return found.isEmpty || found.contains { $0 == nil } ? nil : found.flatMap { $0 ?? [] }
        case "and":
            if let range = range(parts, score: score) { return [range] }
            // That something was answered at all goes without saying.
            let rest = parts.filter { !($0.name == "not" && $0.first("isnull") != nil) }
            return rest.count == 1 ? branches(rest[0], score: score) : nil
        default:
            return branch(condition, score: score).map { [$0] }
        }
    }

    /// At least one number and at most another, of one response.
    private func range(_ parts: [Element], score: ExactDecimal?) -> Branch? {
        guard let low = parts.first(where: { $0.name == "gte" }), let high = parts.first(where: { $0.name == "lte" }),
            parts.count == 2, let response = low.first("variable")?["identifier"],
            high.first("variable")?["identifier"] == response, !Self.isScore(response),
            low.elements.last?.name == "baseValue", high.elements.last?.name == "baseValue",
            let minimum = ExactDecimal(low.elements.last?.wholeText ?? ""),
            let maximum = ExactDecimal(high.elements.last?.wholeText ?? ""), minimum <= maximum
        else { return nil }
        let two = Decimal(2)
        let middle = (minimum.value + maximum.value) / two
        let test = Branch.Test.number(ExactDecimal(middle), tolerance: ExactDecimal(maximum.value - middle))
        return Branch(response: response, test: test, score: score)
    }

    private func branch(_ condition: Element, score: ExactDecimal?) -> Branch? {
        let parts = condition.elements
        switch condition.name {
        case "match", "equal", "stringMatch":
            guard parts.count == 2, let variable = parts.first(where: { $0.name == "variable" }),
                let response = variable["identifier"], !Self.isScore(response),
                let other = parts.first(where: { $0.name != "variable" })
            else { return nil }
            let tolerance = Self.tolerance(condition)
            let isSensitive = condition.name == "stringMatch" ? condition["caseSensitive"] != "false" : nil
            if other.name == "correct" {
                return Branch(
                    response: response,
                    test: .correct(tolerance: tolerance?(nil), isCaseSensitive: isSensitive),
                    score: score
                )
            }
            guard other.name == "baseValue" else { return nil }
            let text = other.wholeText.trimmed()
            if condition.name == "equal" {
                guard let number = ExactDecimal(text), let tolerance else { return nil }
                return Branch(response: response, test: .number(number, tolerance: tolerance(number)), score: score)
            }
            let test: Branch.Test = isSensitive.map { .text(text, isCaseSensitive: $0) } ?? .value(text)
            return Branch(response: response, test: test, score: score)
        case "not":
            guard parts.first?.name == "isNull", let variable = parts.first?.first("variable"),
                let response = variable["identifier"]
            else { return nil }
            return Branch(response: response, test: .anything, score: score)
        default:
            return nil
        }
    }

    /// How far off a number may be; nil where the modes are not understood. Relative tolerance is in percent.
    private static func tolerance(_ equal: Element) -> ((ExactDecimal?) -> ExactDecimal)? {
        guard equal.name == "equal" else { return { _ in .zero } }
        let bounds = (equal["tolerance"] ?? "").split(whereSeparator: \.isWhitespace).compactMap { ExactDecimal($0) }
        guard let first = bounds.first, bounds.allSatisfy({ $0 == first }), first >= .zero else {
            return (equal["toleranceMode"] ?? "exact") == "exact" ? { _ in .zero } : nil
        }
        switch equal["toleranceMode"] ?? "exact" {
        case "exact": return { _ in .zero }
        case "absolute": return { _ in first }
        case "relative":
            let hundred = Decimal(100)
            return { value in ExactDecimal(abs(value?.value ?? 0) * first.value / hundred) }
        default: return nil
        }
    }

    static func isScore(_ identifier: String?) -> Bool {
        guard let identifier = identifier?.uppercased() else { return false }
        return identifier == "SCORE" || identifier == "MAXSCORE" || identifier.hasPrefix("SCORE_")
    }

    private static func isAboutScore(_ condition: Element) -> Bool {
        let variables = condition.descendants { $0.name == "variable" }
        return !variables.isEmpty && variables.allSatisfy { isScore($0["identifier"]) }
    }

    /// The number that an action sets or adds.
    private static func constant(_ action: Element) -> ExactDecimal? {
        guard let expression = action.elements.first else { return nil }
        if expression.name == "baseValue" { return ExactDecimal(expression.wholeText) }
        guard expression.name == "sum" else { return nil }
        return expression.first("basevalue").flatMap { ExactDecimal($0.wholeText) }
    }
}
