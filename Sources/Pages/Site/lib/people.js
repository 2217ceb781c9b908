// Names of accounts for staff who may read them; others see a short form of the identifier.
import { api } from "./api.js";

const known = new Map();

/** The name of an account, asked for once. */
export async function nameOf(id) {
    if (!known.has(id)) {
        known.set(id, api.get(`/v1/accounts/${id}`).then((account) => fullName(account), () => `…${id.slice(-6)}`));
    }
    return known.get(id);
}
export const fullName = (person) => [person.surname, person.given_name, person.patronymic].filter(Boolean).join(" ");
/** A short form of an identifier. */
export const short = (id) => (id ? `…${id.slice(-6)}` : "");
