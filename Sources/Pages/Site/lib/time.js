// The server's clock, and times as people read them in their own zone.
import { locale, texts } from "./i18n.js";

const t = texts({
    now: ["сейчас", "now"],
    seconds: ["{n} с", "{n} s"],
    minutes: ["{n} мин", "{n} min"],
    hours: ["{h} ч {m} мин", "{h} h {m} min"],
    days: ["{n} дн.", "{n} d"],
});

let offset = 0;

/** Notes what the server's clock showed when an answer came. */
export function noteServerTime(text) {
    if (text) offset = Date.parse(text) - Date.now();
}

/** By how much the server's clock is ahead, in milliseconds: kept by pages that come back without a connection. */
export const clockOffset = () => offset;
export function restoreClock(milliseconds) { offset = milliseconds; }

/** The present moment by the server's clock. */
export const serverNow = () => Date.now() + offset;

const cache = new Map();
const format = (options) => {
    const key = JSON.stringify(options);
    if (!cache.has(key)) cache.set(key, new Intl.DateTimeFormat(locale, options));
    return cache.get(key);
};

/** A day and a time, in the reader's zone. */
export const moment = (text) => text ? format({ dateStyle: "medium", timeStyle: "short" }).format(new Date(text)) : "—";
/** A day. Days without a time have no zone. */
export const day = (text) => text
    ? format({ dateStyle: "medium", timeZone: text.length === 10 ? "UTC" : undefined }).format(new Date(text)) : "—";
/** A time to the second. */
export const clockTime = (text) => format({ hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(new Date(text));
/** The reader's zone. */
export const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** So many seconds as one says them. */
export function duration(seconds) {
    if (seconds < 60) return t("seconds", { n: Math.max(0, Math.round(seconds)) });
    if (seconds < 3600) return t("minutes", { n: Math.round(seconds / 60) });
    if (seconds < 2 * 86400) return t("hours", { h: Math.floor(seconds / 3600), m: Math.round((seconds % 3600) / 60) });
    return t("days", { n: Math.round(seconds / 86400) });
}

/** So many seconds as a clock shows them. */
export function countdown(seconds) {
    const whole = Math.max(0, Math.ceil(seconds));
    const parts = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
    return parts.map((part) => String(part).padStart(2, "0")).join(":");
}

/** What a field of type datetime-local holds, as the moment in UTC that it means here. */
export const fromLocal = (text) => new Date(text).toISOString();
/** A moment as a field of type datetime-local takes it. */
export function toLocal(date) {
    const shifted = new Date(date.getTime() - date.getTimezoneOffset() * 60000);
    return shifted.toISOString().slice(0, 16);
}
