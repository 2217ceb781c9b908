import Foundation
import HTTPServer
import Testing

@testable import Pages

@Suite("The pages as they are served")
struct PagesTests {
    private let router = Router(routes: Pages().routes)

    private func get(_ path: String, _ headers: HTTPHeaders = HTTPHeaders()) async -> HTTPResponse {
        let request = HTTPRequest(method: .get, target: path, headers: headers)
        return await router.respond(to: request) { status, _, _ in HTTPResponse(status: status) }
    }

    private func bytes(_ response: HTTPResponse) -> Data {
        if case .bytes(let data) = response.body { data } else { Data() }
    }

    @Test("every file of the folder is inside the program, byte for byte, and nothing else")
    func embedded() throws {
        let site = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/Pages/Site").standardizedFileURL
        let found = try #require(
            FileManager.default.enumerator(at: site, includingPropertiesForKeys: [.isRegularFileKey])
        )
        var files: [String: Data] = [:]
        for case let file as URL in found
        where try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true {
            files[String(file.standardizedFileURL.path.dropFirst(site.path.count + 1))] = try Data(contentsOf: file)
        }
        #expect(files.count > 3)
        #expect(PageFiles.embedded() == files)
    }

    @Test("every page is the shell, under a policy without inline code or foreign sources", arguments: PagePaths.all)
    func page(path: String) async throws {
        let target = path.replacingOccurrences(of: "{", with: "").replacingOccurrences(of: "}", with: "")
        let response = await get(target)
        #expect(response.status == .ok)
        let policy = try #require(response.headers["Content-Security-Policy"])
        #expect(policy.hasPrefix("default-src 'none'; ") && policy.contains("frame-ancestors 'none'"))
        #expect(!policy.contains("unsafe") && !policy.contains("http") && !policy.contains("*"))
        #expect(response.headers["Permissions-Policy"]?.contains("camera=(self), microphone=(self)") == true)
        #expect(response.headers["X-Content-Type-Options"] == "nosniff")
        let tag = try #require(response.headers["ETag"])
        let again = await get(target, ["If-None-Match": tag])
        #expect(again.status == .notModified && bytes(again).isEmpty)
    }

    @Test("what the shell names exists, for good and with its type; other addresses of files don't")
    func assets() async throws {
        let html = String(decoding: bytes(await get("/")), as: UTF8.self)
        #expect(!html.contains("{{") && !html.contains("<style") && !html.contains("javascript:"))
        let named = html.matches(of: #/(?:href|src)="(\/assets\/[^"*]+)"/#).map { String($0.output.1) }
        #expect(named.count >= 4)
        for path in named {
            let response = await get(path)
            #expect(response.status == .ok && !bytes(response).isEmpty, "\(path)")
            #expect(response.headers["Cache-Control"]?.contains("immutable") == true)
            #expect(response.headers["Content-Type"]?.hasPrefix("application/octet-stream") == false)
        }
        #expect(await get("/assets/0000000000000000/app.js").status == .notFound)
        #expect(await get(named[0].replacingOccurrences(of: "icon.svg", with: "../index.html")).status != .ok)
    }

    @Test("each page's shell names the page's module and all that it imports", arguments: PagePaths.all)
    func modules(path: String) async throws {
        let graph = ModuleGraph(PageFiles.embedded())
        let module = try #require(graph.pages[path], "app.js has no page for this address")
        let named = graph.modules(ofPage: path)
        #expect(named.first == "app.js" && named.contains(module) && named.contains("lib/api.js"))
        #expect(Set(named).count == named.count)
        let target = path.replacingOccurrences(of: "{", with: "").replacingOccurrences(of: "}", with: "")
        let html = String(decoding: bytes(await get(target)), as: UTF8.self)
        for file in named.dropFirst() { #expect(html.contains("/\(file)\">"), "\(file)") }
        for file in graph.allModules(ofPage: path) { #expect(PageFiles.embedded()[file] != nil, "\(file)") }
    }

    @Test("imports are found in all their forms, later ones apart, and circles end")
    func graph() {
        let graph = ModuleGraph([
            "app.js": Data("import { a } from \"./lib/a.js\";\nconst PAGES = [[\"/x/{y}\", \"page\", null]];".utf8),
            "lib/a.js": Data("import \"./b.js\";\nexport { c } from \"../lib/c.js\";\n// import \"./d.js\";".utf8),
            "lib/b.js": Data("import { a } from \"./a.js\"; const later = () => import(\"./e.js\");".utf8),
            "pages/page.js": Data("import {\n    c,\n} from \"../lib/c.js\";\n".utf8),
        ])
        #expect(graph.pages == ["/x/{y}": "pages/page.js"])
        #expect(graph.modules(ofPage: "/x/{y}") == ["app.js", "pages/page.js", "lib/a.js", "lib/c.js", "lib/b.js"])
        #expect(graph.allModules(ofPage: "/x/{y}").contains("lib/e.js"))
        #expect(!graph.allModules(ofPage: "/x/{y}").contains("lib/d.js"))
    }

    @Test("the service worker keeps the exam's page, every file under its digest, and no address of the API")
    func serviceWorker() async throws {
        let response = await get("/service-worker.js")
        let script = String(decoding: bytes(response), as: UTF8.self)
        #expect(response.headers["Cache-Control"] == "no-cache")
        #expect(response.headers["Content-Type"]?.hasPrefix("text/javascript") == true)
        #expect(
            response.headers["Content-Security-Policy"]?.hasPrefix("default-src 'none'; connect-src 'self'") == true
        )
        #expect(!script.contains("{{"))
        let files = script.matches(of: #/"(\/assets\/[^"*]+)"/#).map { String($0.output.1) }
        #expect(
            files.contains { $0.hasSuffix("/pages/attempt.js") } && files.contains { $0.hasSuffix("/lib/queue.js") }
        )
        for file in files { #expect(await get(file).status == .ok, "\(file)") }
        let tag = try #require(response.headers["ETag"])
        #expect(await get("/service-worker.js", ["If-None-Match": tag]).status == .notModified)
    }

    @Test("browsers that take gzip get it, and the same bytes come out of it")
    func compressed() async throws {
        let html = String(decoding: bytes(await get("/")), as: UTF8.self)
        let path = try #require(html.firstMatch(of: #/src="([^"]+)"/#)).output.1
        let plain = await get(String(path))
        let small = await get(String(path), ["Accept-Encoding": "br, gzip;q=0.8"])
        #expect(plain.headers["Content-Encoding"] == nil && small.headers["Content-Encoding"] == "gzip")
        #expect(small.headers["Vary"] == "Accept-Encoding")
        #expect(bytes(small).starts(with: [0x1F, 0x8B]) && bytes(small).count < bytes(plain).count / 2)
        // The last four bytes are the length of what was compressed (RFC 1952 section 2.3.1).
        let length = bytes(small).suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
        #expect(length == bytes(plain).count)
        #expect(await get(String(path), ["Accept-Encoding": "gzip;q=0"]).headers["Content-Encoding"] == nil)
    }

    @Test("nobody reads outside of the folder that pages are written in")
    func folder() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "pages-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(
            at: folder.appending(path: "site/lib"),
            withIntermediateDirectories: true
        )
        try Data("secret".utf8).write(to: folder.appending(path: "secret.js"))
        try Data("page".utf8).write(to: folder.appending(path: "site/lib/a.js"))
        let router = Router(routes: Pages(folder: folder.appending(path: "site")).routes)
        for (path, isThere) in [
            ("/assets/folder/lib/a.js", true), ("/assets/folder/../secret.js", false),
            ("/assets/folder/%2e%2e/secret.js", false), ("/assets/folder/..%2fsecret.js", false),
            ("/assets/folder/lib/b.js", false),
        ] {
            let request = HTTPRequest(method: .get, target: path)
            let response = await router.respond(to: request) { status, _, _ in HTTPResponse(status: status) }
            #expect((response.status == .ok) == isThere, "\(path)")
        }
    }
}
