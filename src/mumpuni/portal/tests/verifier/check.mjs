// Ask the browser's verifier: one JSON question per line in, one JSON answer per line out.

import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

import { sorted, textsIn } from "../../static/portal/verifier/reading.js";
import { verify } from "../../static/portal/verifier/verify.js";

async function answer({ text, file, bundle, proof, now }) {
  const brought = file ? sorted(await textsIn(readFileSync(file))) : { text, proof };
  return verify(brought.text, { proof: brought.proof, bundle, now: new Date(now) });
}

for await (const line of createInterface({ input: process.stdin })) {
  try {
    console.log(JSON.stringify(await answer(JSON.parse(line))));
  } catch (error) {
    if (!error.reason) throw error;
    console.log(JSON.stringify({ verdict: "unreadable", reason: error.reason }));
  }
}
