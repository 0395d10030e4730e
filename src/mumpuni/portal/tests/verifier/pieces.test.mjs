// The pieces of the browser's verifier, held against the examples of their standards.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { fromBase64, fromMultibase, toHex } from "../../static/portal/verifier/bytes.js";
import { fromCbor } from "../../static/portal/verifier/cbor.js";
import { fromBase45 } from "../../static/portal/verifier/compact.js";
import { fromMultikey, verifies } from "../../static/portal/verifier/ed25519.js";
import { signedPart } from "../../static/portal/verifier/credential.js";
import { canonical } from "../../static/portal/verifier/jcs.js";
import { valueAt } from "../../static/portal/verifier/status.js";

const fromHex = (text) => Uint8Array.from(Buffer.from(text, "hex"));
const read = (data) => new TextDecoder().decode(data);

test("canonical JSON is that of RFC 8785", () => {
  const numbers = { numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 1e-27] };
  const literals = { string: "€$\u000f\nA'B\"\\\\\"/", literals: [null, true, false] };
  assert.equal(
    canonical({ ...literals, ...numbers }),
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
      '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  );
});

test("canonical JSON sorts keys by UTF-16", () => {
  const keys = { "€": 1, "\r": 2, "\ufb33": 3, "1": 4, "😀": 5, "\u0080": 6, "ö": 7 };
  const sorted = [...canonical(keys).matchAll(/:(\d)/g)].map((found) => found[1]).join("");
  assert.equal(sorted, "2467153");
});

test("half a character cannot be signed", () => {
  assert.throws(() => canonical({ name: "\ud83d" }), { reason: "malformed" });
  assert.throws(() => canonical({ "\udc00": 1 }), { reason: "malformed" });
});

test("base58 keeps leading zeros", () => {
  assert.equal(read(fromMultibase("z2NEpo7TZRRrLZSi2U")), "Hello World!");
  assert.equal(toHex(fromMultibase("z11233QC4")), "0000287fb4cd");
  assert.throws(() => fromMultibase("z0OIl"), { reason: "malformed" });
  assert.throws(() => fromMultibase(`z${"1".repeat(1000)}`), { reason: "malformed" });
});

test("base64 has one spelling", () => {
  assert.equal(read(fromBase64("aGFsbw==")), "halo");
  for (const other of ["aGFsbw", "aGFsbx==", "aGFs bw==", "*"]) {
    assert.throws(() => fromBase64(other), { reason: "malformed" });
  }
});

test("base45 is that of RFC 9285", () => {
  assert.equal(read(fromBase45("BB8")), "AB");
  assert.equal(read(fromBase45("%69 VD92EX0")), "Hello!!");
  assert.equal(read(fromBase45("QED8WEX0")), "ietf!");
  for (const wrong of ["GGW", "::", "A", "ab8"]) {
    assert.throws(() => fromBase45(wrong), { reason: "malformed" });
  }
});

test("CBOR is that of RFC 8949", () => {
  assert.equal(fromCbor(fromHex("1a000f4240")), 1_000_000);
  assert.equal(fromCbor(fromHex("3903e7")), -1000);
  assert.equal(fromCbor(fromHex("62c3bc")), "ü");
  assert.deepEqual(fromCbor(fromHex("8301820203820405")), [1, [2, 3], [4, 5]]);
  assert.deepEqual(fromCbor(fromHex("a201020304")), new Map([[1, 2], [3, 4]]));
});

test("CBOR that lies about its length is refused", () => {
  for (const wrong of ["", "1a000f", "5bffffffffffffffff", "9a00ffffff", "0000", "f97e00", "61ff"]) {
    assert.throws(() => fromCbor(fromHex(wrong)), { reason: "malformed" }, wrong);
  }
  assert.throws(() => fromCbor(fromHex("81".repeat(100) + "00")), { reason: "malformed" });
});

test("Ed25519 is that of RFC 8032", async () => {
  const key = fromHex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  const signature = fromHex(
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da" +
      "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
  );
  assert.equal(await verifies(key, signature, fromHex("72")), true);
  assert.equal(await verifies(key, signature, fromHex("73")), false);
});

test("only an Ed25519 key is taken for one", () => {
  const key = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2";
  assert.equal(fromMultikey(key).length, 32);
  assert.throws(() => fromMultikey(key.slice(0, -2)), { reason: "key-malformed" });
});

test("a proof is the one of the W3C's own example", async () => {
  const vectors = new URL("../../../credentials/tests/vectors/eddsa-jcs-2022.json", import.meta.url);
  const vector = JSON.parse(readFileSync(vectors));
  const proof = {
    type: "DataIntegrityProof",
    cryptosuite: "eddsa-jcs-2022",
    created: vector.created,
    verificationMethod: vector.verificationMethod,
    proofPurpose: "assertionMethod",
    "@context": vector.credential["@context"],
    proofValue: vector.proofValue,
  };

  const signed = await signedPart({ ...vector.credential, proof });

  assert.equal(toHex(signed.message), vector.configurationHash + vector.documentHash);
  const key = fromMultikey(vector.publicKeyMultibase);
  assert.equal(await verifies(key, signed.signature, signed.message), true);
});

test("a status list that never ends is refused", async () => {
  const zeros = new Blob([new Uint8Array(2 ** 24)]).stream();
  const packed = zeros.pipeThrough(new CompressionStream("gzip"));
  const bomb = Buffer.from(await new Response(packed).arrayBuffer()).toString("base64url");
  await assert.rejects(valueAt({ encodedList: `u${bomb}` }, 0), { reason: "malformed" });
});
