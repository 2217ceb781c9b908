import { api } from "../lib/api.js";
import { h } from "../lib/dom.js";
import { texts } from "../lib/i18n.js";
import { has, head } from "../lib/shell.js";
import { moment } from "../lib/time.js";
import { badge, card, link, notice, spinner } from "../lib/ui.js";
import { stateKind, stateName } from "../lib/words.js";

const t = texts({
    hello: ["Здравствуйте, {name}", "Good day, {name}"], lead: ["Что нужно сделать сейчас.", "What is to be done now."], next: ["Следующий шаг", "Next step"],
    consents: ["Согласия", "Consents"], consentsText: ["Прочитайте тексты и решите, на что вы согласны.", "Read the texts and decide what you consent to."],
    portrait: ["Портрет", "Portrait"], portraitText: ["Снимите портрет: с ним вас узнают перед экзаменом.", "Take your portrait: you are recognised by it before an exam."],
    check: ["Проверка системы", "System check"], checkText: ["Проверьте камеру, микрофон и связь заранее.", "Check camera, microphone and connection in good time."],
    exam: ["Экзамены", "Exams"], examText: ["Откройте экзамен и подготовьтесь к началу.", "Open your exam and get ready for the start."], running: ["Экзамен идёт: {title}", "An exam is under way: {title}"], runningText: ["Вернитесь к нему: время идёт.", "Go back to it: the clock runs."],
    go: ["Перейти", "Go"], goOn: ["Продолжить экзамен", "Go on with the exam"], open: ["Открыть", "Open"], done: ["готово", "done"], todo: ["нужно сделать", "to do"],
    soon: ["Ближайшие экзамены", "Coming exams"], none: ["Экзаменов пока нет. Расписание появится не позже чем за неделю.", "There are no exams yet. The schedule appears a week before at the latest."],
    opens: ["{from} — {to}", "{from} – {to}"], mine: ["Мои попытки", "My attempts"], work: ["Ваши разделы", "Your sections"],
    practice: ["Тренировка", "Practice"], practiceText: ["Примеры заданий и тренировочный тест, который подстраивается под вас.", "Sample tasks, and a practice test that adapts to you."],
    card: ["Учебная карточка", "Study card"], cardText: ["Оценки по закрытым ведомостям, выписка с доказательствами.", "Grades from closed grade sheets, an extract with proofs."],
    identity: ["Проверка личности по документу", "Identity check by document"], identityText: ["Очередь к уполномоченному лицу вне экзамена.", "The verifiers' queue, apart from exams."],
    exams: ["Экзаменационный день", "Exam day"], examsText: ["Экзамены, стена наблюдения, расписание, ключи.", "Exams, the wall, schedule, access keys."],
    review: ["Проверка попыток", "Review"], reviewText: ["Сданные попытки и отметки: подтвердить, отклонить, передать.", "Attempts that were handed in, and flags: confirm, reject, escalate."],
    queue: ["Очередь идентификации", "Identification queue"], queueText: ["Кто ждёт проверки документа.", "Who waits for a check of a document."],
    banks: ["База вопросов", "Question bank"], banksText: ["Импорт, просмотр, выгрузка; образцы критериев.", "Import, look, export; rubrics."],
    grading: ["Проверка работ", "Grading"], gradingText: ["Ответы на открытые вопросы без имён, срок — 15 рабочих дней.", "Open answers without names, within 15 working days."],
    sheets: ["Ведомости", "Grade sheets"], sheetsText: ["Заполнить, закрыть, напечатать.", "Fill, close, print."],
    register: ["Журнал идентификации", "Identification log"], registerText: ["Записи, выгрузки, доказательства.", "Records, exports, proofs."],
    people: ["Люди", "People"], peopleText: ["Учётные записи, роли, доступ.", "Accounts, roles, access."],
    policies: ["Порядок идентификации", "Identification policies"], policiesText: ["Чем и когда подтверждают личность.", "How and when identities are checked."],
    orders: ["Приказы и доверенности", "Orders and powers"], ordersText: ["Кто и до какого дня уполномочен.", "Who may act, and until when."],
    contracts: ["Договоры", "Contracts"], contractsText: ["Реестр, по которому регистрируются.", "The register that people register by."],
    groups: ["Группы", "Groups"], groupsText: ["Учебные и академические группы.", "Study and academic groups."],
    consentsStaff: ["Тексты согласий", "Consent texts"], consentsStaffText: ["Версии текстов, согласия на бумаге.", "Versions, consents on paper."],
    retention: ["Уничтожение данных", "Erasure"], retentionText: ["Что уничтожено и что ждёт срока.", "What was destroyed and what waits."],
    webhooks: ["Оповещение систем", "Webhooks"], webhooksText: ["Кому и что отправлено.", "Who was told what."],
    duplicates: ["Одно лицо — две записи", "One face, two accounts"], duplicatesText: ["Совпадения портретов для решения.", "Portraits that match, to be decided."],
    health: ["Состояние службы", "Health"], healthText: ["Готовность, журнал, показатели.", "Readiness, the log, figures."],
    access: ["Доступ к данным", "Access to data"], accessText: ["Кто смотрел чужие снимки и документы; необычный доступ.", "Who looked at other people's pictures and documents; unusual reading."],
    surveys: ["Опросы о качестве", "Surveys"], surveysText: ["Ежегодный опрос и его итоги.", "The yearly survey and its results."],
    reports: ["Отчёты в деканат", "Reports to the dean's office"], reportsText: ["Прерванные и несостоявшиеся аттестации.", "Attestations that were interrupted or have not taken place."],
    registers: ["Реестры", "Registers"], registersText: ["Согласия, приказы, ответственные — выгрузки.", "Consents, orders, responsible persons as files."],
    flagRules: ["Правила отметок", "Flag rules"], flagRulesText: ["Какие события складываются в отметку.", "Which events make a flag."],
    cases: ["Апелляции и дела", "Appeals and cases"], casesText: ["Заявления, комиссии, протоколы.", "Applications, commissions, minutes."],
});

