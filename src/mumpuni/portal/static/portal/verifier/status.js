// Bitstring Status List 1.0: one long string of bits, in which each credential knows its place.

import { Wrong } from "./answers.js";
import { fromMultibase } from "./bytes.js";
import { unpacked } from "./unpacking.js";

const LARGEST = 1_048_576; // bytes; the largest list we sign has 32 kB, a hostile one may never end

/** Return the number at a place of a list; most lists have one bit for each. */
export async function valueAt(list, index, size = 1) {
  const bits = await unpacked(fromMultibase(list.encodedList), "gzip", LARGEST);
  const first = index * size;
  if (!Number.isSafeInteger(first) || first < 0 || first + size > bits.length * 8) {
    throw new Wrong("status-place-unknown");
  }
  let value = 0;
  for (let place = first; place < first + size; place++) value = value * 2 + bitAt(bits, place);
  return value;
}

// the first bit is the leftmost one of the first byte
const bitAt = (bits, place) => (bits[place >> 3] >> (7 - (place & 7))) & 1;
