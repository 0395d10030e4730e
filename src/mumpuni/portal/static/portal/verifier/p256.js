// ECDSA on P-256 with SHA-256, which JOSE calls ES256, by the browser's own cryptography.

import { Wrong } from "./answers.js";

const CURVE = { name: "ECDSA", namedCurve: "P-256" };

export async function verifies(jwk, signature, message) {
  return crypto.subtle.verify({ ...CURVE, hash: "SHA-256" }, await imported(jwk), signature, message);
}

async function imported(jwk) {
  try {
    return await crypto.subtle.importKey("jwk", jwk, CURVE, false, ["verify"]);
  } catch {
    throw new Wrong("key-malformed");
  }
}
