import Accounts
import Foundation
import Testing

@Suite("A1: contracts and names")
struct ContractTests {
    @Test(
        "A name matches however case, ё, spaces and hyphens are written",
        arguments: [
            (PersonName(surname: "СОЛОВЬЁВ", givenName: "пётр"), PersonName(surname: "Соловьев", givenName: "Петр")),
            (
                PersonName(surname: "Римский – Корсаков", givenName: " Николай "),
                PersonName(surname: "римский-корсаков", givenName: "Николай")
            ),
            (
                PersonName(surname: "O’Neil", givenName: "Anna  Maria"),
                PersonName(surname: "o’neil", givenName: "anna maria")
            ),
            (
                PersonName(surname: "Ли", givenName: "Ян", patronymic: "  "),
                PersonName(surname: "Ли", givenName: "Ян", patronymic: nil)
            ),
        ]
    )
    func matching(_ one: PersonName, _ other: PersonName) {
        #expect(one.matches(other))
        #expect(other.matches(one))
    }

    @Test(
        "A name of somebody else does not match",
        arguments: [
            (PersonName(surname: "Иванов", givenName: "Иван"), PersonName(surname: "Иванова", givenName: "Иван")),
            (
                PersonName(surname: "Иванов", givenName: "Иван", patronymic: "Ильич"),
                PersonName(surname: "Иванов", givenName: "Иван")
            ),
            (PersonName(surname: "Иван", givenName: "Иванов"), PersonName(surname: "Иванов", givenName: "Иван")),
        ]
    )
    func notMatching(_ one: PersonName, _ other: PersonName) {
        #expect(!one.matches(other))
    }

    @Test(
        "A contract number is one number however it is written",
        arguments: ["12-А/2026", "№ 12-а/2026", " 12-а / 2026 ", "№12-А/2026"]
    )
    func numbers(_ text: String) {
        #expect(ContractNumber(text)?.value == "12-А/2026")
    }

    @Test("An empty or overlong contract number is none", arguments: ["", " № ", String(repeating: "1", count: 65)])
    func noNumber(_ text: String) {
        #expect(ContractNumber(text) == nil)
    }

    @Test("A contract admits its holder once, and nobody else")
    func verdicts() throws {
        let holder = PersonName(surname: "Соловьёв", givenName: "Пётр")
        var contract = Contract(
            number: try #require(ContractNumber("7")),
            name: holder,
            importedAt: Date(timeIntervalSince1970: 0)
        )
        #expect(contract.verdict(for: PersonName(surname: "соловьев", givenName: "петр")) == .admitted)
        #expect(contract.verdict(for: PersonName(surname: "Орлов", givenName: "Пётр")) == .otherName)
        contract.accountID = UUID()
        #expect(contract.verdict(for: holder) == .alreadyBound)
    }

    @Test(
        "The register is read from CSV with commas or semicolons, in Russian or English, quoted or not",
        arguments: [
            "number,surname,given_name,patronymic\n1,Иванов,Иван,Иванович\n2,Ли,Ян,\n",
            "\u{FEFF}Номер;Фамилия;Имя;Отчество\r\n1;Иванов;Иван;Иванович\r\n\r\n2;Ли;Ян;\r\n",
            "patronymic,surname,given_name,number\nИванович,\"Иванов\",Иван,1\n,\"Ли\",Ян,2",
        ]
    )
    func register(_ text: String) throws {
        let register = ContractRegisterCSV(text: text, importedAt: Date(timeIntervalSince1970: 0))
        #expect(register.problems.isEmpty)
        #expect(register.contracts.map(\.number.value) == ["1", "2"])
        #expect(register.contracts.map(\.name.displayed) == ["Иванов Иван Иванович", "Ли Ян"])
    }

    @Test("What cannot be read of the register is named by its line, and the rest is read")
    func registerProblems() {
        let text = """
            number,surname,given_name
            1,Иванов,Иван
            ,Петров,Пётр
            3,Сидоров
            1,Другой,Человек
            4,"Многострочный
            Человек",Имя
            5,,Имя
            7,\(String(repeating: "я", count: 101)),Имя
            8,Ива\u{0}нов,Имя
            6,"Незакрытый,Имя
            """
        let register = ContractRegisterCSV(text: text, importedAt: Date(timeIntervalSince1970: 0))
        #expect(register.contracts.map(\.number.value) == ["1", "4"])
        #expect(register.problems.map(\.line) == [3, 4, 5, 8, 9, 10, 11])
        #expect(register.problems.allSatisfy { !$0.reason.isEmpty && !$0.russianReason.isEmpty })
    }

    @Test("A register without the needed columns is refused whole", arguments: ["", "a,b,c\n1,2,3", "number\n1"])
    func noColumns(_ text: String) {
        let register = ContractRegisterCSV(text: text, importedAt: Date(timeIntervalSince1970: 0))
        #expect(register.contracts.isEmpty)
        #expect(register.problems.map(\.line) == [1])
    }
}
