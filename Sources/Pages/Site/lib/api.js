// The way to the server: JSON in and out, problems as errors that a person can act on (RFC 9457).
import { language, texts } from "./i18n.js";
import { noteServerTime } from "./time.js";

const t = texts({
    offline: ["Нет связи с сервером. Проверьте подключение к интернету и повторите.",
        "The server cannot be reached. Check your connection and try again."],
    unknown: ["Запрос не выполнен (код {status}).", "The request failed (code {status})."],
});

/** Why a request came to nothing, in words for the person. */
export class Problem extends Error {
    constructor(status, document) {
        const faults = (document?.faults ?? []).map((fault) => fault.detail);
        super([document?.detail ?? t("unknown", { status }), ...faults].join(" "));
        this.status = status;
        this.code = document?.code;
        this.detail = document?.detail ?? this.message;
        this.faults = document?.faults ?? [];
        this.retryAfter = 0;
    }
    get isOffline() { return this.status === 0; }
}

async function send(method, path, body, options = {}) {
    const headers = { "Accept-Language": language };
    let content = body;
    if (body !== undefined && !(body instanceof Blob)) {
        content = JSON.stringify(body);
        headers["Content-Type"] = "application/json";
    } else if (body instanceof Blob) {
        headers["Content-Type"] = options.type ?? body.type;
    }
    if (options.key) headers["Idempotency-Key"] = options.key;
    let answer;
    try {
        answer = await fetch(path, { method, headers, body: content, credentials: "same-origin", cache: "no-store", signal: options.signal });
    } catch (error) {
        if (error.name === "AbortError") throw error;
        throw new Problem(0, { detail: t("offline"), code: "offline" });
    }
    if (!answer.ok) {
        let document;
        try { document = await answer.json(); } catch { document = undefined; }
        const problem = new Problem(answer.status, document);
        problem.retryAfter = Number(answer.headers.get("Retry-After") ?? 0);
        if (answer.status === 401 && !options.staysHere && problem.code === "login_needed") {
            if (renew) {
                await (renewing ??= renew().finally(() => { renewing = null; }));
                return send(method, path, body, options);
            }
            leaveForLogin();
        }
        throw problem;
    }
    if (options.raw) return answer;
    if (answer.status === 204) return null;
    const value = await answer.json();
    noteServerTime(value?.server_now ?? value?.attempt?.server_now);
    return value;
}

let renew = null;
let renewing = null;
/** A page where work must not be lost: `again()` renews a login that has ended, and then requests go on. */
export function loginHere(again) { renew = again; }

function leaveForLogin() {
    if (location.pathname === "/login") return;
    location.replace(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
}

/** A key by which a repeated request is known. */
export const newKey = () => crypto.randomUUID();

/** The query of an address; what is empty is left out. */
export function query(values) {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(values)) if (value !== undefined && value !== null && value !== "") search.set(name, value);
    const text = search.toString();
    return text ? `?${text}` : "";
}

export const api = {
    get: (path, options) => send("GET", path, undefined, options),
    post: (path, body, options) => send("POST", path, body, options),
    put: (path, body, options) => send("PUT", path, body, options),
    delete: (path, options) => send("DELETE", path, undefined, options),
    /** What there is, or nothing where the server knows of none. */
    async find(path) {
        try { return await send("GET", path); } catch (problem) {
            if (problem.status === 404) return null;
            throw problem;
        }
    },
    /** All pages of a list, one request after the other. */
    async all(path, name, { most = 2000, by = "after" } = {}) {
        const found = [];
        let last;
        while (found.length < most) {
            const page = (await send("GET", path + (path.includes("?") ? "&" : "?") + `limit=500${last ? `&${by}=${last}` : ""}`))[name];
            found.push(...page);
            if (page.length < 500) break;
            last = page.at(-1).id ?? page.at(-1).attempt?.id;
        }
        return found;
    },
};
