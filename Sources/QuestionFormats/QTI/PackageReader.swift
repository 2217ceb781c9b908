import Archives
import Foundation
import QuestionBank

/// Reads the items of a QTI content package, one at a time.
///
/// Source: IMS Content Packaging 1.1.4 and 1.2 as QTI uses them. Topics come from the sections of the package's tests.
struct PackageReader {
    let archive: ZipArchive
    let sink: ReadSink

    func read() throws -> QuestionFileReader.Summary {
        // Some archives hold several packages, each in a folder of its own.
        let manifests = archive.names.filter { $0 == "imsmanifest.xml" || $0.hasSuffix("/imsmanifest.xml") }
            .sorted { ($0.count, $0) < ($1.count, $1) }
        guard let first = manifests.first else {
            throw FileRefusal(
                .noManifest,
                ru: "В архиве нет imsmanifest.xml: это не пакет QTI.",
                en: "The archive has no imsmanifest.xml: it is no QTI package."
            )
        }
        var format: QuestionFormat?
        var known: Set<String> = []
        for name in manifests { try read(manifest: name, known: &known, format: &format) }
        try reportUnnamed(known: known)
        guard let format else {
            throw FileRefusal(
                .unknownFormat,
                file: first,
                ru: "В пакете нет заданий QTI 2.x или 3.0.",
                en: "The package has no items of QTI 2.x or 3.0."
            )
        }
        return .init(format: format, isPackage: true, encoding: nil, isEncodingGuessed: false)
    }

    /// Reads what one manifest names.
    ///
    /// - Parameter known: the items that were read, so that none is read twice.
    private func read(manifest name: String, known: inout Set<String>, format: inout QuestionFormat?) throws {
        let base = String(name.dropLast("imsmanifest.xml".count))
        guard let manifest = try document(name) else { preconditionFailure("The name is in the archive") }
        var topics: [String: [String]] = [:]
        let resources = manifest.descendants { $0.name == "resource" }
        for resource in resources where Self.isTest(resource) {
            guard let path = path(resource, base), let test = try? document(path) else { continue }
            let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
            QTITest.topics(QTINames.normalised(test), folder: folder, into: &topics)
        }
        for resource in resources where Self.isItem(resource) {
            if let path = path(resource, base), archive.contains(path) {
                guard known.insert(path).inserted else { continue }
            } else {
                // Reported as missing; a file of that name elsewhere is the one that was meant, and no further item.
                known.insert(Self.lastComponent(resource["href"] ?? ""))
            }
            let found = try read(resource, base: base, manifest: name, topics: topics)
            // The newest version that occurs is what the package is.
            if let found, found.rawValue > format?.rawValue ?? "" { format = found }
        }
    }

    /// Reports items that lie in the package and that no manifest names.
    private func reportUnnamed(known: Set<String>) throws {
        for name in archive.names where name.lowercased().hasSuffix(".xml") && !known.contains(name) {
            if known.contains(Self.lastComponent(name)) { continue }
            guard let bytes = try archive.read(name) else { continue }
            let head = String(decoding: bytes.prefix(2_000), as: UTF8.self)
            guard let tag = head.firstMatch(of: /<(?:[A-Za-z0-9]+:)?(?:assessmentItem|qti-assessment-item)[\s>]/) else {
                continue
            }
            let line = 1 + head[..<tag.range.lowerBound].count { $0.isNewline }
            try ItemDesk(file: name, line: line, title: name, sink: sink).refuse(
                ItemFault(
                    .notInManifest,
                    ru: "Задание лежит в пакете, но манифест его не называет.",
                    en: "The item lies in the package, but the manifest does not name it."
                )
            )
        }
    }

