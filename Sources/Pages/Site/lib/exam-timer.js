// `<exam-timer>`: counts down by the server's clock. It tells of ten, five and one minute left, and of the end.
import { countdown, serverNow } from "./time.js";

/** Seconds of which people are told once. */
const MARKS = [600, 300, 60];

class ExamTimer extends HTMLElement {
    #until = null;
    #before = Infinity;
    connectedCallback() { this.setAttribute("role", "timer"); this.ticking = setInterval(() => this.#tick(), 500); }
    disconnectedCallback() { clearInterval(this.ticking); }
    /** Takes the clock of an attempt as the server told it. */
    set(attempt) {
        this.#until = attempt.clock === "running" && attempt.deadline ? Date.parse(attempt.deadline) : null;
        this.rest = attempt.remaining_seconds;
        this.#tick();
    }
    #tick() {
        const left = this.#until ? (this.#until - serverNow()) / 1000 : this.rest ?? 0;
        this.textContent = countdown(left);
        this.classList.toggle("short", left < 300);
        if (!this.#until) return;
        // Time that was given back is counted down anew.
        const passed = MARKS.filter((mark) => left <= mark && mark < this.#before).at(-1);
        this.#before = left;
        if (passed && left > 0) this.dispatchEvent(new CustomEvent("left", { detail: Math.min(passed, Math.ceil(left / 60) * 60) / 60 }));
        if (left <= 0) { this.#until = null; this.dispatchEvent(new Event("over")); }
    }
}
customElements.define("exam-timer", ExamTimer);
