import Cryptography
package import Foundation
package import HTTPServer

/// The pages that people work in: one HTML shell for all addresses, and the modules, styles and drawings that it names.
///
/// Files lie under an address with the digest of them all, so that browsers keep them for good and never mix two
/// versions; the shell is asked for anew each time.
package struct Pages: Sendable {
    private let shell: @Sendable (_ pattern: String) -> Data
    private let worker: @Sendable () -> Data
    private let assets: [Route]

    /// The pages inside the program.
    package init() {
        let files = PageFiles.embedded()
        let version = Self.version(of: files)
        let graph = ModuleGraph(files)
        let shells = Dictionary(
            uniqueKeysWithValues: PagePaths.all.map { ($0, Self.shell($0, files, graph, version: version)) }
        )
        let script = Self.worker(files, graph, version: version)
        shell = { shells[$0] ?? Data() }
        worker = { script }
        assets = files.filter { !Self.isTemplate($0.key) }.map { path, data in
            let small = Gzip.compressed(data)
            return Route(.get, "/assets/\(version)/\(path)") { request in
                var response = Self.file(data, path, cache: "public, max-age=31536000, immutable")
                response.headers.set("Vary", "Accept-Encoding")
                if let small, small.count < data.count, Gzip.isAccepted(request.headers["Accept-Encoding"]) {
                    response.headers.set("Content-Encoding", "gzip")
                    response.body = .bytes(small)
                }
                return response
            }
        }
    }

    /// The pages of a folder, read anew for each request: for those who write them, never for a service that people use.
    package init(folder: URL) {
        shell = { pattern in
            let files = PageFiles.all(in: folder)
            return Self.shell(pattern, files, ModuleGraph(files), version: "folder")
        }
        worker = {
            let files = PageFiles.all(in: folder)
            return Self.worker(files, ModuleGraph(files), version: "folder")
        }
        // A segment of a request's path has neither slashes nor dots alone, so nothing leads out of the folder.
        let answer: @Sendable (String) -> HTTPResponse = { path in
            guard let data = PageFiles.read(path, in: folder) else { return HTTPResponse(status: .notFound) }
            return Self.file(data, path, cache: "no-store")
        }
        assets = [
            Route(.get, "/assets/folder/{file}") { answer($0.parameters["file"] ?? "") },
            Route(.get, "/assets/folder/{part}/{file}") {
                answer("\($0.parameters["part"] ?? "")/\($0.parameters["file"] ?? "")")
            },
        ]
    }

    /// The routes of pages and files.
    package var routes: [Route] {
        assets + [Route(.get, "/service-worker.js") { [worker] request in Self.script(worker(), to: request) }]
            + PagePaths.all.map { path in
                Route(.get, path) { [shell] request in Self.page(shell(path), to: request) }
            }
    }

    /// Files that are served with something put into them, under addresses of their own.
    private static func isTemplate(_ path: String) -> Bool { path == "index.html" || path == "service-worker.js" }

    /// Scripts, styles and pictures of this service only, none inside the page; what the API answers is never a page.
    static let contentSecurityPolicy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' blob: data:",
        "media-src 'self' blob:", "connect-src 'self'", "form-action 'none'", "base-uri 'none'",
        "frame-ancestors 'none'", "worker-src 'self'", "require-trusted-types-for 'script'",
        "trusted-types question-text service-worker",
    ].joined(separator: "; ")

    /// The service worker asks for files of this service, and does nothing else.
    static let workerPolicy = "default-src 'none'; connect-src 'self'; require-trusted-types-for 'script'"

    private static func page(_ data: Data, to request: HTTPRequest) -> HTTPResponse {
        var headers = common
        headers.set("Content-Security-Policy", contentSecurityPolicy)
        headers.set("Permissions-Policy", "camera=(self), microphone=(self), fullscreen=(self), geolocation=()")
        headers.set("Cross-Origin-Opener-Policy", "same-origin")
        return revalidated(data, "index.html", headers, to: request)
    }

    private static func script(_ data: Data, to request: HTTPRequest) -> HTTPResponse {
        var headers = common
        headers.set("Content-Security-Policy", workerPolicy)
        return revalidated(data, "service-worker.js", headers, to: request)
    }

    /// What browsers ask for anew each time, and get only where it has changed.
    private static func revalidated(
        _ data: Data,
        _ name: String,
        _ given: HTTPHeaders,
        to request: HTTPRequest
    ) -> HTTPResponse {
        let tag = "\"\(SHA256Digest.hash(data).hex.prefix(32))\""
        var headers = given
        headers.set("Cache-Control", "no-cache")
        headers.set("ETag", tag)
        if request.headers["If-None-Match"] == tag { return HTTPResponse(status: .notModified, headers: headers) }
        headers.set("Content-Type", PageFiles.mediaType(of: name))
        return HTTPResponse(status: .ok, headers: headers, body: data)
    }

    private static func file(_ data: Data, _ path: String, cache: String) -> HTTPResponse {
        var headers = common
        headers.set("Cache-Control", cache)
        headers.set("Content-Type", PageFiles.mediaType(of: path))
        // An SVG that is opened by itself is a document, too.
        headers.set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
        return HTTPResponse(status: .ok, headers: headers, body: data)
    }

    private static var common: HTTPHeaders {
        [
            "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
        ]
    }

    /// The shell of a page, which names all modules that the page begins with.
    private static func shell(
        _ pattern: String,
        _ files: [String: Data],
        _ graph: ModuleGraph,
        version: String
    ) -> Data {
        let links = graph.modules(ofPage: pattern).filter { $0 != "app.js" }
            .map { "<link rel=\"modulepreload\" href=\"{{assets}}/\($0)\">" }
        return filled(files["index.html"], ["modules": links.joined(separator: "\n")], version)
    }

    /// The service worker with the files that the exam's page may ask for.
    private static func worker(_ files: [String: Data], _ graph: ModuleGraph, version: String) -> Data {
        let kept = graph.allModules(ofPage: "/attempt/{attempt}") + ["style.css", "icon.svg"]
        let list = kept.map { "\"{{assets}}/\($0)\"" }.joined(separator: ", ")
        return filled(files["service-worker.js"], ["files": "[\(list)]", "version": version], version)
    }

    private static func filled(_ template: Data?, _ values: [String: String], _ version: String) -> Data {
        var text = String(decoding: template ?? Data(), as: UTF8.self)
        for (name, value) in values { text = text.replacing("{{\(name)}}", with: value) }
        return Data(text.replacing("{{assets}}", with: "/assets/\(version)").utf8)
    }

    /// The digest of all files in the order of their paths.
    private static func version(of files: [String: Data]) -> String {
        var all = Data()
        for (path, data) in files.sorted(by: { $0.key < $1.key }) {
            all += Data("\(path) \(data.count)\n".utf8) + data
        }
        return String(SHA256Digest.hash(all).hex.prefix(16))
    }
}
