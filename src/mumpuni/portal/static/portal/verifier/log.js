// The public log: C2SP tlog-proof, signed notes and checkpoints, over a Merkle tree of RFC 9162.

import { Wrong } from "./answers.js";
import { equal, fromBase64, joined, sha256, toHex, utf8 } from "./bytes.js";
import { verifies } from "./ed25519.js";

const HEADER = "c2sp.org/tlog-proof@v1";
const DOMAIN = "mumpuni/v1 commitment\n";
const LINE = /^mumpuni\/v1 ([a-z]+) (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ) (\S+)\n$/;
const SIGNATURE = /^— ([^\s+]+) (\S+)$/;
const NUMBER = /^(0|[1-9]\d{0,18})$/;
const HASH_BYTES = 32;
const LOG_KEY = 1;
const WITNESS_KEY = 4;
const TIME_BYTES = 8;
const SIGNATURE_BYTES = 64;

/** Return what the log writes instead of a certificate, which only its holder can make again. */
export async function commitment(action, secret, digest) {
  const parts = [utf8(action), utf8(secret), digest];
  return sha256(joined(utf8(DOMAIN), ...parts.flatMap((part) => [lengthOf(part), part])));
}

function lengthOf(part) {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, part.length);
  return length;
}

/**
 * Hold that the log contains the entry that a proof names; return entry, index, size and witnesses.
 * What the entry is of is still to be compared with a commitment.
 */
export async function proven(text, logKeys, witnessKeys = []) {
  const proof = parsedProof(text);
  const note = parsedNote(proof.note);
  const log = await signerOf(note, logKeys);
  const checkpoint = parsedCheckpoint(note.text);
  if (checkpoint.origin !== log.name || !(await includes(proof, checkpoint))) {
    throw new Wrong("log-not-included");
  }
  return {
    entry: parsedEntry(proof.line),
    index: proof.index,
    size: checkpoint.size,
    witnesses: await witnessesOf(note, witnessKeys),
  };
}

function parsedProof(text) {
  const blank = text.indexOf("\n\n");
  const [header, extra, index, ...way] = text.slice(0, blank).split("\n");
  if (blank < 0 || header !== HEADER) throw new Wrong("log-proof-malformed");
  return {
    line: fromBase64(after("extra ", extra)),
    index: number(after("index ", index)),
    way: way.map(hash),
    note: text.slice(blank + 2),
  };
}

function parsedEntry(data) {
  const line = new TextDecoder().decode(data);
  const found = LINE.exec(line);
  if (!found) throw new Wrong("log-proof-malformed");
  return { action: found[1], at: new Date(found[2]), commitment: hash(found[3]) };
}

function parsedNote(note) {
  const end = note.lastIndexOf("\n\n");
  const lines = note.slice(end + 2).split("\n");
  if (end < 0 || lines.pop() !== "") throw new Wrong("log-proof-malformed");
  return { text: note.slice(0, end + 1), signatures: lines.map(parsedSignature) };
}

function parsedSignature(line) {
  const found = SIGNATURE.exec(line);
  if (!found) throw new Wrong("log-proof-malformed");
  const data = fromBase64(found[2]);
  return { name: found[1], id: toHex(data.slice(0, 4)), data: data.slice(4) };
}

function parsedCheckpoint(text) {
  const [origin, size, root, end, ...more] = text.split("\n");
  if (!origin || end !== "" || more.length) throw new Wrong("log-proof-malformed");
  return { origin, size: number(size), root: hash(root) };
}

/** Read a key as its holder hands it out: name+id+key; the id must be that of the key. */
async function parsedKey(text, kind) {
  const [name, id, ...rest] = text.split("+");
  const material = fromBase64(rest.join("+"));
  const told = toHex((await sha256(joined(utf8(`${name}\n`), material))).slice(0, 4));
  if (told !== id || material.length !== 1 + HASH_BYTES || material[0] !== kind) {
    throw new Wrong("key-malformed");
  }
  return { name, id, publicKey: material.slice(1) };
}

const signaturesBy = (key, note) =>
  note.signatures.filter((one) => one.name === key.name && one.id === key.id);

/** Return the first of a log's keys that signed a note; one key follows another. */
async function signerOf(note, keys) {
  for (const text of keys) {
    const key = await parsedKey(text, LOG_KEY);
    if (await isSigned(note, key)) return key;
  }
  throw new Wrong("log-unsigned");
}

async function isSigned(note, key) {
  const found = signaturesBy(key, note);
  for (const { data } of found) {
    if (!(await verifies(key.publicKey, data, utf8(note.text)))) return false;
  }
  return found.length > 0;
}

async function witnessesOf(note, keys) {
  const seen = [];
  for (const text of keys) {
    const key = await parsedKey(text, WITNESS_KEY);
    for (const { data } of signaturesBy(key, note)) {
      if (await isCosigned(note, key, data)) seen.push(key.name);
    }
  }
  return seen;
}

/** Tell whether a witness signed the note and the time at which it saw it, which come in one. */
async function isCosigned(note, key, data) {
  if (data.length !== TIME_BYTES + SIGNATURE_BYTES) return false;
  const at = new DataView(data.buffer).getBigUint64(0);
  const message = utf8(`cosignature/v1\ntime ${at}\n${note.text}`);
  return verifies(key.publicKey, data.slice(TIME_BYTES), message);
}

/** Tell whether the way leads from the entry to the root (RFC 9162, 2.1.3.2). */
async function includes({ line, index, way }, { size, root }) {
  if (index >= size) return false;
  let [place, last] = [index, size - 1n];
  let hashed = await sha256(joined([0], line));
  for (const sibling of way) {
    if (!last) return false;
    if (place & 1n || place === last) {
      hashed = await sha256(joined([1], sibling, hashed));
      while (!(place & 1n) && place) [place, last] = [place >> 1n, last >> 1n];
    } else {
      hashed = await sha256(joined([1], hashed, sibling));
    }
    [place, last] = [place >> 1n, last >> 1n];
  }
  return !last && equal(hashed, root);
}

function hash(text) {
  const data = fromBase64(text);
  if (data.length !== HASH_BYTES) throw new Wrong("log-proof-malformed");
  return data;
}

function number(text) {
  if (!NUMBER.test(text)) throw new Wrong("log-proof-malformed");
  return BigInt(text);
}

function after(word, line) {
  if (!line?.startsWith(word)) throw new Wrong("log-proof-malformed");
  return line.slice(word.length);
}