    /// Reads one item and answers its format; nil when it could not be told.
    private func read(
        _ resource: Element,
        base: String,
        manifest: String,
        topics: [String: [String]]
    ) throws -> QuestionFormat? {
        let type = resource["type"]?.lowercased() ?? ""
        let declared: QTIVersion = type.contains("v3p0") ? .v30 : type.contains("v2p2") ? .v22 : .v21
        let desk = ItemDesk(
            file: manifest,
            line: resource.line,
            title: resource["href"] ?? resource["identifier"] ?? "",
            sink: sink
        )
        guard let path = path(resource, base), archive.contains(path) else {
            try desk.refuse(
                ItemFault(
                    .missingFile,
                    ru: "Файла задания «\((resource["href"] ?? "").excerpt(80))» в пакете нет.",
                    en: "The item's file “\((resource["href"] ?? "").excerpt(80))” is not in the package."
                )
            )
            return declared.format
        }
        var version = declared
        let stream = XMLStream(itemDepth: 0)
        guard let bytes = try archive.read(path) else { return declared.format }
        var reader = QTIItemReader(version: version, file: path, archive: archive, sink: sink)
        reader.context = QTIMetadata.context(resource)
        reader.context.topic = topics[path] ?? []
        let ending = try stream.read(ByteSource(bytes), file: path) { event in
            switch event {
            case .root: break
            case .oversized(let element): try reader.refuseOversized(element)
            case .item(let element):
                guard let found = QTIVersion(item: element) else {
                    let desk = ItemDesk(file: path, line: element.line, title: desk.title, sink: sink)
                    try desk.refuse(
                        ItemFault(
                            .unsupportedType,
                            ru: "Корневой элемент «\(element.name.excerpt(60))» — не задание QTI 2.x или 3.0.",
                            en: "The root “\(element.name.excerpt(60))” is no item of QTI 2.x or 3.0."
                        )
                    )
                    return
                }
                version = found
                try reader.read(element)
            }
        }
        if case .broken(let line, let message) = ending {
            try ItemDesk(file: path, line: line, title: desk.title, sink: sink).refuse(.notWellFormed(message))
        }
        return version.format
    }

    private static func lastComponent(_ path: String) -> String {
        "…/" + (path.split { $0 == "/" || $0 == "\\" }.last ?? "")
    }

    private func path(_ resource: Element, _ base: String) -> String? {
        let href = resource["href"] ?? resource.first("file")?["href"] ?? ""
        return QTIContent.joined(base, href.removingPercentEncodingOrSelf)
    }

    /// A whole document of the package that is no item.
    private func document(_ name: String) throws -> Element? {
        guard let bytes = try archive.read(name) else { return nil }
        var root: Element?
        // The manifest of the greatest package has many more elements than any item.
        let limits = XMLStream.Limits(elementsPerItem: 2_000_000)
        let stream = XMLStream(itemDepth: 0, limits: limits)
        let ending = try stream.read(ByteSource(bytes), file: name) { event in
            if case .item(let element) = event { root = element }
        }
        guard case .complete = ending, let root else {
            var line = 1
            if case .broken(let place, _) = ending { line = place }
            throw FileRefusal(
                .noManifest,
                line: line,
                file: name,
                ru: "\(name) нарушен или слишком велик.",
                en: "\(name) is broken or too large."
            )
        }
        return root
    }

    private static func isItem(_ resource: Element) -> Bool {
        let type = resource["type"]?.lowercased() ?? ""
        return type.hasPrefix("imsqti_item") || type.hasPrefix("imsqti_apipitem")
    }

    private static func isTest(_ resource: Element) -> Bool {
        let type = resource["type"]?.lowercased() ?? ""
        return type.hasPrefix("imsqti_test") || type.hasPrefix("imsqti_assessment") || type.hasPrefix("imsqti_section")
            || type.hasPrefix("imsqti_apiptest")
    }
}

/// The sections of a test.
enum QTITest {
    /// Notes for each item the titles of the sections that it lies in.
    static func topics(_ test: Element, folder: String, into topics: inout [String: [String]]) {
        func walk(_ element: Element, _ path: [String]) {
            for child in element.elements {
                switch child.name {
                case "assessmentSection":
                    let title = child["title"]?.trimmed() ?? ""
                    walk(child, title.isEmpty ? path : path + [title])
                case "assessmentItemRef":
                    let href = (child["href"] ?? "").removingPercentEncodingOrSelf
                    if let name = QTIContent.joined(folder, href), topics[name] == nil { topics[name] = path }
                default:
                    walk(child, path)
                }
            }
        }
        if test.name == "assessmentSection" {
            walk(Element(name: "", namespace: "", attributes: [], children: [.element(test)], line: 0), [])
        } else {
            walk(test, [])
        }
    }
}

/// What the manifest says about an item.
enum QTIMetadata {
    static func context(_ resource: Element) -> QTIItemReader.Context {
        var context = QTIItemReader.Context()
        guard let metadata = resource.first("metadata") else { return context }
        let own = metadata.descendants { $0.namespace == QTIExtras.namespace }
        context.extras = own.first.flatMap { QTIExtras.decode($0.wholeText) }
        // LOM: general/keyword/langstring, or string in the newer binding.
        for keyword in metadata.descendants(where: { $0.name == "keyword" }) {
            let texts = keyword.elements.isEmpty ? [keyword] : keyword.elements
            context.tags += texts.map { $0.wholeText.trimmed() }.filter { !$0.isEmpty }
        }
        return context
    }
}

extension String {
    var removingPercentEncodingOrSelf: String { removingPercentEncoding ?? self }
}
