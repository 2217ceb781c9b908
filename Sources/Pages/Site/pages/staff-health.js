import { api } from "../lib/api.js";
import { h } from "../lib/dom.js";
import { number, texts } from "../lib/i18n.js";
import { has, head } from "../lib/shell.js";
import { duration, moment, serverNow } from "../lib/time.js";
import { action, ask, badge, card, explain, facts, field, link, notice, section, showOnce, table, toast } from "../lib/ui.js";

const t = texts({
    title: ["Состояние службы", "Health"], lead: ["Обновляется каждые десять секунд.", "Renewed every ten seconds."], ready: ["готова", "ready"], notReady: ["не готова", "not ready"], test: ["Самопроверка моделей", "Models' self-test"], log: ["Журнал", "The log"], entries: ["Записей", "Entries"], figures: ["Показатели", "Figures"], name: ["Показатель", "Figure"], value: ["Значение", "Value"], memory: ["Память", "Memory"], followers: ["Следят за событиями", "Event followers"], errors: ["Внутренних ошибок", "Internal errors"], requests: ["Запросов", "Requests"], mb: ["{n} МБ", "{n} MB"],
    witnesses: ["Свидетели журнала", "Witnesses of the log"], witness: ["Свидетель", "Witness"], cosigned: ["Заверено записей", "Entries cosigned"], cosignedAt: ["Когда", "When"], standing: ["Состояние", "Standing"], noWitnesses: ["Журнал никто не заверяет.", "Nobody cosigns the log."], cosigns: ["заверяет", "cosigns"],
    unavailable: ["не отвечает", "does not answer"], unknown_here: ["не знает журнала или его ключа", "does not know the log or its key"], bad_cosignature: ["подпись не его", "the signature is not its own"], ahead: ["видел больше записей, чем есть в журнале", "has seen more entries than the log has"], forked: ["видел другую историю журнала", "has seen another history of the log"],
    keySince: ["Нынешний ключ действует с", "Present key since"], firstKey: ["начала журнала", "the log's beginning"], earlierKeys: ["Прежних ключей", "Earlier keys"], backup: ["Резервная копия", "Backup"], noBackup: ["Копий ещё не делали: attestd backup --to ПАПКА.", "No backup was made yet: attestd backup --to FOLDER."], backupMade: ["Последняя", "The last one"], ago: ["{time} назад", "{time} ago"], backupOld: ["Копии больше двух суток: сделайте новую.", "The backup is more than two days old: make a new one."], evidence: ["Файлов свидетельств", "Evidence files"],
    rules: ["Порядок работы", "Rules in force"], flagRules: ["Правила отметок", "Flag rules"], standard: ["стандартные, {n}", "standard, {n}"], institution: ["свои, {n}", "the institution's own, {n}"], toRules: ["Посмотреть правила", "See the rules"], factor: ["Второй фактор сотрудников", "Second factor of staff"], required: ["обязателен", "required"], optional: ["по желанию", "optional"], version: ["Версия", "Version"], started: ["Запущена", "Started"],
    tokens: ["Ключи для программ", "Tokens of programs"], issue: ["Выдать ключ", "Issue a token"], token: ["Ключ доступа", "Token"], tokenText: ["Показан один раз.", "Shown this once."], scopes: ["Права", "Scopes"], until: ["Действует до", "Valid until"], used: ["Использован", "Used"], end: ["Отозвать", "End"], none: ["Ключей нет.", "There are no tokens."], what: ["Для чего", "What for"],
});
const SCOPES = ["read_exams", "manage_exams", "read_attempts", "follow_exams", "control_exams", "read_policies", "read_queue", "read_register", "manage_orders", "read_orders", "manage_consents", "read_consents", "manage_contracts", "read_cases", "manage_grade_sheets", "read_grade_sheets"];

/** How old the last backup is, which is known where it was made with this data folder. */
function backup(last) {
    if (!last) return notice("warn", t("noBackup"));
    const age = (serverNow() - Date.parse(last.made_at)) / 1000;
    return [age > 2 * 86_400 && notice("warn", t("backupOld")), facts([[t("backupMade"), `${moment(last.made_at)} (${t("ago", { time: duration(age) })})`], [t("entries"), number(last.log_size)], [t("evidence"), number(last.evidence)]])];
}

