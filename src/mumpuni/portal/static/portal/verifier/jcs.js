// Canonical JSON (RFC 8785), which is what JavaScript writes anyway once keys are in order.

import { Wrong } from "./answers.js";

const DEEPEST = 60;

export function canonical(value, depth = 0) {
  if (depth > DEEPEST) throw new Wrong("malformed");
  if (typeof value === "string") return text(value);
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item, depth + 1)).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = Object.keys(value)
    .sort() // by UTF-16 code units, as the RFC asks
    .map((key) => `${text(key)}:${canonical(value[key], depth + 1)}`);
  return `{${members.join(",")}}`;
}

// half a surrogate pair is no text, and would be written differently elsewhere
function text(value) {
  if (/\p{Surrogate}/u.test(value)) throw new Wrong("malformed");
  return JSON.stringify(value);
}
