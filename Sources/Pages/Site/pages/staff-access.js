// Who looked at whose pictures, scores and documents, and what of it is out of the ordinary (row F5).
import { api, query } from "../lib/api.js";
import { h, show } from "../lib/dom.js";
import { texts } from "../lib/i18n.js";
import { has, head } from "../lib/shell.js";
import { fromLocal, moment } from "../lib/time.js";
import { action, ask, badge, card, empty, field, filters, form, notice, pagedTable, section, table, tabs, toast } from "../lib/ui.js";
import { lookName, purposeName } from "../lib/words.js";

const t = texts({
    title: ["Доступ к данным", "Access to data"], lead: ["Кто смотрел чужие снимки, результаты сверки и документы. Записи не удаляются.", "Who looked at other people's pictures, scores and documents. Records are not deleted."],
    alerts: ["Необычный доступ", "Out of the ordinary"], looks: ["Все просмотры", "All looks"], rules: ["Правила", "Rules"], at: ["Когда", "When"], who: ["Кто", "Who"], whose: ["Чьи данные", "Whose data"], what: ["Что", "What"], purpose: ["Цель", "Purpose"], items: ["Записей", "Items"], people: ["Людей за час", "People within an hour"], why: ["Что необычно", "What is unusual"], finding: ["Вывод", "Finding"],
    many_people: ["данные многих людей", "many people's data"], outside_hours: ["вне рабочего времени", "outside working hours"], unstated_purpose: ["цель не указана", "no purpose stated"], without_task: ["нет открытой проверки или апелляции", "no open review or appeal"],
    justified: ["обоснован", "justified"], violation: ["нарушение", "violation"], waits: ["не рассмотрен", "not looked at"], look: ["Рассмотреть", "Look into it"], before: ["Просмотры за час до оповещения", "Looks within the hour before the alert"], record: ["Записать вывод", "Record the finding"], done: ["Вывод записан.", "The finding is recorded."], own: ["Свой доступ рассматривает другой сотрудник.", "Somebody else judges one's own reading."],
    noAlerts: ["Необычного доступа не было.", "There was no unusual reading."], noLooks: ["Никто не смотрел.", "Nobody has looked."], service: ["служба", "the service"], erased: ["имя удалено", "name erased"], from: ["С", "From"], until: ["По", "Until"],
    person: ["Найти обучающегося: фамилия или договор", "Find a candidate: surname or contract"], everybody: ["Показаны просмотры всех данных.", "Looks at everybody's data are shown."], of: ["Показаны просмотры данных: {name}", "Looks at the data of: {name}"], by: ["Показаны просмотры сотрудника: {name}", "Looks of: {name}"], clear: ["Показать все", "Show all"], pick: ["Показать: {name}", "Show: {name}"], nobody: ["Никого не найдено.", "Nobody was found."],
    peopleField: ["Скольких людей данные можно смотреть за час", "How many people's data one may look at within an hour"], opens: ["Рабочее время с (час)", "Working hours from (hour)"], closes: ["до (час)", "until (hour)"], asksPurpose: ["Сообщать о просмотрах без цели", "Tell of looks without a purpose"], asksTask: ["Сообщать о просмотрах для проверки или апелляции, которых нет", "Tell of looks for a review or an appeal that is not open"], save: ["Сохранить", "Save"], saved: ["Правила действуют.", "The rules are in force."], version: ["Редакция правил: {n}", "Version of the rules: {n}"],
});

const name = (row) => row.actor_name ?? (row.actor ? t("erased") : t("service"));
const COLUMNS = [
    { title: t("at"), value: (row) => moment(row.at) }, { title: t("who"), value: name }, { title: t("whose"), value: (row) => row.subject_name ?? t("erased") },
    { title: t("what"), value: (row) => lookName(row.what) }, { title: t("purpose"), value: (row) => purposeName(row.purpose) }, { title: t("items"), value: (row) => row.items, number: true },
];