export default async function ({ account }) {
    const state = section(async () => {
        const [ready, metrics, checkpoint, { witnesses }] = await Promise.all([api.get("/readyz").catch((problem) => ({ problem })), (await api.get("/metrics", { raw: true })).text(), api.find("/v1/log/checkpoint"), api.get("/v1/log/witnesses")]);
        const service = await api.get("/v1/service-state");
        const lines = metrics.split("\n").filter((line) => line && !line.startsWith("#"));
        const sum = (name) => lines.filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `)).reduce((total, line) => total + Number(line.split(" ").at(-1)), 0);
        return h("div", { class: "grid" },
            card(t("title"), h("p", { class: "big" }, ready.problem ? badge("bad", t("notReady")) : badge("good", t("ready"))), ready.problem ? h("p", null, explain(ready.problem)) : facts([[t("test"), moment(ready.self_test_at)]])),
            card(t("log"), facts([[t("entries"), checkpoint?.size ?? 0], [t("keySince"), service.log.key_since ? moment(service.log.key_since) : t("firstKey")], [t("earlierKeys"), service.log.earlier_keys]]), h("p", { class: "soft small" }, h("code", null, service.log.key))),
            card(t("backup"), backup(service.last_backup)),
            card(t("rules"), facts([[t("flagRules"), t(service.flag_rules.source, { n: service.flag_rules.count })], [t("factor"), t(service.demands_second_factor ? "required" : "optional")], [t("version"), service.version], [t("started"), moment(service.started_at)]]), has(account, "administrator") && link("/staff/flag-rules", t("toRules"))),
            card(t("figures"), facts([[t("requests"), number(sum("attestd_http_requests_total"))], [t("errors"), number(sum("attestd_internal_errors_total"))], [t("followers"), number(sum("attestd_event_followers"))], [t("memory"), t("mb", { n: number(sum("process_resident_memory_bytes") / 1048576) })]])),
            card(t("witnesses"), table([
                { title: t("witness"), value: (row) => row.key.split("+")[0] }, { title: t("cosigned"), value: (row) => row.cosigned_size }, { title: t("cosignedAt"), value: (row) => row.cosigned_at && moment(row.cosigned_at) }, { title: t("standing"), value: (row) => row.trouble ? badge(["ahead", "forked"].includes(row.trouble) ? "bad" : "warn", t(row.trouble)) : row.cosigned_size && badge("good", t("cosigns")) },
            ], witnesses, { caption: t("witnesses"), none: t("noWitnesses") })));
    });
    const timer = setInterval(() => { if (!document.hidden) state.reload(); }, 10_000);
    addEventListener("pagehide", () => clearInterval(timer));
    await state.ready;
    return [head(t("title"), t("lead")), state, has(account, "administrator") && card(t("tokens"), section(async (reload) => {
        const { tokens } = await api.get("/v1/api-tokens");
        return [table([
            { title: t("what"), value: (row) => row.name }, { title: t("scopes"), value: (row) => row.scopes.join(", ") }, { title: t("until"), value: (row) => moment(row.expires_at) }, { title: t("used"), value: (row) => row.last_used_at && moment(row.last_used_at) }, { title: "", value: (row) => action(t("end"), async () => { await api.delete(`/v1/api-tokens/${row.id}`); reload(); }, "danger") },
        ], tokens, { caption: t("tokens"), none: t("none") }), action(t("issue"), async () => {
            let made;
            const done = await ask({ title: t("issue"), submit: t("issue"), fields: [field({ name: "name", label: t("what"), maxlength: 100 }), field({ name: "expires_at", label: t("until"), type: "date", value: new Date(Date.now() + 90 * 86400000).toISOString().slice(0, 10) }), field({ name: "scopes", label: t("scopes"), type: "checks", options: SCOPES.map((scope) => [scope, scope]) })], send: async (filled) => { made = await api.post("/v1/api-tokens", { name: filled.name, expires_at: `${filled.expires_at}T23:59:59Z`, scopes: [filled.scopes ?? []].flat() }); } });
            if (done) { showOnce(t("token"), made.token, t("tokenText")); reload(); }
        })];
    }))];
}
