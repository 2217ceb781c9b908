// Server-sent events: followed live, resumed where they stopped. The browser sends Last-Event-ID by itself.
import { api } from "./api.js";
import { EVENT_TYPES } from "./words.js";

/**
 * Follows a stream behind an index.
 *
 * @returns what ends the following
 */
export function follow(path, after, receive, connection = () => undefined) {
    let source;
    let last = after;
    let stopped = false;
    let waiting;
    const take = (message) => {
        const event = JSON.parse(message.data);
        if (event.index <= last) return;
        last = event.index;
        event.type = event.type.replace(/^attestd\./, "");
        receive(event);
    };
    const open = () => {
        source = new EventSource(`${path}?after=${last}`);
        for (const type of EVENT_TYPES) source.addEventListener(`attestd.${type}`, take);
        source.onmessage = take;
        source.onopen = () => connection(true);
        source.onerror = () => {
            connection(false);
            // Browsers give up for good after an answer that is no stream.
            if (source.readyState === EventSource.CLOSED && !stopped) waiting = setTimeout(open, 3000);
        };
    };
    open();
    return () => { stopped = true; clearTimeout(waiting); source.close(); };
}

/** All events there are so far, page after page. */
export async function allEvents(path) {
    const found = [];
    for (;;) {
        const { events } = await api.get(`${path}?after=${found.at(-1)?.index ?? 0}&limit=500`);
        for (const event of events) event.type = event.type.replace(/^attestd\./, "");
        found.push(...events);
        if (events.length < 500) return found;
    }
}
