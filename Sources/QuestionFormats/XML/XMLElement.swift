/// An element of an XML document as a value.
///
/// The name avoids `XMLElement` of FoundationXML, which is another reader.
struct Element: Sendable {
    /// The name without prefix.
    var name: String
    /// The namespace; empty for none.
    var namespace: String
    /// The attributes in their order, by name without prefix.
    var attributes: [(name: String, value: String)]
    /// What stands inside.
    var children: [Node] = []
    /// The line where it begins, from 1.
    var line: Int

    enum Node: Sendable {
        case element(Element)
        case text(String)
    }

    /// The value of an attribute.
    subscript(attribute: String) -> String? {
        attributes.first { $0.name == attribute }?.value
    }

    /// The elements right inside.
    var elements: [Element] {
        children.compactMap { if case .element(let element) = $0 { element } else { nil } }
    }

    /// Whether it has a name, given in lower case, whatever the case of its own letters.
    private func isNamed(_ wanted: String) -> Bool {
        name.utf8.count == wanted.utf8.count
            && zip(name.utf8, wanted.utf8).allSatisfy { own, other in
                own == other || (0x41...0x5A).contains(own) && own | 0x20 == other
            }
    }

    /// The elements right inside with a name, whatever the case of its letters.
    func all(_ name: String) -> [Element] {
        elements.filter { $0.isNamed(name) }
    }

    /// The first of them.
    func first(_ name: String) -> Element? {
        for case .element(let element) in children where element.isNamed(name) {
            return element
        }
        return nil
    }

    /// The text right inside, without that of elements.
    var text: String {
        if children.count == 1, case .text(let only) = children[0] { return only }
        return children.reduce(into: "") { if case .text(let text) = $1 { $0 += text } }
    }

    /// All the text inside, with that of elements.
    var wholeText: String {
        children.reduce(into: "") { result, child in
            switch child {
            case .text(let text): result += text
            case .element(let element): result += element.wholeText
            }
        }
    }

    /// The elements at any depth that have one of the names, outermost first; what is found is not searched.
    func descendants(where matches: (Element) -> Bool) -> [Element] {
        elements.flatMap { matches($0) ? [$0] : $0.descendants(where: matches) }
    }
}
