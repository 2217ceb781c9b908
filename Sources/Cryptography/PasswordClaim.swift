/// Who asks for a password computation, and so who goes first where several wait.
public enum PasswordClaim: Hashable, Sendable {
    /// Somebody who has shown something before: a session, a device that logged in, a contract. Of several that wait for
    /// one and the same, each further one goes behind those who wait for less: nobody fills the queue alone.
    case trusted(by: String? = nil)
    /// Anybody else, after so many failures from the same place: who comes from where nobody failed goes first, and of
    /// equal ones who was told to come again and is back.
    case stranger(failures: Int, isBack: Bool = false)

    /// The order in which jobs run: smaller ones first.
    struct Rank: Comparable {
        var isStranger: Bool
        var count: Int
        var isNew = false

        static func < (left: Rank, right: Rank) -> Bool { left.number < right.number }

        private var number: (Int, Int, Int) { (isStranger ? 1 : 0, count, isNew ? 1 : 0) }
    }
}
