// The frame around every page: name, ways by role, language and theme, who is logged in.
import { h, svg } from "./dom.js";
import { api } from "./api.js";
import { language, setLanguage, texts } from "./i18n.js";

const t = texts({
    skip: ["К содержанию", "Skip to content"],
    main: ["Разделы", "Sections"],
    home: ["Главная", "Home"], exams: ["Экзамены", "Exams"], results: ["Результаты", "Results"], cases: ["Заявления", "Applications"],
    account: ["Учётная запись", "Account"], logout: ["Выйти", "Log out"], login: ["Войти", "Log in"],
    theme: ["Светлая или тёмная тема", "Light or dark theme"],
    other: ["English", "Русский"],
    review: ["Проверка", "Review"], queue: ["Очередь", "Queue"], banks: ["Вопросы", "Questions"], grading: ["Работы", "Grading"],
    sheets: ["Ведомости", "Grade sheets"], register: ["Журнал", "Register"], people: ["Люди", "People"], settings: ["Порядок", "Rules"],
    health: ["Состояние", "Health"], notices: ["Уведомления", "Notices"], portrait: ["Портрет", "Portrait"],
    about: ["attestd · онлайн-прокторинг и идентификация", "attestd · online proctoring and identification"],
});

const THEME = "attestd.theme";
const theme = localStorage.getItem(THEME);
if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
document.documentElement.lang = language;

/** Where each role works: address, text, roles. */
const WAYS = [
    ["/", "home", null],
    ["/schedule", "exams", ["candidate"]],
    ["/results", "results", ["candidate"]],
    ["/portrait", "portrait", ["candidate"]],
    ["/cases", "cases", ["candidate"]],
    ["/staff/exams", "exams", ["examiner", "reviewer", "administrator"]],
    ["/staff/review", "review", ["examiner", "reviewer"]],
    ["/staff/queue", "queue", ["verifier", "partner"]],
    ["/staff/banks", "banks", ["examiner", "administrator"]],
    ["/staff/grading", "grading", ["examiner", "reviewer"]],
    ["/staff/sheets", "sheets", ["examiner", "compliance_officer", "administrator"]],
    ["/staff/register", "register", ["compliance_officer", "administrator"]],
    ["/staff/people", "people", ["administrator", "technical_responsible"]],
    ["/staff/policies", "settings", ["compliance_officer", "administrator"]],
    ["/staff/health", "health", ["administrator", "technical_responsible"]],
    ["/messages", "notices", null],
];

export const has = (account, ...roles) => Boolean(account?.roles.some((role) => roles.includes(role)));

const icon = (path) => svg("svg", { viewBox: "0 0 24 24", width: 20, height: 20, fill: "none", stroke: "currentColor", "stroke-width": 1.8, "aria-hidden": "true", "stroke-linecap": "round" }, svg("path", { d: path }));

const brand = () => h("a", { class: "brand", href: "/" },
    svg("svg", { viewBox: "0 0 32 32", "aria-hidden": "true" },
        svg("rect", { width: 32, height: 32, rx: 8, class: "brand-back" }),
        svg("path", { d: "M9 16.5l4.5 4.5L23 11", fill: "none", class: "brand-mark", "stroke-width": 3.4, "stroke-linecap": "round", "stroke-linejoin": "round" })),
    "attestd");

function switchTheme() {
    const isDark = document.documentElement.dataset.theme
        ? document.documentElement.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    const next = isDark ? "light" : "dark";
    localStorage.setItem(THEME, next);
    document.documentElement.dataset.theme = next;
}

/** Clears what an exam's page keeps on the device. */
const forgetDesks = () => import("./desk.js").then(({ clearDesks }) => clearDesks()).catch(() => undefined);

/** Ends the login and goes to the way in. */
export async function logOut() {
    await forgetDesks();
    await api.post("/v1/logout").catch(() => undefined);
    location.assign("/login");
}

/** Puts the frame around the page and answers the place for its content. */
export function frame(account, { bare = false } = {}) {
    const owner = localStorage.getItem("attestd.desk");
    if (account && owner && owner !== account.id) forgetDesks();
    const ways = account && !bare ? WAYS.filter(([, , roles]) => !roles || has(account, ...roles)) : [];
    const here = ways.map(([href]) => href).filter((href) => href === location.pathname || (href !== "/" && location.pathname.startsWith(href)))
        .sort((a, b) => b.length - a.length)[0];
    const main = h("main", { id: "content", tabindex: -1 });
    document.body.replaceChildren(
        h("a", { class: "skip", href: "#content" }, t("skip")),
        h("header", { class: "top" }, h("div", { class: "top-inner" },
            brand(),
            ways.length > 0 && h("nav", { "aria-label": t("main") }, ways.map(([href, key]) =>
                h("a", { href, "aria-current": href === here ? "page" : undefined }, t(key)))),
            h("div", { class: "tools" },
                h("button", { type: "button", class: "plain", lang: language === "ru" ? "en" : "ru", onclick: () => setLanguage(language === "ru" ? "en" : "ru") }, t("other")),
                h("button", { type: "button", class: "plain", "aria-label": t("theme"), title: t("theme"), onclick: switchTheme }, icon("M12 3a9 9 0 1 0 9 9 7 7 0 0 1-9-9z")),
                account && h("a", { class: "button plain", href: "/account", "aria-label": t("account"), title: t("account") },
                    icon("M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zm-8 9c.6-4 4-6 8-6s7.4 2 8 6")),
                account && h("button", { type: "button", class: "plain", "aria-label": t("logout"), title: t("logout"), onclick: logOut },
                    icon("M10 4H5v16h5M15 8l4 4-4 4M19 12H9"))))),
        main,
        h("footer", null, t("about")));
    return main;
}

/** The head of a page: title, a sentence, and what can be done. */
export function head(title, lead, { back, actions } = {}) {
    document.title = `${title} · attestd`;
    return h("div", { class: "head" }, h("div", null,
        back && h("a", { class: "crumb", href: back[0] }, `← ${back[1]}`),
        h("h1", { tabindex: -1 }, title), lead && h("p", null, lead)), actions && h("div", { class: "row" }, actions));
}
