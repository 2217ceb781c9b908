// Brings the exam's page back while there is no connection: the shell and the files of one version, nothing of the API.
const VERSION = "{{version}}";
const FILES = {{files}};
const SHELL = "/attempt/-";
const CACHE = `attestd-${VERSION}`;
// While somebody writes the pages, what is kept is only for times without a connection.
const ARE_FINAL = VERSION !== "folder";
const PATIENCE = 4000;

self.addEventListener("install", (event) => {
    // Where the browser knows routes, this script runs only when the exam's page itself is asked for.
    if (ARE_FINAL) {
        event.addRoutes?.([
            { condition: { urlPattern: "/v1/*" }, source: "network" },
            { condition: { urlPattern: "/assets/*" }, source: { cacheName: CACHE } },
        ])?.catch?.(() => undefined);
    }
    event.waitUntil(fill());
});

async function fill() {
    const cache = await caches.open(CACHE);
    await cache.addAll([...FILES, SHELL]);
    await self.skipWaiting();
}

self.addEventListener("activate", (event) => event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name);
    await self.clients.claim();
})()));

const kept = async (path) => (await caches.open(CACHE)).match(path, { ignoreVary: true });

async function file(request, path) {
    if (ARE_FINAL) return (await kept(path)) ?? fetch(request);
    return fetch(request).catch(async (error) => { const found = await kept(path); if (found) return found; throw error; });
}

/** The page from the server; the kept shell where it does not come in time. */
async function page(request) {
    let timer;
    const late = new Promise((done) => { timer = setTimeout(() => done(null), PATIENCE); });
    const answer = fetch(request).catch(() => null);
    const first = await Promise.race([answer, late]);
    clearTimeout(timer);
    return first ?? (await kept(SHELL)) ?? (await answer) ?? Response.error();
}

self.addEventListener("fetch", (event) => {
    const { request } = event;
    const { origin, pathname } = new URL(request.url);
    if (request.method !== "GET" || origin !== self.location.origin) return;
    if (FILES.includes(pathname)) event.respondWith(file(request, pathname));
    else if (request.mode === "navigate" && /^\/attempt\/[^/]+$/.test(pathname)) event.respondWith(page(request));
});
