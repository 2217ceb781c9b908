// Every text stands in both languages at one place: `texts({ key: ["русский", "English"] })`.

const KEY = "attestd.language";

function chosen() {
    const kept = localStorage.getItem(KEY);
    if (kept === "ru" || kept === "en") return kept;
    return (navigator.languages?.[0] ?? "ru").toLowerCase().startsWith("en") ? "en" : "ru";
}

/** The language of the interface: `ru` or `en`. */
export const language = chosen();
/** The locale that numbers and times are written in. */
export const locale = language === "ru" ? "ru-RU" : "en-GB";

/** Changes the language and loads the page again. */
export function setLanguage(value) {
    localStorage.setItem(KEY, value);
    location.reload();
}

const place = language === "ru" ? 0 : 1;

/** The function that gives the texts of a table, with `{name}` replaced by what is handed over. */
export function texts(table) {
    return (key, values = {}) => {
        const pair = table[key];
        if (!pair) {
            console.error(`no text: ${key}`);
            return `⟦${key}⟧`;
        }
        return pair[place].replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
    };
}

/** The text of a value that both languages come with from the server. */
export const localized = (pair) => (pair ? pair[language] ?? pair.ru : "");

const rules = new Intl.PluralRules(locale);
/** A count with the right form of its noun; forms by `one`, `few`, `many`, `other`. */
export function plural(count, ru, en) {
    const forms = language === "ru" ? ru : en;
    return `${number(count)} ${forms[rules.select(count)] ?? forms.many ?? forms.other}`;
}

/** A number as people write it. */
export const number = (value, digits = 0) =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);
