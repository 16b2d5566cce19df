// Keeps the page and its files, so that it opens without network. What people write is never here: that is in IndexedDB.
const shell = "shell";

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin || /^\/(api|files|hub|health|alive|openapi)(\/|$)/.test(pathname)) {
    return;
  }
  if (request.mode === "navigate") {
    event.respondWith(page(request));
  } else if (pathname.startsWith("/assets/")) {
    event.respondWith(asset(request));
  } else {
    event.respondWith(fetch(request).then((answer) => keep(request, answer)).catch(() => kept(request)));
  }
});

// The page as it is now, and without network as it was; every address is the same page.
const page = async (request) => {
  try {
    return await keep("/", await fetch(request));
  } catch {
    return (await caches.match("/")) ?? Response.error();
  }
};

// Its name has a hash of what is in it: it never changes.
const asset = async (request) => (await caches.match(request)) ?? keep(request, await fetch(request));

const kept = async (request) => (await caches.match(request)) ?? Response.error();

const keep = async (key, answer) => {
  if (answer.ok && answer.type === "basic") {
    const cache = await caches.open(shell);
    await cache.put(key, answer.clone());
    if (key === "/") {
      await forgetOld(cache, await answer.clone().text());
    }
  }
  return answer;
};

// Files that this version of the page does not begin with are of another version, or are loaded again when they are used.
const forgetOld = async (cache, html) => {
  const begin = /\/assets\/index-[\w-]+\.js/.exec(html)?.[0];
  const held = await cache.keys();
  const isNew = begin !== undefined && !held.some((request) => new URL(request.url).pathname === begin);
  if (isNew) {
    await Promise.all(held.filter((request) => new URL(request.url).pathname.startsWith("/assets/")).map((request) => cache.delete(request)));
  }
};
