// The second QR code of a paper: a signed record in base45 (RFC 9285), CBOR and COSE (RFC 9052).

import { Wrong } from "./answers.js";
import { joined, utf8 } from "./bytes.js";
import { fromCbor } from "./cbor.js";

const PREFIX = "MUM1:";
const BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const LONGEST = 4_296; // letters that fit into the largest QR code
const ALGORITHM = 1;
const EDDSA = -8;
const KEY_ID = 4;
const DAY = 24 * 3600 * 1000;
const JAKARTA = 7 * 3600 * 1000; // the days on a paper are days there
const MESSAGES = ["superseded", "withdrawn", "error"].map((message, place) => ({
  status: place + 1,
  message,
}));

export const isCompact = (text) => text.startsWith(PREFIX);

/** Return what the code says, in the form that all ways of writing a certificate share. */
export function fromCompact(text) {
  if (text.length > LONGEST) throw new Wrong("malformed");
  const [header, , payload, signature] = fromCbor(fromBase45(text.trim().slice(PREFIX.length)));
  const method = keyIdOf(fromCbor(header));
  const told = fromCbor(payload);
  const [number, holder, scheme, issued, until, list, index, digest] = numbered(told, 8);
  const [issuer] = method.split("#");
  return {
    issuer,
    algorithm: "Ed25519",
    method,
    signature,
    message: toBeSigned(header, payload),
    facts: { holder, scheme, number, issuer },
    validFrom: new Date(issued * DAY - JAKARTA),
    validUntil: new Date((until + 1) * DAY - JAKARTA - 1),
    statuses: statusesIn(list, index),
    digest,
  };
}

function keyIdOf(header) {
  const keyId = header.get(KEY_ID);
  if (header.get(ALGORITHM) !== EDDSA || !keyId) throw new Wrong("malformed");
  return new TextDecoder().decode(keyId);
}

function numbered(told, count) {
  const values = Array.from({ length: count }, (_, place) => told.get(place + 1));
  if (values.includes(undefined)) throw new Wrong("malformed");
  return values;
}

/** Name the three lists by the end of their addresses, which is all that fits on a paper. */
function statusesIn(list, index) {
  const at = (purpose) => ({ purpose, list: `/status/${list}/${purpose}`, index, size: 1 });
  const messages = { ...at("message"), size: 2, messages: MESSAGES };
  return [at("revocation"), at("suspension"), messages];
}

const toBeSigned = (header, payload) =>
  joined([0x84], [0x60 + 10], utf8("Signature1"), bytes(header), bytes([]), bytes(payload));

function bytes(data) {
  if (data.length < 24) return joined([0x40 + data.length], data);
  if (data.length < 256) return joined([0x58, data.length], data);
  return joined([0x59, data.length >> 8, data.length & 255], data);
}

export function fromBase45(text) {
  const data = [];
  for (let place = 0; place < text.length; place += 3) {
    data.push(...group(text.slice(place, place + 3)));
  }
  return Uint8Array.from(data);
}

/** Three letters are two bytes, two letters at the end are one. */
function group(letters) {
  const digits = [...letters].map((letter) => BASE45.indexOf(letter));
  if (digits.length < 2 || digits.includes(-1)) throw new Wrong("malformed");
  const number = digits.reduceRight((sum, digit) => sum * 45 + digit, 0);
  if (number >= (digits.length === 3 ? 65536 : 256)) throw new Wrong("malformed");
  return digits.length === 3 ? [number >> 8, number & 255] : [number];
}
