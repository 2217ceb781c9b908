/// Something did not come out as the script says.
struct WrongOutcome: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) {
        self.description = description
    }
}
