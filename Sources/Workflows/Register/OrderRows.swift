import Accounts
import Foundation
import Identification
import Storage

/// The register of orders and powers of attorney, newest first; or of the persons responsible by those in force on a day
/// (rows A6, C2; S3 12): a row for each paper and person.
struct OrderRows: RegisterSource {
    /// Only papers in force on this day; `nil` for all.
    let validOn: CalendarDay?

    let title: LocalizedText

    init(validOn: CalendarDay?) {
        self.validOn = validOn
        title =
            validOn == nil
            ? LocalizedText(ru: "Реестр приказов и доверенностей", en: "Register of orders and powers of attorney")
            : LocalizedText(ru: "Реестр ответственных лиц", en: "Register of persons responsible")
    }

    let columns: [RegisterColumn] = [
        .init("number", ru: "№", en: "No.", width: 9, weight: 1, isCentred: true),
        .init("holder_name", ru: "Фамилия, имя, отчество", en: "Name", width: 34, weight: 4.6),
        .init("holder", ru: "Учётная запись", en: "Account", width: 37),
        .init("scopes", ru: "Полномочия", en: "Authority", width: 50, weight: 5),
        .init("order_kind", ru: "Вид документа", en: "Kind of paper", width: 16, weight: 2.4, isCentred: true),
        .init("order_number", ru: "Номер", en: "Number", width: 14, weight: 2, isCentred: true),
        .init("date", ru: "Дата", en: "Date", width: 12, weight: 2, isCentred: true),
        .init("valid_from", ru: "Действует с", en: "Valid from", width: 12, weight: 2, isCentred: true),
        .init("valid_until", ru: "Действует по", en: "Valid until", width: 12, weight: 2, isCentred: true),
        .init("issued_by", ru: "Кто издал", en: "Issued by", width: 34, weight: 3.4),
        .init("partner_organisation", ru: "Организация-партнёр", en: "Partner organisation", width: 30),
        .init("revoked_from", ru: "Отменён с", en: "Revoked from", width: 12, weight: 2, isCentred: true),
        .init("revocation_reason", ru: "Причина отмены", en: "Reason of revocation", width: 30),
        .init("entered_at", ru: "Внесён", en: "Entered", width: 20),
        .init("id", ru: "Запись", en: "Record", width: 37),
        .init("log_index", ru: "Запись журнала №", en: "Log entry No.", width: 14, weight: 1.8, isCentred: true),
    ]

    /// A paper in a few words, `приказ № 12 от 01.02.2026`.
    static func reference(_ order: Order) -> String {
        let style = RegisterStyle(language: .ru, zone: .gmt)
        return "\(order.kind.label.ru) № \(order.number) от \(style.text(order.date))"
    }

    func count(in stores: any Stores) throws -> Int {
        var count = 0
        var filter = OrderFilter(limit: 500)
        filter.validOn = validOn
        while true {
            let page = try stores.orders(filter)
            count += page.reduce(0) { $0 + $1.holders.count }
            guard page.count == filter.limit, let last = page.last else { return count }
            filter.before = last.id
        }
    }

    func page(
        after mark: RegisterMark?,
        limit: Int,
        names: inout NameBook,
        in stores: any Stores
    ) throws -> RegisterPage {
        var filter = OrderFilter(limit: limit)
        filter.validOn = validOn
        filter.before = mark?.id
        let orders = try stores.orders(filter)
        var rows: [[RegisterValue]] = []
        for order in orders {
            let places = try stores.logPlaces(of: order.id)
            for holder in order.holders {
                let name = try names.name(of: holder, in: stores)?.displayed
                rows.append(Self.row(order, holder, name, places.first))
            }
        }
        let end = orders.count == limit ? orders.last : nil
        return RegisterPage(rows: rows, mark: end.map { RegisterMark(id: $0.id) })
    }

    private static func row(_ order: Order, _ holder: UUID, _ name: String?, _ place: UInt64?) -> [RegisterValue] {
        let scopes = order.scopes.sorted { $0.rawValue < $1.rawValue }
        return [
            .empty,
            RegisterValue(name),
            .text(holder.lowercased),
            .code(
                scopes.map(\.rawValue).joined(separator: " "),
                LocalizedText(
                    ru: scopes.map(\.label.ru).joined(separator: "; "),
                    en: scopes.map(\.label.en).joined(separator: "; ")
                )
            ),
            .code(order.kind.rawValue, order.kind.label),
            .text(order.number),
            .day(order.date),
            .day(order.validFrom),
            order.validUntil.map { .day($0) } ?? .empty,
            .text(order.issuedBy),
            RegisterValue(order.partnerOrganisation),
            order.revocation.map { .day($0.day) } ?? .empty,
            RegisterValue(order.revocation?.reason),
            .time(order.enteredAt),
            .text(order.id.lowercased),
            place.map { .number(Int($0)) } ?? .empty,
        ]
    }
}
