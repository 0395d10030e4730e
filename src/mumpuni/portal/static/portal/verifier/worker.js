// Keeps the page and its files on the device. VERSION, PAGE and FILES come before this, from the view.

const PREFIX = "mumpuni-offline-page-";
const NAME = PREFIX + VERSION;
const PATIENCE = 4000; // milliseconds to wait for a network that is there and does not answer

self.addEventListener("install", (event) => event.waitUntil(keepAll()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname } = new URL(request.url);
  if (pathname === PAGE && request.mode === "navigate") event.respondWith(page(request));
  else if (FILES.includes(pathname)) event.respondWith(file(request));
});

async function keepAll() {
  const cache = await caches.open(NAME);
  await cache.addAll([PAGE, ...FILES].map((path) => new Request(path, { cache: "reload" })));
  await self.skipWaiting();
}

async function takeOver() {
  const old = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== NAME);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** Prefer the network for the page, which is in the reader's language of today. */
async function page(request) {
  const cache = await caches.open(NAME);
  try {
    const response = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
    if (!response.ok) throw new TypeError(`answered ${response.status}`);
    await cache.put(PAGE, response.clone());
    return response;
  } catch (error) {
    const kept = await cache.match(PAGE);
    if (!kept) throw error;
    return kept;
  }
}

async function file(request) {
  const kept = await (await caches.open(NAME)).match(request);
  return kept ?? fetch(request);
}
