import Foundation

/// The report: one page that stands alone, without anything fetched from elsewhere.
struct ReportPage {
    let findings: Findings
    let summary: Summary
    let pictures: PictureFiles

    var html: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>attestd: one proctored exam</title>
        <style>\(ReportStyle.sheet)</style>
        </head>
        <body>
        \(pictures.definitions(findings.faces))
        <main>
        \(header)
        \(IdentificationSection(findings: findings).html)
        \(TicketSection(findings: findings).html)
        \(EventTimeline(findings: findings).html)
        \(LogSection(findings: findings).html)
        \(StepSection(steps: summary.steps).html)
        \(footer)
        </main>
        </body>
        </html>

        """
    }

    private var header: String {
        let right = summary.steps.count - summary.wrong.count
        let seconds = String(format: "%.1f", Double(summary.milliseconds) / 1000)
        let grade = findings.result["grade_text"].text
        let size = findings.checkpoint["size"].text
        return """
            <header>
            <p class="kicker">attestd demonstration ·
            <time datetime="\(findings.startedAt.formatted(.iso8601))">\(Self.date(findings.startedAt))</time></p>
            <h1>One proctored exam, from the contract to the grade</h1>
            <p class="lead">\(HTML.escaped(findings.cast.candidate.latin)) \
            (<span lang="ru">\(HTML.escaped(name(of: findings.cast.candidate)))</span>) sits \
            <span lang="ru">«\(HTML.escaped(findings.examTitle))»</span> at home. \(ending) What follows is what the
            running service answered, over the same HTTP API that any client uses.</p>
            \(failures)
            <dl class="tiles">
            \(tile("Outcomes right", "\(right) of \(summary.steps.count)", tone: summary.isRight ? "good" : "bad"))
            \(tile("Grade", grade.isEmpty ? "–" : grade, language: "ru"))
            \(tile("Log entries", size.isEmpty ? "–" : size))
            \(tile("Time taken", "\(seconds) s"))
            </dl>
            <p class="note">The people of the story are invented. The photographs are official pictures of the White House,
            in the public domain, of persons who have nothing to do with this project and do not endorse it; they stand in
            as sample pictures.</p>
            </header>
            """
    }

    private var ending: String {
        summary.isRight
            ? "Somebody else tries to sit it for him and does not get in; he does."
            : "Not everything came out as it should have."
    }

    private var failures: String {
        guard !summary.wrong.isEmpty else { return "" }
        let rows = summary.wrong.map {
            "<li>Step \($0.number), \(HTML.escaped($0.title)): \(HTML.escaped($0.outcome))</li>"
        }
        return "<ul class=\"failures\">\(rows.joined())</ul>"
    }

    private var footer: String {
        let rows = Picture.allCases.map {
            "<li><code>\(HTML.escaped($0.rawValue))</code> \(HTML.escaped($0.provenance))</li>"
        }
        return """
            <footer>
            <h2>The photographs</h2>
            <p>Works of the United States Government (Pete Souza, the White House), from the test pictures of the package
            <code>face_recognition</code>; <code>SampleImages/manifest.json</code> has sources and digests.</p>
            <ul>\(rows.joined())</ul>
            </footer>
            """
    }

    private func tile(_ title: String, _ value: String, tone: String = "", language: String = "en") -> String {
        "<div class=\"\(tone)\"><dt>\(title)</dt><dd lang=\"\(language)\">\(HTML.escaped(value))</dd></div>"
    }

    private func name(of person: Person) -> String {
        [person.surname, person.givenName, person.patronymic].joined(separator: " ")
    }

    private static func date(_ date: Date) -> String {
        date.formatted(.dateTime.day().month(.wide).year().hour().minute().locale(Locale(identifier: "en_GB")))
    }
}
