import Foundation

/// The transcript on standard output: one line for each step, as it happens.
struct Transcript: Sendable {
    let terminal: Terminal

    /// The widest title that still leaves the outcomes in a column.
    private static let titleWidth = 44
    /// The narrowest terminal in which the outcomes fit beside the titles.
    private static let wideEnough = 115

    func headline(_ text: String) {
        write("\n\(terminal.styled(text, .bold))\n")
    }

    func act(_ title: String) {
        write("\n\(terminal.styled(title, .bold))\n")
    }

    /// Shows a step that is under way; only a terminal can take it back.
    func pending(_ title: String) {
        guard terminal.isTerminal else { return }
        write("\(padding(9))  \(terminal.styled("\(title)...", .faint))", lineBreak: false)
    }

    func step(_ step: Step) {
        let mark = step.isRight ? terminal.styled(terminal.right, .green) : terminal.styled(terminal.wrong, .red)
        let number = String(step.number)
        let time = "\(step.milliseconds) ms"
        let isWide = terminal.columns >= Self.wideEnough
        let gap = isWide ? padding(Self.titleWidth + 2 - step.title.count) : "\n" + padding(17)
        let outcome = step.isRight ? terminal.styled(step.outcome, .faint) : terminal.styled(step.outcome, .red)
        write(
            "\(terminal.startOfLine)\(padding(3 - number.count))\(number) \(mark)\(padding(9 - time.count))"
                + "\(terminal.styled(time, .faint))  \(step.title)\(gap)\(outcome)\n"
        )
    }

    func line(_ text: String = "") {
        write(text + "\n")
    }

    /// Text in the colour of a good or bad end.
    func verdict(_ text: String, isRight: Bool) {
        write(terminal.startOfLine + terminal.styled(text, isRight ? .green : .red) + "\n")
    }

    private func padding(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }

    private func write(_ text: String, lineBreak: Bool = true) {
        // Whoever closed the output does not want it any more.
        try? FileHandle.standardOutput.write(contentsOf: Data(terminal.printable(text).utf8))
    }
}
