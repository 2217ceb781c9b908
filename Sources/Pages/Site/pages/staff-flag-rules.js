// The patterns of events that raise flags, as they are in force.
import { api } from "../lib/api.js";
import { h } from "../lib/dom.js";
import { texts } from "../lib/i18n.js";
import { head } from "../lib/shell.js";
import { duration } from "../lib/time.js";
import { badge, notice, table } from "../lib/ui.js";
import { eventName, outcomeName, reasonName, severityKind, severityName } from "../lib/words.js";

const t = texts({
    title: ["Правила отметок", "Flag rules"], lead: ["Какие события складываются в отметку. Отметка — подсказка человеку, она ничего не решает.", "Which events make a flag. A flag is a hint for a person and decides nothing."],
    standard: ["Действуют стандартные правила программы. Свои задают файлом flag_rules в настройках службы; пример — Config/samples/flag-rules.json5.", "The program's standard rules are in force. Rules of one's own are given by the file flag_rules in the service's configuration; Config/samples/flag-rules.json5 is an example."],
    institution: ["Действуют правила вашей организации: файл flag_rules в настройках службы. Он читается при запуске.", "Your institution's rules are in force: the file flag_rules in the service's configuration. It is read at the start."],
    rule: ["Отметка", "Flag"], severity: ["Значимость", "Severity"], reason: ["Код причины", "Reason code"], when: ["Когда ставится", "When it is raised"], once: ["сразу", "at once"], times: ["{n} раз за {time}", "{n} times within {time}"], after: ["если в предыдущие {time} было: {events}", "if in the {time} before there was: {events}"], facts: ["при условии: {facts}", "provided that: {facts}"], second: ["подтверждают двое", "confirmed by two people"], none: ["Правил нет: отметки ставит только экзаменатор.", "There are no rules: only examiners raise flags."],
});

export default async function () {
    const { source, rules } = await api.get("/v1/flag-rules");
    return [head(t("title"), t("lead")), notice("", t(source)), table([
        { title: t("rule"), value: (row) => [h("span", { class: "strong" }, row.label), h("br"), h("code", { class: "soft small" }, row.id)] },
        { title: t("severity"), value: (row) => [badge(severityKind(row.severity), severityName(row.severity)), " ", ["serious", "critical"].includes(row.severity) && h("span", { class: "soft small" }, t("second"))] },
        { title: t("when"), value: (row) => h("div", null, h("p", null, row.events.map(eventName).join(", ")), h("p", { class: "soft small" }, [
            row.at_least > 1 ? t("times", { n: row.at_least, time: duration(row.within_seconds) }) : t("once"), row.preceded_by.length > 0 && t("after", { time: duration(row.preceding_seconds), events: row.preceded_by.map(eventName).join(", ") }),
            row.facts.length > 0 && t("facts", { facts: row.facts.map((fact) => `${fact.name} = ${fact.values.map((value) => (fact.name === "outcome" ? outcomeName(value) : value)).join(" | ")}`).join(", ") }),
        ].filter(Boolean).join("; "))) },
        { title: t("reason"), value: (row) => reasonName(row.reason) },
    ], rules, { caption: t("title"), none: t("none") })];
}
