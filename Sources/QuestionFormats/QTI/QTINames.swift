/// The versions of QTI that are read.
enum QTIVersion: String, Sendable {
    case v21, v22, v30

    /// The version of an item by its root element; nil for anything else.
    init?(item root: Element) {
        switch root.name {
        case "qti-assessment-item": self = .v30
        case "assessmentItem" where root.namespace.contains("v2p2"): self = .v22
        // 2.0 is a subset of 2.1 for all that is read here; some tools write no namespace.
        case "assessmentItem": self = .v21
        default: return nil
        }
    }

    var format: QuestionFormat {
        switch self {
        case .v21: .qti21
        case .v22: .qti22
        case .v30: .qti30
        }
    }
}

/// One set of names for all versions: those of 2.x, of which 3.0 changes only the spelling.
enum QTINames {
    /// `qti-choice-interaction` becomes `choiceInteraction`, its attribute `max-choices` becomes `maxChoices`.
    static func normalised(_ element: Element) -> Element {
        var result = element
        if element.name.hasPrefix("qti-") {
            result.name = camel(element.name.dropFirst(4))
            result.attributes = element.attributes.map {
                ($0.name.hasPrefix("data-") ? $0.name : camel($0.name[...]), $0.value)
            }
        }
        result.children = element.children.map { child in
            if case .element(let inner) = child { .element(normalised(inner)) } else { child }
        }
        return result
    }

    private static func camel(_ name: Substring) -> String {
        let parts = name.split(separator: "-")
        return (parts.first.map(String.init) ?? "")
            + parts.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    /// `choiceInteraction` becomes `qti-choice-interaction`.
    static func kebab(_ name: String) -> String {
        name.reduce(into: "") { result, character in
            if character.isUppercase {
                result += "-" + character.lowercased()
            } else {
                result.append(character)
            }
        }
    }
}
