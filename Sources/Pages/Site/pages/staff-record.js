import { api } from "../lib/api.js";
import { h } from "../lib/dom.js";
import { number, texts } from "../lib/i18n.js";
import { nameOf } from "../lib/people.js";
import { head } from "../lib/shell.js";
import { moment } from "../lib/time.js";
import { badge, card, facts, link, table } from "../lib/ui.js";
import { documentKindName, identificationReasonName, livenessCheckName, methodName, momentName, outcomeKind, outcomeName, procedureName, qualityName } from "../lib/words.js";

const t = texts({
    back: ["Журнал", "The log"], title: ["Запись об идентификации", "Identification record"], lead: ["Просмотр номера документа записывается.", "Looking at a document's number is recorded."], at: ["Когда", "When"], method: ["Способ", "Method"], moment: ["Момент", "Moment"], procedure: ["Процедура", "Procedure"], outcome: ["Исход", "Outcome"], reason: ["Причина", "Reason"], subject: ["Обучающийся", "Candidate"], attempt: ["Попытка", "Attempt"], open: ["Открыть", "Open"], operator: ["Уполномоченное лицо", "Verifier"], authority: ["Доверенность", "Power of attorney"], document: ["Документ", "Document"], number: ["Номер", "Number"], address: ["Сетевой адрес", "Address"], device: ["Устройство", "Device"], comment: ["Пояснение", "Comment"], evidence: ["Свидетельство (SHA-256)", "Evidence (SHA-256)"], erased: ["Уничтожено", "Erased"], model: ["Модель", "Model"], distance: ["Расстояние", "Distance"], thresholds: ["Пороги", "Thresholds"], quality: ["Качество", "Quality"], component: ["Показатель", "Measure"], value: ["Значение", "Value"], liveness: ["Живое присутствие", "Liveness"], limit: ["Предел", "Limit"], state: ["Итог", "Outcome"], passed: ["пройдено", "passed"], failed: ["не пройдено", "failed"], not_assessed: ["не оценено", "not assessed"], live: ["живой человек", "live"], not_live: ["подмена", "not live"], inconclusive: ["не определено", "inconclusive"],
});

export default async function ({ record: id, main }) {
    main.classList.add("reading");
    const record = await api.get(`/v1/identifications/${id}`);
    const [subject, operator] = await Promise.all([record.subject && nameOf(record.subject), record.operator_id && nameOf(record.operator_id)]);
    return [
        head(t("title"), t("lead"), { back: ["/staff/register", t("back")] }),
        card(null, facts([
            [t("outcome"), badge(outcomeKind(record.outcome), outcomeName(record.outcome))], [t("reason"), identificationReasonName(record.reason)], [t("at"), moment(record.at)], [t("method"), methodName(record.method)], [t("moment"), momentName(record.moment)], [t("procedure"), record.procedure && procedureName(record.procedure)], [t("subject"), subject],
            [t("attempt"), record.attempt_id && link(`/staff/attempts/${record.attempt_id}`, t("open"))], [t("operator"), operator], [t("authority"), record.authority_id && h("code", null, record.authority_id)], [t("document"), record.document_kind && documentKindName(record.document_kind)], [t("number"), record.document_number ?? record.masked_document_number], [t("address"), record.address], [t("device"), record.device], [t("comment"), record.comment], [t("erased"), record.erased_at && moment(record.erased_at)], [t("evidence"), record.evidence_sha256 && h("code", null, record.evidence_sha256)],
        ])),
        record.comparison && card(t("distance"), facts([[t("distance"), number(record.comparison.distance, 4)], [t("thresholds"), `≤ ${number(record.comparison.match_at_or_below, 4)} … > ${number(record.comparison.non_match_above, 4)}`], [t("model"), h("code", null, record.comparison.model_id)]])),
        record.liveness && card(t("liveness"), facts([[t("state"), t(record.liveness.outcome)]]), table([{ title: t("component"), value: (row) => livenessCheckName(row.name) }, { title: t("state"), value: (row) => badge({ passed: "good", failed: "bad" }[row.state], t(row.state)) }, { title: t("value"), value: (row) => row.measured !== undefined && number(row.measured, 3), number: true }, { title: t("limit"), value: (row) => row.limit !== undefined && number(row.limit, 3), number: true }], record.liveness.checks, { caption: t("liveness") })),
        record.quality?.length > 0 && card(t("quality"), table([{ title: t("component"), value: (row) => qualityName(row.component) }, { title: t("value"), value: (row) => number(row.raw, 3), number: true }, { title: "0–100", value: (row) => row.value, number: true }], record.quality, { caption: t("quality") })),
    ];
}
