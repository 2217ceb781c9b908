// Lets the browser keep the exam's page, so that it opens while the connection is away (service-worker.js).
const policy = window.trustedTypes?.createPolicy("service-worker", { createScriptURL: () => "/service-worker.js" });

/** Registers the service worker; a browser without one only needs a connection to load the page again. */
export function keepPage() {
    navigator.serviceWorker?.register(policy ? policy.createScriptURL("") : "/service-worker.js", { updateViaCache: "none" }).catch(() => undefined);
}
