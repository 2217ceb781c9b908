import Accounts

/// The texts that are published at the first start, until the institution puts its own in their place.
///
/// They say what 152-ФЗ art. 9 part 4 wants a written consent to say (operator, purpose, data, actions, term,
/// withdrawal) as far as the program can know it; what only the institution knows stands in square brackets. A click
/// counts as a written consent where the institution has agreed with the person on the simple electronic signature
/// (63-ФЗ art. 9); where it has not, the consent is taken on paper and entered by staff.
enum ConsentTemplate {
    static func text(of kind: ConsentKind) -> LocalizedText {
        switch kind {
        case .personalData: personalData
        case .biometric: biometric
        case .partnerTransfer: partnerTransfer
        case .distanceTechnology: distanceTechnology
        }
    }

    private static let personalData = LocalizedText(
        ru: """
            ШАБЛОН. Организация заменяет его своим текстом до начала работы.

            Согласие на обработку персональных данных

            Я даю согласие [наименование и адрес организации] (далее — Организация) на обработку моих персональных \
            данных.

            Цель: установление моей личности при проведении образовательных процедур с применением электронного \
            обучения и дистанционных образовательных технологий, проведение аттестации и учёт её результатов.

            Данные: фамилия, имя, отчество; дата рождения; номер договора об образовании; адрес электронной почты; \
            сведения о входах в учётную запись; сведения документа, по которому установлена личность; ответы, оценки и \
            журнал событий моих попыток.

            Действия: сбор, запись, систематизация, накопление, хранение, уточнение, извлечение, использование, \
            блокирование, удаление, уничтожение; с использованием средств автоматизации и без них. Третьим лицам данные \
            не передаются, кроме случаев, предусмотренных законом.

            Срок: до достижения цели обработки или до отзыва согласия, но не дольше [срок хранения].

            Отзыв: согласие можно отозвать в любое время в учётной записи или письменным заявлением в Организацию. \
            Данные, которые Организация обязана хранить по закону или по договору, хранятся и после отзыва.
            """,
        en: """
            TEMPLATE. The institution puts its own text in its place before it begins to work.

            Consent to the processing of personal data

            I consent to the processing of my personal data by [name and address of the institution] (the Institution).

            Purpose: to establish my identity in educational procedures that use e-learning and distance technology, to \
            hold attestations and to keep their results.

            Data: surname, given name, patronymic; date of birth; number of the contract for education; e-mail address; \
            logins to the account; particulars of the document by which I am identified; answers, grades and the events \
            of my attempts.

            Actions: collecting, recording, systematising, accumulating, keeping, correcting, retrieving, using, \
            blocking, deleting, destroying, with and without automatic means. The data are passed to nobody except \
            where the law demands it.

            Term: until the purpose is reached or the consent is withdrawn, and no longer than [retention time].

            Withdrawal: at any time, in the account or by a written statement to the Institution. What the Institution \
            must keep by law or under the contract is kept after a withdrawal too.
            """
    )

    private static let biometric = LocalizedText(
        ru: """
            ШАБЛОН. Организация заменяет его своим текстом до начала работы.

            Согласие на обработку биометрических персональных данных

            Я даю согласие [наименование и адрес организации] (далее — Организация) на обработку моих биометрических \
            персональных данных.

            Цель: установление моей личности перед образовательными процедурами и во время них путём автоматического \
            сравнения фотографии-портрета с изображением с камеры; проверка того, что перед камерой живой человек; \
            выявление одного лица под двумя учётными записями.

            Данные: фотография-портрет; кадры с камеры; математические шаблоны лица, вычисленные по ним; результаты \
            сравнения и оценки качества снимков.

            Действия: сбор, запись, хранение на серверах Организации в зашифрованном виде, извлечение, использование, \
            блокирование, удаление, уничтожение; с использованием средств автоматизации. Служба никому эти данные не \
            передаёт. Окончательное решение о нарушении принимает человек.

            Срок: до отзыва согласия или до достижения цели, но не дольше [срок хранения].

            Отзыв: согласие можно отозвать в любое время в учётной записи или письменным заявлением. После отзыва \
            портрет, кадры и шаблоны больше не используются и уничтожаются не позднее 30 дней; запись о том, что \
            личность была установлена, сохраняется без них.

            Согласие не обязательно. Без него или после отзыва личность устанавливает уполномоченное лицо по документу, \
            и на оценку это не влияет.
            """,
        en: """
            TEMPLATE. The institution puts its own text in its place before it begins to work.

            Consent to the processing of biometric personal data

            I consent to the processing of my biometric personal data by [name and address of the institution] (the \
            Institution).

            Purpose: to establish my identity before and during educational procedures by comparing my portrait with \
            the camera’s picture automatically; to tell that a living person is in front of the camera; to find one \
            face under two accounts.

            Data: the portrait; frames of the camera; mathematical templates of the face made from them; results of \
            comparisons and the measured quality of pictures.

            Actions: collecting, recording, keeping on the Institution’s servers in encrypted form, retrieving, using, \
            blocking, deleting, destroying, by automatic means. The service passes these data to nobody. Whether the \
            rules were broken is decided by a person.

            Term: until the consent is withdrawn or the purpose is reached, and no longer than [retention time].

            Withdrawal: at any time, in the account or by a written statement. After it portrait, frames and templates \
            are used no more and are destroyed within 30 days; the record that the identity was established remains \
            without them.

            You need not consent. Without a consent, or after its withdrawal, a verifier establishes your identity by a \
            document, and the grade does not depend on it.
            """
    )

