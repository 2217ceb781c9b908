// Texts of questions: plain, HTML or Markdown, with formulas and files. Foreign HTML is parsed inertly and rebuilt from
// a list of harmless elements; nothing of it is ever put into the page as it came.
import { h } from "./dom.js";
import { whenTypeset } from "./formula.js";

const TAGS = new Set(["p", "br", "b", "strong", "i", "em", "u", "s", "sub", "sup", "ul", "ol", "li", "table", "thead", "tbody", "tr", "td", "th", "caption", "pre", "code",
    "blockquote", "span", "div", "h3", "h4", "h5", "h6", "hr", "small", "dl", "dt", "dd"]);
const MATHML = new Set(["math", "mrow", "mi", "mn", "mo", "mtext", "msup", "msub", "msubsup", "mfrac", "msqrt", "mroot", "mover", "munder", "munderover", "mtable", "mtr", "mtd", "mspace", "mstyle", "mpadded", "mphantom", "menclose", "mmultiscripts", "mprescripts", "none", "semantics", "mfenced"]);
/** How MathML is laid out, never where it leads. */
const MATH_ATTRIBUTES = new Set(["lspace", "rspace", "stretchy", "width", "height", "depth", "scriptlevel", "displaystyle", "linethickness", "accent", "accentunder", "columnalign", "mathvariant", "fence", "separator", "movablelimits", "symmetric", "minsize", "maxsize"]);
const MATH_NAMESPACE = "http://www.w3.org/1998/Math/MathML";

const policy = window.trustedTypes?.createPolicy("question-text", { createHTML: (text) => text });
const parse = (text) => new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, "text/html").body;

/** A shown text as nodes. `address(sha256)` says where a file is fetched; `gap(number)` what stands in a gap. */
export function rich(shown, { address, gap } = {}) {
    if (!shown) return [];
    const context = { files: new Map((shown.files ?? []).map((file) => [file.reference, file.sha256])), address, gap };
    if (shown.format === "plain" || shown.format === "markdown") return paragraphs(shown.text, context);
    return [...parse(shown.text).childNodes].flatMap((node) => rebuild(node, context));
}

function paragraphs(text, context) {
    const parts = text.split(/\n{2,}/);
    const lines = (part) => part.split("\n").flatMap((line, place) => [place > 0 && h("br"), ...inline(line, context)]);
    return parts.length === 1 ? lines(text) : parts.map((part) => h("p", null, lines(part)));
}

/** A formula as TeX, until it comes back typeset. */
function formula(tex, isDisplayed) {
    const node = h("span", { class: "tex", role: "math", "aria-label": tex }, tex);
    whenTypeset(tex, (content) => {
        const [math] = [...parse(`<math>${content}</math>`).childNodes].flatMap((child) => rebuild(child, {}));
        if (!math) return;
        if (isDisplayed) math.setAttribute("displaystyle", "true");
        const made = h("span", { class: "formula", title: tex }, math);
        // Drawn before or after the page has taken the first one.
        if (node.parentNode) node.replaceWith(made);
        else queueMicrotask(() => node.replaceWith(made));
    });
    return node;
}

/** Formulas, and gaps as their fields. */
function inline(text, context) {
    const found = [];
    const pattern = /\$\$([\s\S]+?)\$\$|\\\(([\s\S]+?)\\\)|\\\[([\s\S]+?)\\\]|\{#(\d+)\}/g;
    let last = 0;
    for (const match of text.matchAll(pattern)) {
        if (match.index > last) found.push(text.slice(last, match.index));
        if (match[4] && context.gap) found.push(context.gap(Number(match[4])));
        else if (match[4]) found.push(match[0]);
        else found.push(formula((match[1] ?? match[2] ?? match[3]).trim(), !match[2]));
        last = match.index + match[0].length;
    }
    if (last < text.length) found.push(text.slice(last));
    return found;
}

function rebuild(node, context) {
    if (node.nodeType === Node.TEXT_NODE) return inline(node.data, context);
    if (node.nodeType !== Node.ELEMENT_NODE) return [];
    const name = node.localName;
    const children = () => [...node.childNodes].flatMap((child) => rebuild(child, context));
    if (MATHML.has(name)) {
        const made = document.createElementNS(MATH_NAMESPACE, name);
        for (const { name: attribute, value } of node.attributes) if (MATH_ATTRIBUTES.has(attribute) && /^[\w.%+-]{0,24}$/.test(value)) made.setAttribute(attribute, value);
        made.append(...children());
        return [made];
    }
    if (name === "img") {
        const sha256 = context.files.get(node.getAttribute("src"));
        return sha256 && context.address ? [h("img", { src: context.address(sha256), alt: node.getAttribute("alt") ?? "" })] : [];
    }
    if (!TAGS.has(name)) return ["script", "style", "template", "iframe", "object", "svg"].includes(name) ? [] : children();
    const props = {};
    for (const attribute of ["colspan", "rowspan"]) if (/^\d{1,2}$/.test(node.getAttribute(attribute) ?? "")) props[attribute] = node.getAttribute(attribute);
    return [h(name, props, children())];
}
