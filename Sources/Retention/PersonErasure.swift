public import Foundation

/// A demand that a person be erased, what was decided about it, and what came of it (row F3).
public struct PersonErasure: Hashable, Sendable, Codable, Identifiable {
    /// Why somebody is to be erased.
    public enum Ground: String, Hashable, Sendable, Codable, CaseIterable {
        /// The person asks for it (152-ФЗ art. 14 part 1).
        case request
        /// The consent to the processing of personal data is withdrawn (152-ФЗ art. 21 part 5).
        case consentWithdrawn = "consent_withdrawn"
        /// What the data were for is achieved (152-ФЗ art. 21 part 4).
        case purposeAchieved = "purpose_achieved"
        /// A court or an authority demands it.
        case ordered

        /// As a certificate says it.
        public var russian: String {
            switch self {
            case .request: "требование субъекта персональных данных (152-ФЗ, ст. 14 ч. 1)"
            case .consentWithdrawn: "отзыв согласия на обработку персональных данных (152-ФЗ, ст. 21 ч. 5)"
            case .purposeAchieved: "достижение цели обработки персональных данных (152-ФЗ, ст. 21 ч. 4)"
            case .ordered: "решение суда или уполномоченного органа"
            }
        }
    }

    /// Where it stands.
    public enum State: String, Hashable, Sendable, Codable, CaseIterable {
        /// An officer has yet to decide.
        case requested
        /// It is not to be.
        case refused
        /// It is to be, as soon as nothing holds it.
        case approved
        /// The keys and rows are gone; files and the rests in the database's file follow.
        case clearing
        /// Nothing is left.
        case completed
    }

    /// The identifier (UUIDv7).
    public let id: UUID
    /// Whom.
    public let accountID: UUID
    /// Why.
    public let ground: Ground
    /// Who asked for it.
    public let requestedBy: UUID
    /// When.
    public let requestedAt: Date
    /// Where it stands.
    public var state: State
    /// Who decided.
    public var decidedBy: UUID?
    /// When.
    public var decidedAt: Date?
    /// For a refusal: the clause that it rests on.
    public var refusal: String?
    /// The order that it rests on.
    public var order: OrderReference?
    /// Who attests to it.
    public var commission: [UUID] = []
    /// When the keys were destroyed.
    public var destroyedAt: Date?
    /// What was destroyed and what stays.
    public var inventory: [PersonalDataLine] = []
    /// How many files were destroyed.
    public var files = 0
    /// When nothing was left.
    public var completedAt: Date?
    /// The place of its entry in the log.
    public var logIndex: UInt64?

    /// The days within which the data must be gone (152-ФЗ art. 21 parts 4 and 5).
    public static let termDays = 30
    /// Until when it must be done.
    public var dueBy: Date { requestedAt.addingTimeInterval(Double(Self.termDays) * 86_400) }

    /// Makes a demand.
    public init(id: UUID, accountID: UUID, ground: Ground, requestedBy: UUID, requestedAt: Date) {
        self.id = id
        self.accountID = accountID
        self.ground = ground
        self.requestedBy = requestedBy
        self.requestedAt = requestedAt
        state = .requested
    }
}

/// How much there is of one category of a person's data, and what is done with it.
public struct PersonalDataLine: Hashable, Sendable, Codable {
    /// The category.
    public var category: PersonalDataCategory
    /// How many rows are erased.
    public var erased: Int
    /// How many rows stay.
    public var kept: Int
    /// On which ground they stay; nothing in them tells who it was.
    public var ground: String?

    /// Makes a line.
    public init(category: PersonalDataCategory, erased: Int = 0, kept: Int = 0, ground: String? = nil) {
        self.category = category
        self.erased = erased
        self.kept = kept
        self.ground = ground
    }
}

/// The categories of personal data that a certificate of destruction names (Roskomnadzor's order 179 of 28.10.2022).
public enum PersonalDataCategory: String, Hashable, Sendable, Codable, CaseIterable {
    case identity, contract, biometrics, documents, answers, texts, logins, records, conduct, consents, grades, cases,
        trail

    /// As a certificate says it.
    public var russian: String {
        switch self {
        case .identity: "фамилия, имя, отчество, адрес электронной почты, пароль"
        case .contract: "номер договора, дата рождения, номер зачётной книжки"
        case .biometrics: "изображения лица, шаблоны, результаты сравнения"
        case .documents: "снимки и реквизиты документов, удостоверяющих личность"
        case .answers: "ответы на задания и файлы ответов"
        case .texts: "уведомления, комментарии, заявления, обращения"
        case .logins: "сведения о входах: адреса, устройства, ключи входа"
        case .records: "личные сведения записей журнала идентификации"
        case .conduct: "ход попыток: события, особые условия, проверки оборудования"
        case .consents: "согласия на обработку персональных данных"
        case .grades: "оценки и ведомости"
        case .cases: "дела: апелляции, перезачёты, взыскания, отчисление"
        case .trail: "учёт доступа, запретов и уничтожения"
        }
    }
}
