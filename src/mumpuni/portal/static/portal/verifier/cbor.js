// The part of CBOR (RFC 8949) that our records are written in: no fractions, no endless items.

import { Wrong } from "./answers.js";

const DEEPEST = 8;

/** Read one item that fills the bytes; maps become `Map`, byte strings `Uint8Array`. */
export function fromCbor(data) {
  const reader = { data, place: 0 };
  const value = item(reader, 0);
  if (reader.place !== data.length) throw new Wrong("malformed");
  return value;
}

function item(reader, depth) {
  if (depth > DEEPEST) throw new Wrong("malformed");
  const [first] = taken(reader, 1);
  const count = argument(reader, first & 31);
  const inner = () => item(reader, depth + 1);
  switch (first >> 5) {
    case 0: return count;
    case 1: return -1 - count;
    case 2: return taken(reader, count);
    case 3: return text(taken(reader, count));
    case 4: return repeated(count, inner);
    case 5: return new Map(repeated(count, () => [inner(), inner()]));
    case 6: return inner(); // what a tag says is known from its place
    default: throw new Wrong("malformed");
  }
}

function argument(reader, short) {
  if (short < 24) return short;
  if (short > 27) throw new Wrong("malformed");
  const bytes = taken(reader, 2 ** (short - 24));
  const number = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
  if (!Number.isSafeInteger(number)) throw new Wrong("malformed");
  return number;
}

function taken(reader, count) {
  const part = reader.data.slice(reader.place, reader.place + count);
  if (part.length !== count) throw new Wrong("malformed");
  reader.place += count;
  return part;
}

function repeated(count, inner) {
  const items = [];
  while (items.length < count) items.push(inner()); // ends early: a reader that runs dry throws
  return items;
}

function text(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Wrong("malformed");
  }
}
