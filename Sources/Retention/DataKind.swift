/// A kind of personal data that has a period of its own (rows B3, F3).
public enum DataKind: String, Hashable, Sendable, Codable, CaseIterable {
    /// Portraits with their pictures and templates.
    case portrait
    /// Frames: the pictures that an identification was judged by.
    case frame
    /// What was measured of a face: scores, quality, liveness.
    case measurement
    /// Pictures of identity documents, of the person beside them, and what was typed from the document.
    case documentPicture = "document_picture"
    /// Pictures of the workplace that were demanded during an attempt.
    case workplacePicture = "workplace_picture"
    /// Answers with all their versions.
    case answer
    /// Files and photographed sheets that belong to answers.
    case answerFile = "answer_file"
    /// What is personal in the records of biometric and visual identifications.
    case recordParticulars = "record_particulars"
    /// What is personal in the records of logins: address and device.
    case loginRecord = "login_record"
    /// Notices to people.
    case message
    /// Checks of devices and connections.
    case systemCheck = "system_check"
    /// Practice tests.
    case practice
    /// Who looked at whose data.
    case accessRecord = "access_record"

    /// What people read, in Russian.
    public var russian: String {
        switch self {
        case .portrait: "фотографии-портреты и шаблоны лиц"
        case .frame: "кадры биометрической идентификации"
        case .measurement: "результаты измерения лица"
        case .documentPicture: "снимки и реквизиты документов, удостоверяющих личность"
        case .workplacePicture: "снимки рабочего места"
        case .answer: "ответы на задания"
        case .answerFile: "файлы ответов"
        case .recordParticulars: "личные сведения записей об идентификации"
        case .loginRecord: "сведения о входах (адрес, устройство)"
        case .message: "уведомления"
        case .systemCheck: "проверки оборудования"
        case .practice: "тренировочные тесты"
        case .accessRecord: "записи о доступе к персональным данным"
        }
    }

    /// The rule that holds until the institution sets one of its own.
    public var standardRule: RetentionRule {
        let (period, start, source): (RetentionPeriod, RetentionStart, String)
        switch self {
        case .portrait, .measurement:
            (period, start) = (RetentionPeriod(days: 30), .studiesEnd)
            source = "152-ФЗ ст. 21 ч. 4: тридцать дней после достижения цели обработки"
        case .frame, .workplacePicture:
            (period, start) = (RetentionPeriod(months: 6), .attemptEnd)
            source = "152-ФЗ ст. 5 ч. 7; шесть месяцев на апелляцию и проверку — решение организации"
        case .documentPicture:
            (period, start) = (RetentionPeriod(days: 30), .taken)
            source = "152-ФЗ ст. 21 ч. 4: цель достигнута с решением о личности; срок — от него"
        case .answer, .answerFile:
            (period, start) = (RetentionPeriod(months: 12), .studiesEnd)
            source = "S4 4.2: работы хранятся в портфолио; год после окончания обучения — решение организации"
        case .recordParticulars:
            (period, start) = (RetentionPeriod(months: 36), .attemptEnd)
            source = "S1 6.9; ГК РФ ст. 196: общий срок исковой давности — три года"
        case .loginRecord:
            (period, start) = (RetentionPeriod(months: 12), .taken)
            source = "152-ФЗ ст. 5 ч. 7; год — решение организации"
        case .message:
            (period, start) = (RetentionPeriod(months: 36), .taken)
            source = "ГК РФ ст. 196: общий срок исковой давности — три года"
        case .systemCheck, .practice:
            (period, start) = (RetentionPeriod(months: 6), .taken)
            source = "152-ФЗ ст. 5 ч. 7; полгода — решение организации"
        case .accessRecord:
            (period, start) = (RetentionPeriod(months: 36), .taken)
            source = "ГК РФ ст. 196: общий срок исковой давности — три года"
        }
        return RetentionRule(kind: self, number: 0, period: period, start: start, source: source)
    }

    /// What the period of this kind may count from.
    public var starts: [RetentionStart] {
        switch self {
        case .portrait, .message, .systemCheck, .practice, .accessRecord, .loginRecord: [.taken, .studiesEnd]
        case .frame, .measurement, .documentPicture, .recordParticulars, .workplacePicture:
            [.taken, .attemptEnd, .studiesEnd]
        case .answer, .answerFile: [.attemptEnd, .studiesEnd]
        }
    }
}
