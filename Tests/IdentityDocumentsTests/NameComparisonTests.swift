import Accounts
import IdentityDocuments
import Testing

@Suite("C4: the account's name beside the zone's")
struct NameComparisonTests {
    typealias Difference = NameComparison.Difference

    private static func zone(_ names: String) throws -> MachineReadableZone {
        try #require(MRZReading(typed: Written.td3(names: names), on: today).zone)
    }

    private static func name(_ text: String) -> PersonName {
        let parts = text.split(separator: "/").map(String.init)
        return PersonName(surname: parts[0], givenName: parts[1], patronymic: parts.count > 2 ? parts[2] : nil)
    }

    @Test(
        "Doc 9303 spellings are the same name",
        arguments: [
            ("Иванов/Иван", "IVANOV<<IVAN"), ("Щукин/Юрий", "SHCHUKIN<<IURII"), ("Хрущёв/Никита", "KHRUSHCHEV<<NIKITA"),
            ("Подъячев/Илья", "PODIEIACHEV<<ILIA"), ("Соловьёва/Наталья", "SOLOVEVA<<NATALIA"),
            ("Цой/Эдуард", "TSOI<<EDUARD"), ("Жданов/Фёдор", "ZHDANOV<<FEDOR"), ("Чайка/Яна", "CHAIKA<<IANA"),
            ("Петров-Водкин/Кузьма", "PETROV<VODKIN<<KUZMA"), ("Салтыков Щедрин/Анна", "SALTYKOV<SHCHEDRIN<<ANNA"),
            ("О’Коннор/Анна Мария", "OKONNOR<<ANNA<MARIIA"), ("Иванов/Иван/Иванович", "IVANOV<<IVAN<IVANOVICH"),
            ("ИВАНОВ/иван", "IVANOV<<IVAN"), ("Smith/John", "SMITH<<JOHN"), ("Müller/Jörg", "MUELLER<<JOERG"),
            ("Müller/Jörg", "MULLER<<JORG"), ("Groß/Åsa", "GROSS<<AASA"), ("Dvořák/Žofie", "DVORAK<<ZOFIE"),
            ("Ковальчук/Ірина", "KOVALCHUK<<IRINA"), ("Ђорђевић/Ана", "DORDEVIC<<ANA"),
            ("Вуковић/Ђина", "VUKOVIC<<DINA"),
        ]
    )
    func same(_ account: String, _ names: String) throws {
        let comparison = NameComparison(Self.name(account), with: try Self.zone(names))
        #expect(comparison.verdict == .same)
        #expect(comparison.differences == [])
    }

    @Test(
        "Near names are compatible, and why is said",
        arguments: [
            ("Иванов/Иван/Иванович", "IVANOV<<IVAN", [Difference.patronymicAbsent]),
            ("Ёлкин/Пётр", "YOLKIN<<PETR", [.yo]), ("Щукин/Юрий", "SCHUKIN<<YURY", [.spelling]),
            ("Хрущёв/Сергей", "HRUSHCHEV<<SERGEY", [.spelling]), ("Цыганов/Алексей", "TCYGANOV<<ALEXEY", [.spelling]),
            ("Жуков/Юлия", "JOUKOV<<IOULIA", [.spelling]), ("Чехова/Татьяна", "TCHEKHOVA<<TATYANA", [.spelling]),
            ("Петров-Водкин/Иван", "PETROVVODKIN<<IVAN", [.separator]),
            ("Мамедов/Огтайоглы", "MAMEDOV<<OGTAI<OGLY", [.separator]),
            ("Эрикссон/Анна", "ERIKSSON<<ANNA<MARIIA", [.furtherGivenNames]),
            ("Иванов/Иван/Иванович", "IVANOV<<IVAN<PETROVICH", [.patronymicAbsent, .furtherGivenNames]),
            ("Ахметов/Ғалым", "AKHMETOV<<GALYM", [.spelling]), ("Sergeev/Sergey", "SERGEEV<<SERGEI", [.spelling]),
        ] as [(String, String, [Difference])]
    )
    func compatible(_ account: String, _ names: String, _ differences: [Difference]) throws {
        let comparison = NameComparison(Self.name(account), with: try Self.zone(names))
        #expect(comparison.verdict == .compatible)
        #expect(comparison.differences == differences)
    }

    @Test(
        "Other names are different",
        arguments: [
            ("Иванов/Иван", "PETROV<<IVAN"), ("Иванов/Иван", "IVANOV<<PETR"), ("Иванова/Анна", "IVANOV<<ANNA"),
            ("Иванов/Иван", "IVANO<<IVAN"), ("Иванов/Иван", "IVANOVA<<IVAN"), ("Иванов/Иван", "IVAN<<IVANOV"),
            ("Ким/Ан", "KIM<<ANNA"), ("Ким/Анна", "KIM<<AN"), ("Ли/Анна", "LI"), ("Джонсон/Мэри", "JOHNSON<<MARY"),
            ("Иванов/Иван/Петрович", "IVANOV<<PETR<IVANOVICH"), ("王/伟", "WANG<<WEI"),
        ]
    )
    func different(_ account: String, _ names: String) throws {
        let comparison = NameComparison(Self.name(account), with: try Self.zone(names))
        #expect(comparison.verdict == .different)
        #expect(comparison.differences == [])
    }

