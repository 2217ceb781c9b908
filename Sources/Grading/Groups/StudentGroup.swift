public import Accounts
public import Foundation

/// A group that grade sheets are made for (S2 4.8).
public struct StudentGroup: Hashable, Sendable, Identifiable {
    /// What the group is for.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// The group of a year and programme; its sheets stay with the dean (академическая группа).
        case academic
        /// Those who are taught and examined together; its sheets are the examiner's (учебная группа).
        case study

        /// What people read, in the genitive of a sheet's heading.
        public var genitive: String {
            switch self {
            case .academic: "академической группы"
            case .study: "учебной группы"
            }
        }
    }

    /// The identifier.
    public let id: UUID
    /// What it is for.
    public let kind: Kind
    /// The name, which each kind has once: «ИБ-21».
    public let name: String
    /// The faculty.
    public var faculty: String

    /// Makes a group.
    public init(id: UUID, kind: Kind, name: String, faculty: String) {
        self.id = id
        self.kind = kind
        self.name = name
        self.faculty = faculty
    }
}

/// Somebody in a group, known by the contract: people are listed before they have an account.
public struct GroupMember: Hashable, Sendable {
    /// The contract.
    public var contract: Contract
    /// The number of the record book (зачётная книжка); empty where none is known.
    public var recordBook: String

    /// Makes a member.
    public init(contract: Contract, recordBook: String) {
        self.contract = contract
        self.recordBook = recordBook
    }
}

/// What came of one line of an import.
public enum GroupImport: String, Hashable, Sendable {
    /// The person is new in the group.
    case added
    /// The record book was replaced.
    case corrected
    /// It stood there just so.
    case unchanged
}
