import { api } from "../lib/api.js";
import { h, show } from "../lib/dom.js";
import { texts } from "../lib/i18n.js";
import { has, head } from "../lib/shell.js";
import { duration, moment } from "../lib/time.js";
import { action, badge, explain, field, link, table, tabs, toast } from "../lib/ui.js";
import { outcomeKind, outcomeName, procedureName, visualReasonName, visualStateName } from "../lib/words.js";

const t = texts({
    title: ["Очередь идентификации", "Identification queue"], lead: ["Дольше всех ждущие — сверху. Обновляется каждые пять секунд.", "The longest waiting first. Renewed every five seconds."], open: ["Ждут", "Waiting"], all: ["Все дела", "All cases"], number: ["№", "No."], who: ["Обучающийся", "Candidate"], procedure: ["Процедура", "Procedure"], cause: ["Почему", "Why"], waited: ["Ждёт", "Waits"], state: ["Состояние", "State"],
    take: ["Взять", "Take"], none: ["В очереди никого нет.", "Nobody is in the queue."], outcome: ["Исход", "Outcome"], at: ["Открыто", "Opened"], policy: ["порядок", "policy"], no_consent: ["нет согласия на биометрию", "no biometric consent"], tries_used_up: ["попытки сверки исчерпаны", "tries used up"], request: ["по просьбе", "on request"], missed_demand: ["требование не выполнено", "missed demand"], goOn: ["Продолжить", "Go on"],
});

export default async function ({ account }) {
    const acts = has(account, "verifier", "partner");
    const columns = (all) => [
        { title: t("number"), value: (row) => row.number, number: true }, { title: t("who"), value: (row) => row.subject_name }, { title: t("procedure"), value: (row) => procedureName(row.procedure) }, { title: t("cause"), value: (row) => t(row.cause) },
        all ? { title: t("at"), value: (row) => moment(row.opened_at) } : { title: t("waited"), value: (row) => duration(row.waited_seconds) }, { title: t("state"), value: (row) => badge(row.state === "waiting" ? "warn" : "info", visualStateName(row.state)) },
        all ? { title: t("outcome"), value: (row) => row.outcome && badge(outcomeKind(row.outcome), row.reason ? visualReasonName(row.reason) : outcomeName(row.outcome)) }
            : { title: "", value: (row) => acts && (row.holder_id === account.id ? link(`/staff/queue/${row.id}`, t("goOn"), "primary") : ["waiting", "waiting_for_second"].includes(row.state) && action(t("take"), async () => { await api.post(`/v1/visual-identifications/${row.id}/taking`); location.assign(`/staff/queue/${row.id}`); }, "primary")) },
    ];
    const list = (scope) => async () => {
        const node = h("div", null);
        const load = async () => show(node, table(columns(scope === "all"), (await api.get(`/v1/visual-identifications?scope=${scope}&limit=200`)).cases, { caption: t(scope), none: t("none") }));
        await load();
        if (scope === "open") setInterval(() => { if (!document.hidden && node.isConnected && !node.contains(document.activeElement)) load().catch(() => undefined); }, 5000);
        return node;
    };
    return [head(t("title"), t("lead")), tabs([[t("open"), list("open")], [t("all"), list("all")]])];
}
