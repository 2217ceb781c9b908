import Foundation
import HTTPServer

/// A problem as a page, for a person whose browser comes from another site and has no page of ours open: Russian first,
/// then English.
struct ProblemPage {
    let russian: Problem
    let english: Problem

    /// Whether whoever asks wants to look at the answer: browsers name HTML, programs don't.
    static func isWanted(by request: HTTPRequest) -> Bool {
        request.headers["Accept"]?.lowercased().contains("text/html") ?? false
    }

    /// The page; it holds no script, no style and nothing of what was sent.
    var html: String {
        """
        <!DOCTYPE html>
        <html lang="ru">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Запрос не выполнен</title>
        </head>
        <body>
        <h1>Запрос не выполнен</h1>
        <p>\(Self.escaped(russian.detail))</p>
        <p><a href="/">На главную страницу</a></p>
        <div lang="en">
        <h1>The request was not carried out</h1>
        <p>\(Self.escaped(english.detail))</p>
        <p><a href="/">To the main page</a></p>
        </div>
        <p>\(Self.escaped(russian.code)), \(Self.escaped(russian.instance ?? ""))</p>
        </body>
        </html>

        """
    }

    func answer(headers: [(String, String)]) -> Answer {
        Answer(
            status: HTTPStatus(code: russian.status),
            headers: headers,
            body: .raw(Data(html.utf8), type: "text/html; charset=utf-8")
        )
    }

    private static func escaped(_ text: String) -> String {
        text.replacingOccurrences(of: "&", with: "&amp;")
            .replacingOccurrences(of: "<", with: "&lt;")
            .replacingOccurrences(of: ">", with: "&gt;")
            .replacingOccurrences(of: "\"", with: "&quot;")
    }
}
