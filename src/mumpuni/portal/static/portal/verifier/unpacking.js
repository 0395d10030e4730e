// Compressed bytes from anybody: unpacked, but never to more than they can be good for.

import { Unknown, Wrong } from "./answers.js";

/** Unpack `gzip`, or `deflate` as zlib writes it. */
export async function unpacked(data, format, largest) {
  if (typeof DecompressionStream === "undefined") throw new Unknown("browser-too-old");
  const parts = [];
  let size = 0;
  try {
    for await (const part of chunksOf(data, format)) {
      size += part.length;
      if (size > largest) throw new Wrong("malformed");
      parts.push(part);
    }
  } catch {
    throw new Wrong("malformed");
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

async function* chunksOf(data, format) {
  const reader = new Blob([data]).stream().pipeThrough(new DecompressionStream(format)).getReader();
  for (let step = await reader.read(); !step.done; step = await reader.read()) yield step.value;
}
