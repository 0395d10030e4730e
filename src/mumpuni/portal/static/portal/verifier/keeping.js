// Keys and status lists, kept on the device between visits.

const CACHE = "mumpuni-offline-evidence";

export async function keptBundle(address) {
  const response = await (await caches.open(CACHE)).match(address);
  return response ? response.json() : null;
}

/** Fetch anew and keep; what was kept before stays if that fails. */
export async function freshBundle(address) {
  const response = await fetch(address, { cache: "no-cache" });
  if (!response.ok) throw new TypeError(`answered ${response.status}`);
  await (await caches.open(CACHE)).put(address, response.clone());
  return response.json();
}

/** Return the proof that our site publishes beside a certificate, or null without a network. */
export async function publishedProof(publicId) {
  if (!navigator.onLine) return null;
  try {
    const response = await fetch(`/c/${encodeURIComponent(publicId)}.tlog-proof`);
    return response.ok ? response.text() : null;
  } catch {
    return null;
  }
}
