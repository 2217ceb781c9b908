// Finds the page of an address and shows it in the frame.
import { api } from "./lib/api.js";
import { show } from "./lib/dom.js";
import { texts } from "./lib/i18n.js";
import { frame, has, head } from "./lib/shell.js";
import { explain, link, notice, spinner } from "./lib/ui.js";

const t = texts({
    denied: ["Нет доступа", "No access"],
    deniedText: ["Этот раздел открыт для других ролей. Если он вам нужен по работе, обратитесь к администратору.",
        "This section is for other roles. If your work needs it, ask the administrator."],
    problem: ["Страница не загрузилась", "The page did not load"],
    home: ["На главную", "To the main page"],
});

const CANDIDATE = ["candidate"];
const CONDUCT = ["examiner", "reviewer", "administrator"];
const OFFICE = ["compliance_officer", "administrator"];
const SHEETS = ["examiner", ...OFFICE];

/** Address, module, roles: `null` for everybody who is logged in, `undefined` for everybody. */
const PAGES = [
    ["/", "home", null], ["/login", "login"], ["/register", "register"], ["/reset", "reset"], ["/phone", "phone"],
    ["/account", "account", null], ["/messages", "messages", null],
    ["/consents", "consents", CANDIDATE], ["/portrait", "portrait", CANDIDATE], ["/check", "check", CANDIDATE],
    ["/schedule", "schedule", CANDIDATE], ["/exam/{exam}", "waiting", CANDIDATE], ["/attempt/{attempt}", "attempt", CANDIDATE],
    ["/results", "results", CANDIDATE], ["/results/{attempt}", "result", CANDIDATE], ["/card", "card", CANDIDATE],
    ["/cases", "cases", null], ["/cases/{case}", "case", null], ["/identity", "identity", CANDIDATE],
    ["/practice", "practice", CANDIDATE], ["/practice/{discipline}", "practice", CANDIDATE],
    ["/staff/exams", "staff-exams", ["examiner", "reviewer", "administrator", "compliance_officer"]],
    ["/staff/exams/new", "staff-exam-new", ["examiner", "administrator"]],
    ["/staff/exams/{exam}", "staff-exam", ["examiner", "reviewer", "administrator", "compliance_officer"]],
    ["/staff/wall/{exam}", "staff-wall", CONDUCT], ["/staff/attempts/{attempt}", "staff-attempt", [...CONDUCT, "compliance_officer"]],
    ["/staff/review", "staff-review", ["examiner", "reviewer"]], ["/staff/review/{exam}", "staff-review", ["examiner", "reviewer"]],
    ["/staff/queue", "staff-queue", ["verifier", "partner", ...SHEETS]], ["/staff/queue/{case}", "staff-case", ["verifier", "partner"]],
    ["/staff/banks", "staff-banks", ["examiner", "administrator"]], ["/staff/banks/{discipline}", "staff-bank", ["examiner", "administrator"]],
    ["/staff/grading", "staff-grading", ["examiner", "reviewer"]], ["/staff/grading/{work}", "staff-work", ["examiner", "reviewer"]],
    ["/staff/sheets", "staff-sheets", SHEETS], ["/staff/sheets/{sheet}", "staff-sheet", SHEETS],
    ["/staff/register", "staff-register", OFFICE], ["/staff/register/{record}", "staff-record", OFFICE],
    ["/staff/people", "staff-people", ["administrator", "technical_responsible"]],
    ["/staff/people/{person}", "staff-person", ["administrator", "technical_responsible"]],
    ["/staff/contracts", "staff-contracts", OFFICE], ["/staff/groups", "staff-groups", SHEETS], ["/staff/orders", "staff-orders", OFFICE],
    ["/staff/policies", "staff-policies", ["examiner", "verifier", "reviewer", ...OFFICE]],
    ["/staff/consents", "staff-consents", OFFICE], ["/staff/retention", "staff-retention", OFFICE],
    ["/staff/access", "staff-access", OFFICE], ["/staff/surveys", "staff-surveys", OFFICE], ["/staff/surveys/{survey}", "staff-survey", OFFICE],
    ["/staff/reports", "staff-reports", SHEETS], ["/staff/registers", "staff-registers", OFFICE],
    ["/staff/flag-rules", "staff-flag-rules", [...CONDUCT, "compliance_officer"]],
    ["/staff/webhooks", "staff-webhooks", ["administrator"]], ["/staff/duplicates", "staff-duplicates", ["reviewer", ...OFFICE]],
    ["/staff/health", "staff-health", ["administrator", "technical_responsible"]],
];

function match(pattern) {
    const wanted = pattern.split("/");
    const parts = location.pathname.split("/");
    if (wanted.length !== parts.length) return null;
    const found = {};
    for (const [place, part] of wanted.entries()) {
        if (part.startsWith("{")) found[part.slice(1, -1)] = decodeURIComponent(parts[place]);
        else if (part !== parts[place]) return null;
    }
    return found;
}

async function open() {
    const [, module, roles, parameters] = PAGES.map(([pattern, ...rest]) => [pattern, rest[0], rest[1], match(pattern)])
        .find(([, , , found]) => found) ?? [];
    const page = import(`./pages/${module}.js`);
    // A page may ask for its data while the account is still asked for.
    const loaded = page.then(({ load }) => load?.(parameters)).catch(() => undefined);
    const account = roles === undefined ? null : await api.get("/v1/me").catch(async (problem) => {
        const known = problem.isOffline && await page.then(({ keptAccount }) => keptAccount?.(parameters));
        if (!known) throw problem;
        return known;
    });
    const main = frame(account, { bare: module === "attempt" });
    if (roles && !has(account, ...roles)) {
        show(main, head(t("denied"), t("deniedText")), link("/", t("home"), "primary"));
        document.body.dataset.ready = "true";
        return;
    }
    show(main, spinner());
    try {
        const { default: make } = await page;
        const content = await make({ account, main, loaded: await loaded, ...parameters });
        if (content) show(main, content);
        document.body.dataset.ready = "true";
    } catch (error) {
        show(main, head(t("problem")), notice("bad", explain(error)), link("/", t("home"), "primary"));
        document.body.dataset.ready = "failed";
    }
}

open().catch((error) => {
    // Without an account there is no frame to show a problem in: the way to the login is taken already.
    if (error?.status !== 401) {
        const main = frame(null);
        show(main, notice("bad", explain(error)), link("/", t("home"), "primary"));
    }
});