const tile = (href, key) => h("a", { href, class: "card tile-link" }, h("h2", null, t(key)), h("p", null, t(`${key}Text`)));
const WORK = [
    ["/staff/exams", "exams", ["examiner", "reviewer", "administrator", "compliance_officer"]], ["/staff/review", "review", ["examiner", "reviewer"]],
    ["/staff/queue", "queue", ["verifier", "partner", "examiner", "compliance_officer", "administrator"]], ["/staff/banks", "banks", ["examiner", "administrator"]],
    ["/staff/grading", "grading", ["examiner", "reviewer"]], ["/staff/sheets", "sheets", ["examiner", "compliance_officer", "administrator"]],
    ["/staff/groups", "groups", ["examiner", "compliance_officer", "administrator"]],
    ["/cases", "cases", ["examiner", "verifier", "reviewer", "compliance_officer", "administrator"]],
    ["/staff/register", "register", ["compliance_officer", "administrator"]], ["/staff/duplicates", "duplicates", ["reviewer", "compliance_officer", "administrator"]],
    ["/staff/policies", "policies", ["examiner", "verifier", "reviewer", "compliance_officer", "administrator"]], ["/staff/orders", "orders", ["compliance_officer", "administrator"]],
    ["/staff/consents", "consentsStaff", ["compliance_officer", "administrator"]], ["/staff/retention", "retention", ["compliance_officer", "administrator"]],
    ["/staff/contracts", "contracts", ["compliance_officer", "administrator"]], ["/staff/people", "people", ["administrator", "technical_responsible"]],
    ["/staff/access", "access", ["compliance_officer", "administrator"]], ["/staff/registers", "registers", ["compliance_officer", "administrator"]],
    ["/staff/surveys", "surveys", ["compliance_officer", "administrator"]], ["/staff/reports", "reports", ["examiner", "compliance_officer", "administrator"]],
    ["/staff/flag-rules", "flagRules", ["examiner", "reviewer", "compliance_officer", "administrator"]],
    ["/staff/webhooks", "webhooks", ["administrator"]], ["/staff/health", "health", ["administrator", "technical_responsible"]],
];

