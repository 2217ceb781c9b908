public import Foundation

/// The registration number of a contract, folded so that «№ 12-а/2026» and «12-А/2026» are one number.
public struct ContractNumber: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The folded number: upper case, no spaces, no «№».
    public let value: String

    /// Reads a number; `nil` where nothing is left of it, or more than 64 characters.
    public init?(_ text: String) {
        let kept = text.precomposedStringWithCompatibilityMapping.uppercased().filter { character in
            !character.isWhitespace && character != "№" && !character.unicodeScalars.contains { $0.value < 0x20 }
        }
        // The compatibility mapping turns «№» into «No».
        let folded = text.contains("№") && kept.hasPrefix("NO") ? String(kept.dropFirst(2)) : kept
        guard !folded.isEmpty, folded.count <= 64 else { return nil }
        value = folded
    }

    /// The folded number.
    public var description: String { value }
}

/// A contract for education in the register that staff import (row A1): one account may be bound to it, and its holder
/// may have several contracts.
public struct Contract: Hashable, Sendable {
    /// The identifier by which the register's pages know it: numbers have slashes, and have no place in addresses.
    public var id: UUID
    /// The registration number.
    public var number: ContractNumber
    /// The learner's name as the contract has it.
    public var name: PersonName
    /// The learner's birthday, where the register has it: minors need a parent's consent (row F4).
    public var birthDate: CalendarDay?
    /// The account bound to the contract, once its holder has registered.
    public var accountID: UUID?
    /// When staff imported it.
    public var importedAt: Date
    /// When it ended; a closed contract opens no account.
    public var closedAt: Date?

    /// Creates a contract, unbound unless said otherwise.
    public init(
        id: UUID = UUID(),
        number: ContractNumber,
        name: PersonName,
        birthDate: CalendarDay? = nil,
        accountID: UUID? = nil,
        importedAt: Date,
        closedAt: Date? = nil
    ) {
        self.id = id
        self.number = number
        self.name = name
        self.birthDate = birthDate
        self.accountID = accountID
        self.importedAt = importedAt
        self.closedAt = closedAt
    }
}

/// What the register says to somebody who names a contract and themself. Only `admitted` opens an account.
///
/// The outside learns no difference between the refusals: the register must not be searchable by guessing.
public enum ContractVerdict: Hashable, Sendable {
    /// Number and names agree, and no account is bound yet.
    case admitted
    /// The register has no such number.
    case unknownNumber
    /// The number stands for somebody of another name.
    case otherName
    /// The contract has its account already.
    case alreadyBound
    /// The contract has ended.
    case closed
}

extension Contract {
    /// Judges a registration for this contract.
    public func verdict(for claimed: PersonName) -> ContractVerdict {
        guard name.matches(claimed) else { return .otherName }
        guard accountID == nil else { return .alreadyBound }
        return closedAt == nil ? .admitted : .closed
    }
}
