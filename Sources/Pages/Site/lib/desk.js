// What the exam's page was last shown with, kept on the device while the exam goes on: so that it comes back when it is
// loaded again without a connection. Cleared when the work is handed in, at the logout, and for the next person.
const DATABASE = "attestd-desk";
const STORES = ["desks", "answers", "files"];
/** Whose desk is on this device; read on every page, so it is no database. */
const OWNER = "attestd.desk";

const wrapped = (request) => new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
});
const all = (attempt) => IDBKeyRange.bound([attempt], [attempt, []]);

function openDatabase() {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => {
        request.result.createObjectStore("desks", { keyPath: "id" });
        request.result.createObjectStore("answers", { keyPath: ["attempt", "number"] });
        request.result.createObjectStore("files", { keyPath: ["attempt", "sha256"] });
    };
    return wrapped(request);
}

/** The desk of one attempt. A device that keeps nothing works as long as there is a connection. */
export class Desk {
    #database;
    #attempt;
    #parts = {};
    #isCleared = false;
    /** Addresses of the questions' pictures that are kept, by SHA-256. */
    addresses = new Map();

    static async open(attempt) {
        const desk = new Desk();
        desk.#attempt = attempt;
        desk.#database = await openDatabase().catch(() => null);
        return desk;
    }

    /** What was kept; nothing where this device has not shown the attempt. */
    async read() {
        if (!this.#database) return null;
        const stores = this.#database.transaction(STORES);
        const [parts, answers, files] = await Promise.all([
            wrapped(stores.objectStore("desks").get(this.#attempt)), wrapped(stores.objectStore("answers").getAll(all(this.#attempt))),
            wrapped(stores.objectStore("files").getAll(all(this.#attempt))),
        ]);
        if (!parts) return null;
        for (const file of files) this.addresses.set(file.sha256, URL.createObjectURL(file.blob));
        this.#parts = parts;
        return { ...parts, answers };
    }

    /** Keeps what the page is shown with; parts that are not named stay. */
    keep(parts) {
        if (!this.#database || this.#isCleared) return;
        this.#parts = { ...this.#parts, ...parts, id: this.#attempt };
        if (this.#parts.account) localStorage.setItem(OWNER, this.#parts.account.id);
        this.#database.transaction("desks", "readwrite").objectStore("desks").put(this.#parts);
    }

    keepAnswer(number, answer) {
        if (!this.#database || this.#isCleared) return;
        this.#database.transaction("answers", "readwrite").objectStore("answers").put({ attempt: this.#attempt, number, answer });
    }

    /** Keeps the pictures that questions show. */
    async keepFiles(digests, address) {
        for (const sha256 of digests) {
            if (!this.#database || this.#isCleared || this.addresses.has(sha256)) continue;
            const answer = await fetch(address(sha256), { credentials: "same-origin" }).catch(() => null);
            if (!answer?.ok) continue;
            const blob = await answer.blob();
            this.#database.transaction("files", "readwrite").objectStore("files").put({ attempt: this.#attempt, sha256, blob });
        }
    }

    async clear() {
        this.#isCleared = true;
        if (!this.#database) return;
        const stores = this.#database.transaction(STORES, "readwrite");
        stores.objectStore("desks").delete(this.#attempt);
        stores.objectStore("answers").delete(all(this.#attempt));
        await wrapped(stores.objectStore("files").delete(all(this.#attempt)));
        localStorage.removeItem(OWNER);
    }
}

/** Clears every desk of this device. Answers that the server has not got yet are no part of them. */
export async function clearDesks() {
    localStorage.removeItem(OWNER);
    const stores = (await openDatabase()).transaction(STORES, "readwrite");
    await Promise.all(STORES.map((name) => wrapped(stores.objectStore(name).clear())));
}