export default async function ({ account }) {
    const name = [account.given_name, account.patronymic].filter(Boolean).join(" ");
    if (!has(account, "candidate")) {
        return [
            head(t("hello", { name })),
            h("h2", { class: "visually-hidden" }, t("work")),
            h("div", { class: "grid" }, WORK.filter(([, , roles]) => has(account, ...roles)).map(([href, key]) => tile(href, key))),
        ];
    }
    const [consents, portrait, checks, attempts, schedule] = await Promise.all([
        api.get("/v1/me/consents"), api.find("/v1/me/portrait"), api.get("/v1/me/system-checks"), api.get("/v1/me/attempts"), api.get("/v1/schedule?limit=50"),
    ]);
    const undecided = consents.consents.some((consent) => ["missing", "outdated"].includes(consent.state) && (consent.kind !== "partner_transfer" || consents.partners.length > 0));
    const biometric = consents.consents.find((consent) => consent.kind === "biometric")?.in_force;
    const checked = checks.checks.some((check) => check.is_passed && Date.parse(check.valid_until) > Date.now());
    const running = attempts.attempts.find(({ attempt }) => ["started", "ready_to_submit", "paused"].includes(attempt.state));
    const steps = [
        { key: "consents", href: "/consents", done: !undecided },
        biometric !== false && { key: "portrait", href: "/portrait", done: Boolean(portrait) || (!undecided && !biometric) },
        { key: "check", href: "/check", done: checked },
        { key: "exam", href: "/schedule", done: false },
    ].filter(Boolean);
    const now = steps.find((step) => !step.done);
    return [
        head(t("hello", { name }), t("lead")),
        running
            ? h("section", { class: "card next" }, h("h2", null, t("running", { title: running.exam_title })), h("p", null, t("runningText")), link(`/attempt/${running.attempt.id}`, t("goOn"), "primary"))
            : h("section", { class: "card next" }, h("h2", null, t("next")), h("p", null, t(`${now.key}Text`)), link(now.href, t("go"), "primary")),
        card(null, h("ol", { class: "steps" }, steps.map((step, place) => h("li", { class: step.done ? "done" : step === now ? "now" : "" },
            h("span", { class: "mark", "aria-hidden": "true" }, step.done ? "✓" : place + 1),
            h("div", null, h("a", { href: step.href, class: "strong" }, t(step.key)), h("p", { class: "soft small" }, t(`${step.key}Text`))),
            step.key !== "exam" && badge(step.done ? "good" : "warn", t(step.done ? "done" : "todo")))))),
        card(t("soon"), schedule.exams.length ? h("ul", { class: "steps" }, schedule.exams.slice(0, 5).map((exam) => h("li", null,
            h("div", null, h("p", { class: "strong" }, exam.title), h("p", { class: "soft small" }, t("opens", { from: moment(exam.opens_at), to: moment(exam.closes_at) }))),
            link(`/exam/${exam.exam_id}`, t("open"), " ")))) : h("p", { class: "soft" }, t("none"))),
        attempts.attempts.length > 0 && card(t("mine"), h("ul", { class: "steps" }, attempts.attempts.slice(0, 6).map(({ attempt, exam_title }) => h("li", null,
            h("div", null, h("a", { href: `/results/${attempt.id}`, class: "strong" }, exam_title)), badge(stateKind(attempt.state), stateName(attempt.state)))))),
        h("div", { class: "grid" }, tile("/practice", "practice"), tile("/card", "card"), tile("/identity", "identity")),
    ];
}
