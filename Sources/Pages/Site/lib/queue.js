// Answers on their way: written on the device first, sent as soon as there is a connection, forgotten when the server
// has them. The queue survives a closed page (IndexedDB).
import { api } from "./api.js";

const DATABASE = "attestd-answers";

const wrapped = (request) => new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
});

function openDatabase() {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => {
        request.result.createObjectStore("answers", { keyPath: ["attempt", "number"] });
        request.result.createObjectStore("counters");
    };
    return wrapped(request);
}

/** The queue of one attempt. `changed(state, waiting)` is told of `saved`, `saving`, `offline`, `closed` and `elsewhere`. */
export class AnswerQueue {
    #database;
    #attempt;
    #changed;
    #answered;
    #refused;
    #sequence = 0;
    #waiting = new Map();
    #timer;
    #sending = null;
    #failures = 0;
    isOffline = false;

    constructor(attempt, { changed, answered, refused }) {
        this.#attempt = attempt;
        this.#changed = changed;
        this.#answered = answered;
        this.#refused = refused;
    }

    /** Reads what the page left behind when it was closed. */
    async open() {
        this.#database = await openDatabase();
        const store = this.#database.transaction(["answers", "counters"]);
        const kept = await wrapped(store.objectStore("answers").getAll(IDBKeyRange.bound([this.#attempt, 0], [this.#attempt, 1e6])));
        // What another device or an erased browser counted is behind the clock.
        this.#sequence = Math.max((await wrapped(store.objectStore("counters").get(this.#attempt))) ?? 0, Date.now());
        for (const entry of kept) this.#waiting.set(entry.number, entry);
        if (this.#waiting.size) this.#later(0);
        addEventListener("online", () => this.#later(0));
        return new Map(kept.map((entry) => [entry.number, entry.answer]));
    }

    get waiting() { return this.#waiting.size; }

    /** Takes an answer; of several to one question the last one counts. */
    async put(number, answer) {
        const entry = { attempt: this.#attempt, number, answer, sequence: ++this.#sequence, captured_at: new Date().toISOString() };
        this.#waiting.set(number, entry);
        this.#changed(this.isOffline ? "offline" : "saving", this.#waiting.size);
        const store = this.#database.transaction(["answers", "counters"], "readwrite");
        store.objectStore("answers").put(entry);
        store.objectStore("counters").put(this.#sequence, this.#attempt);
        this.#later(700);
    }

    /** Forgets what nobody takes any more. */
    forget() {
        clearTimeout(this.#timer);
        this.#waiting.clear();
        const stores = this.#database.transaction(["answers", "counters"], "readwrite");
        stores.objectStore("answers").delete(IDBKeyRange.bound([this.#attempt, 0], [this.#attempt, 1e6]));
        stores.objectStore("counters").delete(this.#attempt);
    }

    #later(milliseconds) {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.flush().catch(() => undefined), milliseconds);
    }

    /** Sends what waits; answers when the server has it, or throws. */
    flush() {
        this.#sending ??= this.#send().finally(() => { this.#sending = null; });
        return this.#sending;
    }

    async #send() {
        while (this.#waiting.size) {
            const batch = [...this.#waiting.values()].sort((a, b) => a.sequence - b.sequence).slice(0, 50);
            let answer;
            try {
                answer = await api.post(`/v1/attempts/${this.#attempt}/answers`, {
                    sent_at: new Date().toISOString(), last_sequence: this.#sequence,
                    answers: batch.map(({ sequence, number, captured_at, answer }) => ({ sequence, number, captured_at, answer })),
                });
            } catch (problem) {
                const again = problem.isOffline || problem.status >= 500 || problem.status === 429;
                if (again) {
                    this.isOffline = problem.isOffline;
                    this.#changed("offline", this.#waiting.size);
                    this.#later(Math.min(15000, 1500 * 2 ** this.#failures++));
                } else {
                    this.#changed(/device|other/.test(problem.code ?? "") ? "elsewhere" : "closed", this.#waiting.size, problem);
                }
                throw problem;
            }
            this.#failures = 0;
            this.isOffline = false;
            const store = this.#database.transaction("answers", "readwrite").objectStore("answers");
            for (const receipt of answer.receipts) {
                if (this.#waiting.get(receipt.number)?.sequence === receipt.sequence) {
                    this.#waiting.delete(receipt.number);
                    store.delete([this.#attempt, receipt.number]);
                }
                if (receipt.outcome === "refused") this.#refused(receipt);
            }
            this.#answered(answer.attempt);
        }
        this.#changed("saved", 0);
    }
}
