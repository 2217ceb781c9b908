import Foundation
import Glibc

extension HTTPResponse {
    /// The whole response as it goes over the wire, with the connection closed after it (RFC 9112, section 4).
    func serialized(withBody: Bool) -> [UInt8] {
        let data = if case .bytes(let data) = body { data } else { Data() }
        var text = "HTTP/1.1 \(status.code) \(status.reasonPhrase)\r\nDate: \(Self.date())\r\n"
        for field in headers.fields
        where !["Content-Length", "Transfer-Encoding", "Connection", "Date"].contains(where: {
            HTTPHeaders.sameName($0, field.name)
        }) {
            text += "\(field.name): \(field.value)\r\n"
        }
        text += "Content-Length: \(data.count)\r\nConnection: close\r\n\r\n"
        return Array(text.utf8) + (withBody ? Array(data) : [])
    }

    /// The present time as an IMF-fixdate (RFC 9110, section 5.6.7).
    private static func date() -> String {
        var now = time(nil)
        var parts = tm()
        gmtime_r(&now, &parts)
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        func twoDigits(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let time = "\(twoDigits(parts.tm_hour)):\(twoDigits(parts.tm_min)):\(twoDigits(parts.tm_sec))"
        let day = "\(twoDigits(parts.tm_mday)) \(months[Int(parts.tm_mon)]) \(1900 + parts.tm_year)"
        return "\(days[Int(parts.tm_wday)]), \(day) \(time) GMT"
    }
}