    private static let partnerTransfer = LocalizedText(
        ru: """
            ШАБЛОН. Организация заменяет его своим текстом до начала работы.

            Согласие на передачу персональных данных организациям-партнёрам

            Я даю согласие [наименование и адрес организации] (далее — Организация) на передачу моих персональных \
            данных организациям-партнёрам, которые я отметил, и на их обработку этими организациями.

            Цель: установление моей личности ресурсами организации-партнёра при реализации программы в сетевой форме.

            Данные: фамилия, имя, отчество; сведения документа, удостоверяющего личность; сведения об экзамене, перед \
            которым личность устанавливается. Портрет показывается сотруднику партнёра только тогда, когда есть \
            отдельное согласие на обработку биометрических персональных данных.

            Действия: передача (предоставление, доступ), использование для сверки, уничтожение после сверки.

            Срок: до отзыва согласия или до окончания полномочий организации-партнёра.

            Отзыв: в любое время в учётной записи или письменным заявлением. Без согласия личность устанавливает сама \
            Организация.
            """,
        en: """
            TEMPLATE. The institution puts its own text in its place before it begins to work.

            Consent to the transfer of personal data to partner organisations

            I consent to my personal data being passed by [name and address of the institution] (the Institution) to \
            the partner organisations that I have marked, and to their processing by them.

            Purpose: to establish my identity by means of the partner organisation where the programme is taught \
            together with it.

            Data: surname, given name, patronymic; particulars of the identity document; which exam the identity is \
            established for. The portrait is shown to the partner’s people only under a separate consent to the \
            processing of biometric personal data.

            Actions: transfer (providing, access), use for the check, destruction after it.

            Term: until the consent is withdrawn or the partner organisation’s authority ends.

            Withdrawal: at any time, in the account or by a written statement. Without the consent the Institution \
            establishes the identity itself.
            """
    )

    private static let distanceTechnology = LocalizedText(
        ru: """
            ШАБЛОН. Организация заменяет его своим текстом до начала работы.

            Применение электронного обучения и дистанционных образовательных технологий

            Я согласен с тем, что [наименование организации] применяет при реализации образовательной программы \
            электронное обучение и дистанционные образовательные технологии, в том числе проводит с их помощью текущий \
            контроль и аттестацию.

            От их применения можно отказаться. Отказаться вправе обучающийся, достигший 18 лет, а за \
            несовершеннолетнего — родитель (законный представитель). Тогда обучение и аттестация проводятся без них, \
            если программа не предусматривает их применения.

            Решение можно изменить в любое время: в учётной записи или заявлением.
            """,
        en: """
            TEMPLATE. The institution puts its own text in its place before it begins to work.

            Use of e-learning and distance educational technology

            I agree that [name of the institution] uses e-learning and distance educational technology in the \
            educational programme, and holds current control and attestation by means of it.

            You may refuse. A candidate of eighteen years may, and for a minor a parent (legal representative). Then \
            teaching and attestation are held without it, unless the programme is one that provides for its use.

            The decision can be changed at any time, in the account or by a statement.
            """
    )
}
