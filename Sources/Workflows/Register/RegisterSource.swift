import Accounts
import Foundation
import Identification
import Storage

/// A register as rows, read a page at a time in an order that does not change.
protocol RegisterSource: Sendable {
    /// What it is called, for the sheet and for the head on paper.
    var title: LocalizedText { get }
    var columns: [RegisterColumn] { get }
    /// How many rows there will be at most; they are counted as they are written.
    func count(in stores: any Stores) throws -> Int
    /// The rows behind a mark.
    ///
    /// - Parameter names: what is known from the pages before.
    func page(
        after mark: RegisterMark?,
        limit: Int,
        names: inout NameBook,
        in stores: any Stores
    ) throws -> RegisterPage
}

/// Where a page ends.
struct RegisterMark: Hashable, Sendable, Codable {
    /// In the identification log.
    var place: RegisterPlace?
    /// In the register of consents.
    var number: Int64?
    /// In the register of orders.
    var id: UUID?
}

/// A page of a register.
struct RegisterPage: Sendable {
    var rows: [[RegisterValue]]
    /// The mark behind it; `nil` where nothing follows.
    var mark: RegisterMark?
}
