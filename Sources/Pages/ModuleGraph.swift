import Foundation

/// Which modules a page needs, read from the modules themselves: so that a browser asks for all of them at once instead
/// of finding them one import after the other, and so that a page can be kept for times without a connection.
struct ModuleGraph {
    /// Modules that a module imports when it is loaded, by path below `Site`.
    private let immediate: [String: [String]]
    /// Modules that a module imports later, by a call with a literal address.
    private let deferred: [String: [String]]
    /// The module of each page by the address's pattern, as `app.js` has them in its table.
    let pages: [String: String]

    init(_ files: [String: Data]) {
        var direct: [String: [String]] = [:]
        var later: [String: [String]] = [:]
        for (path, data) in files where path.hasSuffix(".js") {
            let text = String(decoding: data, as: UTF8.self)
            direct[path] = text.matches(
                of: #/(?m)^(?:import|export) (?:[\w*, ]*\{[^}"]*\} from |[\w*, ]+ from )?"(\.[^"]+)";/#
            )
            .map { Self.resolve(String($0.output.1), from: path) }
            later[path] = text.matches(of: #/import\("(\.[^"]+)"\)/#)
                .map { Self.resolve(String($0.output.1), from: path) }
        }
        immediate = direct
        deferred = later
        let table = String(decoding: files["app.js"] ?? Data(), as: UTF8.self)
        let rows = table.matches(of: #/\["(\/[^"]*)", "([a-z-]+)"/#)
        pages = Dictionary(rows.map { (String($0.output.1), "pages/\($0.output.2).js") }) { first, _ in first }
    }

    /// What a page loads at once, the entry first, without what is imported later.
    func modules(ofPage pattern: String) -> [String] {
        closure(["app.js"] + [pages[pattern]].compactMap(\.self), following: [immediate])
    }

    /// Everything that a page may load while it is open.
    func allModules(ofPage pattern: String) -> [String] {
        closure(["app.js"] + [pages[pattern]].compactMap(\.self), following: [immediate, deferred])
    }

    /// Breadth first, so that what is needed first is asked for first.
    private func closure(_ start: [String], following edges: [[String: [String]]]) -> [String] {
        var found = start
        var place = 0
        while place < found.count {
            for next in edges.flatMap({ $0[found[place]] ?? [] }) where !found.contains(next) { found.append(next) }
            place += 1
        }
        return found
    }

    /// A relative address as a path below `Site`.
    private static func resolve(_ address: String, from path: String) -> String {
        var parts = path.split(separator: "/").dropLast().map(String.init)
        for part in address.split(separator: "/") {
            switch part {
            case ".": break
            case "..": _ = parts.popLast()
            default: parts.append(String(part))
            }
        }
        return parts.joined(separator: "/")
    }
}
