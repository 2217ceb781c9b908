import Cryptography
package import Foundation
package import HTTPServer

/// The pages that people work in: one HTML shell for all addresses, and the modules, styles and drawings that it names.
///
/// Files lie under an address with the digest of them all, so that browsers keep them for good and never mix two
/// versions; the shell is asked for anew each time.
package struct Pages: Sendable {
    private let shell: @Sendable () -> Data
    private let assets: [Route]

    /// The pages inside the program.
    package init() {
        let files = PageFiles.embedded()
        let version = Self.version(of: files)
        let shell = Self.shell(files["index.html"] ?? Data(), version: version)
        self.shell = { shell }
        assets = files.filter { $0.key != "index.html" }.map { path, data in
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
        shell = { Self.shell(PageFiles.read("index.html", in: folder) ?? Data(), version: "folder") }
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
        assets
            + PagePaths.all.map { path in
                Route(.get, path) { [shell] request in Self.page(shell(), to: request) }
            }
    }

    /// Scripts, styles and pictures of this service only, none inside the page; what the API answers is never a page.
    static let contentSecurityPolicy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' blob: data:",
        "media-src 'self' blob:", "connect-src 'self'", "form-action 'none'", "base-uri 'none'",
        "frame-ancestors 'none'", "require-trusted-types-for 'script'", "trusted-types question-text",
    ].joined(separator: "; ")

    private static func page(_ data: Data, to request: HTTPRequest) -> HTTPResponse {
        let tag = "\"\(SHA256Digest.hash(data).hex.prefix(32))\""
        var headers = common
        headers.set("Cache-Control", "no-cache")
        headers.set("ETag", tag)
        headers.set("Content-Security-Policy", contentSecurityPolicy)
        headers.set("Permissions-Policy", "camera=(self), microphone=(self), fullscreen=(self), geolocation=()")
        headers.set("Cross-Origin-Opener-Policy", "same-origin")
        if request.headers["If-None-Match"] == tag { return HTTPResponse(status: .notModified, headers: headers) }
        headers.set("Content-Type", PageFiles.mediaType(of: "index.html"))
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

    private static func shell(_ template: Data, version: String) -> Data {
        Data(String(decoding: template, as: UTF8.self).replacing("{{assets}}", with: "/assets/\(version)").utf8)
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