export default async function ({ account }) {
    const isOfficer = has(account, "compliance_officer");
    return [head(t("title"), t("lead")), tabs([[t("alerts"), alerts], [t("looks"), looks], [t("rules"), rules]])];

    function alerts() {
        return section((reload) => pagedTable([
            { title: t("at"), value: (row) => moment(row.at) }, { title: t("why"), value: (row) => t(row.kind) }, { title: t("who"), value: name }, { title: t("people"), value: (row) => row.people, number: true },
            { title: t("finding"), value: (row) => (row.finding ? [badge(row.finding === "violation" ? "bad" : "good", t(row.finding)), " ", h("span", { class: "soft small" }, moment(row.reviewed_at))] : badge("warn", t("waits"))) },
            { title: "", value: (row) => !row.finding && isOfficer && action(t("look"), () => judge(row, reload)) },
        ], async (last) => (await api.get(`/v1/access-alerts${query({ before: last?.id, limit: 100 })}`)).alerts, { caption: t("alerts"), none: t("noAlerts") }));
    }
    async function judge(alert, reload) {
        const end = Date.parse(alert.at);
        const { accesses } = await api.get(`/v1/access-records${query({ actor: alert.actor, from: new Date(end - 3_600_000).toISOString(), until: new Date(end + 1000).toISOString(), limit: 500 })}`);
        const isOwn = alert.actor === account.id;
        const done = await ask({
            title: `${t(alert.kind)}: ${name(alert)}`, submit: t("record"),
            fields: [
                h("h3", null, t("before")), table(COLUMNS.filter((column) => column.title !== t("who")), accesses, { caption: t("before"), none: t("noLooks") }), isOwn && notice("warn", t("own")),
                field({ name: "finding", label: t("finding"), type: "radios", options: ["justified", "violation"].map((each) => [each, t(each)]) }),
            ],
            send: (filled) => api.post(`/v1/access-alerts/${alert.id}/review`, filled),
        });
        if (done) { toast(t("done")); reload(); }
    }

    async function looks() {
        const place = h("div", null), said = h("div", { role: "status" }), found = h("div", null);
        let filter = {}, whom = null;
        const load = async () => {
            show(said, h("p", { class: "row" }, whom ? [t(whom.actor ? "by" : "of", { name: whom.name }), h("button", { type: "button", class: "plain", onclick: () => { whom = null; load(); } }, t("clear"))] : t("everybody")));
            show(place, await pagedTable(COLUMNS, async (last) => (await api.get(`/v1/access-records${query({
                subject: whom?.subject, actor: whom?.actor, from: filter.from && fromLocal(`${filter.from}T00:00`), until: filter.until && fromLocal(`${filter.until}T23:59`), before_number: last?.number, limit: 100,
            })}`)).accesses, { caption: t("looks"), none: t("noLooks") }));
        };
        const search = async (text) => {
            if (!text || text.length < 2) { show(found); return; }
            const { contracts } = await api.get(`/v1/contracts${query({ search: text, state: "bound", limit: 8 })}`);
            show(found, contracts.length ? h("div", { class: "row", style: { "margin-bottom": "16px" } }, contracts.map((contract) => {
                const full = [contract.surname, contract.given_name, contract.patronymic].filter(Boolean).join(" ");
                return h("button", { type: "button", "aria-label": t("pick", { name: `${full}, ${contract.number}` }), onclick: () => { whom = { subject: contract.account_id, name: full }; show(found); load(); } }, `${full} · ${contract.number}`);
            })) : empty(t("nobody")));
        };
        await load();
        return [filters([
            field({ name: "search", label: t("person"), required: false, optionalMark: false, maxlength: 200 }), field({ name: "from", label: t("from"), type: "date", required: false, optionalMark: false }), field({ name: "until", label: t("until"), type: "date", required: false, optionalMark: false }),
        ], (values) => {
            const changed = values.from !== filter.from || values.until !== filter.until;
            filter = values;
            search(values.search);
            if (changed) load();
        }), found, said, place];
    }

    function rules() {
        return section(async (reload) => {
            const set = await api.get("/v1/access-rules");
            const number = (key, label, min, max) => field({ name: key, label: t(label), type: "number", min, max, value: set[key], disabled: !isOfficer });
            const check = (key, label) => field({ name: key, label: t(label), type: "checkbox", required: false, checked: set[key], disabled: !isOfficer });
            const all = [h("div", { class: "fields" }, number("people_an_hour", "peopleField", 1, 100000), number("opens_at_hour", "opens", 0, 23), number("closes_at_hour", "closes", 1, 24)), check("asks_for_purpose", "asksPurpose"), check("asks_for_task", "asksTask")];
            return card(t("version", { n: set.number }), isOfficer ? form({ fields: all, submit: t("save"), send: async (filled) => {
                await api.put("/v1/access-rules", { people_an_hour: Number(filled.people_an_hour), opens_at_hour: Number(filled.opens_at_hour), closes_at_hour: Number(filled.closes_at_hour), asks_for_purpose: filled.asks_for_purpose === "on", asks_for_task: filled.asks_for_task === "on" });
                toast(t("saved"));
                reload();
            } }) : all);
        });
    }
}
