// Elements from plain values. Nothing here parses HTML, so no text can become markup.

const SVG = "http://www.w3.org/2000/svg";
const MATH = "http://www.w3.org/1998/Math/MathML";

function fill(node, props, children) {
    for (const [name, value] of Object.entries(props ?? {})) {
        if (value === undefined || value === null || value === false) continue;
        if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
        else if (name === "class") node.setAttribute("class", value);
        else if (name === "data") Object.assign(node.dataset, value);
        else if (name === "style") for (const [key, text] of Object.entries(value)) node.style.setProperty(key, text);
        else if (name === "value" || name === "checked" || name === "indeterminate" || name === "srcObject") node[name] = value;
        else node.setAttribute(name, value === true ? "" : String(value));
    }
    add(node, children);
    return node;
}

function add(node, children) {
    for (const child of children.flat(Infinity)) {
        if (child === undefined || child === null || child === false || child === "") continue;
        node.append(child instanceof Node ? child : String(child));
    }
}

/** An HTML element: properties that begin with `on` are listeners, `class`, `data` and `style` as one expects. */
export const h = (tag, props, ...children) => fill(document.createElement(tag), props, children);
/** An SVG element. */
export const svg = (tag, props, ...children) => fill(document.createElementNS(SVG, tag), props, children);
/** A MathML element. */
export const math = (tag, props, ...children) => fill(document.createElementNS(MATH, tag), props, children);

/** Replaces what an element holds. */
export function show(node, ...children) {
    node.replaceChildren();
    add(node, children);
    return node;
}

/** The values of a form by their names; empty ones are left out. */
export function values(form) {
    const all = {};
    for (const [name, value] of new FormData(form)) {
        if (typeof value !== "string" || value.trim() === "") continue;
        if (name in all) all[name] = [all[name], value].flat();
        else all[name] = value;
    }
    return all;
}

let counter = 0;
/** An identifier that nothing else on the page has. */
export const unique = (prefix) => `${prefix}-${++counter}`;

/** Lets the browser draw. */
export const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
