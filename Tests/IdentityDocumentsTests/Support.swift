import Accounts
import IdentityDocuments

func day(_ text: String) -> CalendarDay {
    guard let date = CalendarDay(text) else { preconditionFailure("no day: \(text)") }
    return date
}

/// The day on which the tests read zones.
let today = day("2026-11-21")

/// Zones that are published: ICAO Doc 9303 parts 4 to 7, and one of Latvia's and one of the Russian passport's specimens.
enum Specimen {
    static let td1 = """
        I<UTOD231458907<<<<<<<<<<<<<<<
        7408122F1204159UTO<<<<<<<<<<<6
        ERIKSSON<<ANNA<MARIA<<<<<<<<<<
        """
    static let td2 = """
        I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<
        D231458907UTO7408122F1204159<<<<<<<6
        """
    static let td3 = """
        P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<
        L898902C36UTO7408122F1204159ZE184226B<<<<<10
        """
    static let mrvA = """
        V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<
        L8988901C4XXX4009078F96121096ZE184226B<<<<<<
        """
    static let mrvB = """
        V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<
        L8988901C4XXX4009078F9612109<<<<<<<<
        """
    static let latvia = """
        I<LVAPA99929216121282<88882<<<
        8212122M1703054LVA<<<<<<<<<<<0
        PARAUDZINS<<ANDRIS<<<<<<<<<<<<
        """
    static let german = """
        P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<<
        C01X00T478D<<6408125F2702283<<<<<<<<<<<<<<<4
        """
    /// The names are of this test; the lower line is a published example.
    static let russianPassport = """
        PNRUSIVANOV<<PETR<OLEGOVI3<<<<<<<<<<<<<<<<<<
        3919353498RUS7207233M<<<<<<<4151218910003<50
        """
}

/// Lines of the right length with the right check digits, for documents that nobody published.
enum Written {
    static func filled(_ text: String, _ length: Int) -> String {
        text + String(repeating: "<", count: max(0, length - text.count))
    }

    static func check(_ text: String) -> String {
        MRZCheckDigit.digit(of: text).map(String.init) ?? "?"
    }

    static func td3(
        names: String,
        code: String = "P<",
        issuer: String = "RUS",
        number: String = "711234567",
        nationality: String = "RUS",
        born: String = "900115",
        sex: String = "M",
        expires: String = "300520",
        optional: String = ""
    ) -> String {
        let number = filled(number, 9)
        let optional = filled(optional, 14)
        let optionalCheck = optional.allSatisfy { $0 == "<" } ? "<" : check(optional)
        let first = number + check(number)
        let second = born + check(born)
        let third = expires + check(expires) + optional + optionalCheck
        return filled(code + issuer + names, 44) + "\n" + first + filled(nationality, 3) + second + sex + third
            + check(first + second + third)
    }

    static func russianPassport(
        surname: String,
        givenName: String,
        patronymic: String,
        series: String = "4508",
        number: String = "123456",
        born: String = "900115",
        sex: String = "M",
        issued: String = "100220",
        division: String = "770001"
    ) -> String {
        let names = [surname, givenName, patronymic].map(RussianPassportCode.code)
        let upper = filled("PNRUS\(names[0])<<\(names[1])<\(names[2])", 44)
        let first = String(series.prefix(3)) + number
        let head = first + check(first)
        let birth = born + check(born)
        let rest = String(series.suffix(1)) + issued + division + "<"
        let tail = "<<<<<<<" + rest + check(rest)
        return upper + "\n" + head + "RUS" + birth + sex + tail + check(head + birth + tail)
    }
}