    @Test("A name cut short is compatible only where the field is full")
    func truncated() throws {
        let long = PersonName(surname: "Рождественская-Преображенская", givenName: "Александра-Виктория")
        let spelt = "ROZHDESTVENSKAIA<PREOBRAZHENSKAIA<<ALEXANDRA"
        let full = "ROZHDESTVENSKAIA<PREOBRAZHENSKAIA<<ALEK"
        #expect(full.count == 39)
        let cut = NameComparison(long, with: try Self.zone(full))
        #expect(cut.verdict == .compatible)
        #expect(cut.differences == [.truncated])
        let initials = NameComparison(long, with: try Self.zone("ROZHDESTVENSKAIA<PREOBRAZHENSKAI<<ALE<V"))
        #expect(initials.verdict == .compatible)
        #expect(initials.differences == [.truncated])
        // One character of room left: then nothing has been cut.
        let short = NameComparison(long, with: try Self.zone(String(full.dropLast())))
        #expect(short.verdict == .different)
        #expect(spelt.count > 39)
    }

    @Test(
        "The internal passport's three ways to cut short (order No 773, annex 24)",
        arguments: [
            ("Рождественская/Александра/Константиновна", "ROJDESTVENSKA8<<ALEKSANDRA<KONSTANTINOV"),
            ("Рождественская-Соколова/Александра/Ильинична", "ROJDESTVENSKA8<SOKOLOVA<<ALEKSANDRA<IL9"),
            ("Преображенская-Скворцова/Александрина/Ильинична", "PREOBRAJENSKA8<SKVORCOVA<<ALEKSANDRIN<I"),
            ("Преображенская-Рождественская-Скворцова/Анна/Ильинична", "PREOBRAJENSKA8<ROJDESTVENSKA8<SKVO<<A<I"),
        ]
    )
    func russianTruncated(_ account: String, _ names: String) throws {
        #expect(names.count == 39)
        let lower = Specimen.russianPassport.split(separator: "\n")[1]
        let zone = try #require(MRZReading(typed: "PNRUS\(names)\n\(lower)", on: today).zone)
        let comparison = NameComparison(Self.name(account), with: zone)
        #expect(comparison.verdict == .compatible)
        #expect(comparison.differences == [.truncated])
        let other = PersonName(surname: "Скворцова", givenName: "Анна", patronymic: "Ильинична")
        #expect(NameComparison(other, with: zone).verdict == .different)
    }

    @Test("What is expected is shown as the zone would have it")
    func expected() throws {
        let account = PersonName(surname: "Щукин-О'Нил", givenName: "Юрий", patronymic: "Ильич")
        let comparison = NameComparison(account, with: try Self.zone("IVANOV<<IVAN"))
        #expect(comparison.expected == "SHCHUKIN<ONIL<<IURII<ILICH")
        #expect(comparison.found == "IVANOV<<IVAN")
    }

    @Test("The Russian internal passport's code: published example, the whole alphabet there and back")
    func russianCode() {
        #expect(RussianPassportCode.code("Байрамов") == "BAQRAMOV")
        #expect(RussianPassportCode.code("Ильгам - оглы") == "IL9GAM<OGLY")
        let alphabet = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"
        #expect(RussianPassportCode.code(alphabet) == "ABVGDE2JZIQKLMNOPRSTUFHC34WXY9678")
        #expect(RussianPassportCode.name("ABVGDE2JZIQKLMNOPRSTUFHC34WXY9678") == alphabet)
        #expect(RussianPassportCode.name("ABC0") == nil)
    }

    @Test(
        "The internal passport's names beside the account's",
        arguments: [
            ("Иванов/Пётр/Олегович", "Иванов", "Пётр", "Олегович", NameComparison.Verdict.same, []),
            ("Иванов/Петр/Олегович", "Иванов", "Пётр", "Олегович", .compatible, [Difference.yo]),
            ("Иванов/Пётр", "Иванов", "Пётр", "Олегович", .compatible, [.furtherGivenNames]),
            ("Байрамов/Амир/Ильгам-оглы", "Байрамов", "Амир", "Ильгам - оглы", .same, []),
            ("Щукина/Юлия/Ильинична", "Щукина", "Юлия", "Ильинична", .same, []),
            (
                "Щукина/Юлия/Ильинична", "Щукина", "Юлия", "Игоревна", .compatible,
                [.patronymicAbsent, .furtherGivenNames]
            ),
            ("Щукина/Юлия/Ильинична", "Шукина", "Юлия", "Ильинична", .different, []),
            ("Андреи/Анна/Юрьевна", "Андрей", "Анна", "Юрьевна", .compatible, [.spelling]),
        ] as [(String, String, String, String, NameComparison.Verdict, [Difference])]
    )
    func russian(
        _ account: String,
        _ surname: String,
        _ given: String,
        _ patronymic: String,
        _ verdict: NameComparison.Verdict,
        _ differences: [Difference]
    ) throws {
        let text = Written.russianPassport(surname: surname, givenName: given, patronymic: patronymic)
        let zone = try #require(MRZReading(typed: text, on: today).zone)
        let comparison = NameComparison(Self.name(account), with: zone)
        #expect(comparison.verdict == verdict)
        #expect(comparison.differences == differences)
    }

    @Test("Names of a thousand letters do not multiply the ways of spelling them", .timeLimit(.minutes(5)))
    func long() throws {
        let account = PersonName(
            surname: String(repeating: "ЩЮЙ", count: 400),
            givenName: String(repeating: "Ё-", count: 400)
        )
        let zone = try Self.zone(String(repeating: "SHCHIUI", count: 4) + "<<" + String(repeating: "YO<", count: 3))
        #expect(NameComparison(account, with: zone).verdict == .different)
    }
}
