// Ask the browser's verifier: one JSON question per line in, one JSON answer per line out.

import { createInterface } from "node:readline";

import { verify } from "../../static/portal/verifier/verify.js";

for await (const line of createInterface({ input: process.stdin })) {
  const { text, bundle, proof, now } = JSON.parse(line);
  try {
    console.log(JSON.stringify(await verify(text, { bundle, proof, now: new Date(now) })));
  } catch (error) {
    if (!error.reason) throw error;
    console.log(JSON.stringify({ verdict: "unreadable", reason: error.reason }));
  }
}
