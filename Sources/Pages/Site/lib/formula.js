// Formulas, typeset: TeX goes to the server in batches and comes back as MathML, which browsers draw by themselves. Until
// then, and where it cannot be typeset, the TeX stands there to be read.
import { api } from "./api.js";

/** TeX → the content of a `math` element; `null` where it is none. */
export const typeset = new Map();
const MOST = 50;
const LONGEST = 1000;
let waiting = new Map();
let timer;

/** Calls back with a formula's MathML once it is known. */
export function whenTypeset(tex, draw) {
    if (typeset.has(tex)) { if (typeset.get(tex)) draw(typeset.get(tex)); return; }
    if (tex.length > LONGEST || tex.includes("\u0000")) return;
    waiting.set(tex, [...(waiting.get(tex) ?? []), draw]);
    timer ??= setTimeout(ask);
}

async function ask() {
    const asked = waiting;
    waiting = new Map();
    timer = undefined;
    const all = [...asked.keys()];
    for (let at = 0; at < all.length; at += MOST) {
        try {
            const { formulas } = await api.post("/v1/formulas", { formulas: all.slice(at, at + MOST) });
            for (const { tex, mathml } of formulas) {
                typeset.set(tex, mathml ?? null);
                if (mathml) for (const draw of asked.get(tex) ?? []) draw(mathml);
            }
        } catch { return; /* The TeX stays. */ }
    }
}
