// What somebody brought, as files or as text: which of it is the certificate, which the log's proof?

import { Wrong } from "./answers.js";
import { embeddedTexts, isPdf } from "./pdf.js";

const PROOF = "c2sp.org/tlog-proof@";
const ADDRESS = /^https?:\/\//i;
const LARGEST = 20_000_000; // bytes

/** Return the texts of a file: its own, or those that a PDF carries. */
export async function textsIn(bytes) {
  if (bytes.length > LARGEST) throw new Wrong("unreadable");
  if (!isPdf(bytes)) return [new TextDecoder().decode(bytes)];
  const texts = await embeddedTexts(bytes);
  if (!texts.length) throw new Wrong("pdf-empty");
  return texts;
}

/** Tell certificate and proof apart, in whatever order they came. */
export function sorted(texts) {
  const found = texts.map((text) => text.trim()).filter(Boolean);
  const text = found.find((one) => !one.startsWith(PROOF));
  if (!text) throw new Wrong("nothing");
  if (ADDRESS.test(text)) throw new Wrong("address");
  // a proof ends with a newline, which is part of it
  return { text, proof: texts.find((one) => one.startsWith(PROOF)) };
}
