// Ed25519 by the browser's own cryptography.

import { Unknown, Wrong } from "./answers.js";
import { fromMultibase } from "./bytes.js";

const PUBLIC = [0xed, 0x01]; // the multicodec prefix of an Ed25519 public key
const KEY_BYTES = 32;

/** Return the key that a `publicKeyMultibase` spells. */
export function fromMultikey(text) {
  const data = fromMultibase(text);
  if (data.length !== KEY_BYTES + 2 || data[0] !== PUBLIC[0] || data[1] !== PUBLIC[1]) {
    throw new Wrong("key-malformed");
  }
  return data.slice(2);
}

export async function verifies(publicKey, signature, message) {
  const key = await imported(publicKey);
  return crypto.subtle.verify("Ed25519", key, signature, message);
}

async function imported(publicKey) {
  try {
    return await crypto.subtle.importKey("raw", publicKey, "Ed25519", false, ["verify"]);
  } catch (error) {
    if (error.name === "NotSupportedError") throw new Unknown("browser-too-old");
    throw new Wrong("key-malformed");
  }
}
