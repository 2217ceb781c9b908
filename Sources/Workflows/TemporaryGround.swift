import Accounts
import Cryptography
import Foundation
import Storage

enum ConsentKind { case biometric, partnerTransfer }
enum OrderScope { case identification }
struct OrderStub { var id: UUID }
extension AccountStore {
    func hasConsent(of id: UUID, _ kind: ConsentKind) throws -> Bool { true }
    func authority(of id: UUID, _ scope: OrderScope, on day: CalendarDay) throws -> OrderStub? { OrderStub(id: id) }
}
extension Services {
    var timeZone: TimeZone { .gmt }
    func day(of time: Date) -> CalendarDay { CalendarDay(time, in: timeZone) }
}
extension Vault {
    func biometricKey(of id: UUID, in stores: any Stores) throws -> SealingKey { try personKey(of: id, in: stores) }
    func existingBiometricKey(of id: UUID, in stores: any Stores) throws -> SealingKey? {
        try existingPersonKey(of: id, in: stores)
    }
}
enum PartnerConsent {
    static func isGiven(
        by subject: UUID,
        to principal: Principal,
        _ services: Services,
        at now: Date,
        in stores: any Stores
    ) throws -> Bool { true }
}
