// Bytes and the few ways in which standards write them.

import { Wrong } from "./answers.js";

const BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const LONGEST_BASE58 = 200; // decoding is quadratic; no key or signature comes near this

export const utf8 = (text) => new TextEncoder().encode(text);

export const sha256 = async (data) => new Uint8Array(await crypto.subtle.digest("SHA-256", data));

export function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let place = 0;
  for (const part of parts) {
    whole.set(part, place);
    place += part.length;
  }
  return whole;
}

export const equal = (one, other) =>
  one.length === other.length && one.every((byte, place) => byte === other[place]);

export const toHex = (data) => [...data].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export const toBase64 = (data) => btoa(String.fromCharCode(...data));

/** Read standard base64, only in its one canonical spelling. */
export function fromBase64(text) {
  try {
    const data = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    if (toBase64(data) === text) return data;
  } catch {
    // not base64 at all: refused below
  }
  throw new Wrong("malformed");
}

/** Read multibase: base58btc behind `z`, base64url behind `u`. */
export function fromMultibase(text) {
  if (typeof text !== "string") throw new Wrong("malformed");
  if (text.startsWith("z")) return fromBase58(text.slice(1));
  if (text.startsWith("u")) return fromBase64Url(text.slice(1));
  throw new Wrong("malformed");
}

export function fromBase64Url(text) {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) throw new Wrong("malformed");
  try {
    const standard = text.replaceAll("-", "+").replaceAll("_", "/");
    return Uint8Array.from(atob(standard), (letter) => letter.charCodeAt(0));
  } catch {
    throw new Wrong("malformed");
  }
}

function fromBase58(text) {
  if (text.length > LONGEST_BASE58) throw new Wrong("malformed");
  let number = 0n;
  for (const letter of text) {
    const digit = BASE58.indexOf(letter);
    if (digit < 0) throw new Wrong("malformed");
    number = number * 58n + BigInt(digit);
  }
  const zeros = text.length - text.replace(/^1+/, "").length;
  const data = [];
  for (; number; number >>= 8n) data.unshift(Number(number & 255n));
  return Uint8Array.from([...Array(zeros).fill(0), ...data]);
}
