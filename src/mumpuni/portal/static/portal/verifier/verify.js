// Everything that is checked of a certificate, each with its answer: yes, no, or could not check.

import { Unknown, Wrong } from "./answers.js";
import { equal } from "./bytes.js";
import { fromCompact, isCompact } from "./compact.js";
import { claimOf, dateOf, signedPart } from "./credential.js";
import { keyOf, requireSignature } from "./keys.js";
import { commitment, proven } from "./log.js";
import { valueAt } from "./status.js";
import { fromToken, isToken } from "./token.js";

const LONGEST = 500_000; // characters; a credential has about 5,000
const CLOCKS_DIFFER = 10 * 60 * 1000;

// what decides, in this order; a log that could not be asked does not
const DECISIVE = ["signature", "issuer", "status", "dates"];
const GENUINE_BUT = new Set([
  "revoked", "suspended", "superseded", "withdrawn", "error", "expired", "not-yet-valid",
]);

/**
 * Check a credential as a file or a token, or the text of its second QR code.
 *
 * `bundle` holds the keys and status lists that were last fetched, `proof` the text that shows the
 * credential to be in the log, where there is one; `now` is the time by this device's clock.
 */
export async function verify(text, { bundle, proof, now }) {
  const claim = await read(text);
  const evidence = { claim, bundle, proof, now };
  const signed = await answer("signature", () => signature(evidence));
  const log = await answer("log", () => inLog(evidence));
  const checks = [
    signed,
    await answer("issuer", () => issuer(evidence, signed, log)),
    await answer("status", () => meaningful(signed) && status(evidence)),
    await answer("dates", () => meaningful(signed) && dates(evidence)),
    log,
    await answer("witnesses", () => witnesses(evidence, log)),
  ];
  const { publicId, validFrom, validUntil } = claim;
  const facts = { ...claim.facts, validFrom, validUntil };
  return { verdict: verdictOf(checks), publicId, facts, checks };
}

async function read(text) {
  if (text.length > LONGEST) throw new Wrong("unreadable");
  try {
    if (isCompact(text)) return fromCompact(text);
    if (isToken(text)) return fromToken(text);
    return await claimOf(parsed(text));
  } catch (error) {
    // some part is not of the kind it should be, or nothing at all
    throw error instanceof TypeError ? new Wrong("unreadable") : error;
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Wrong("unreadable");
  }
}

async function answer(name, question) {
  try {
    return { name, state: "yes", ...(await question()) };
  } catch (error) {
    const { reason, details } = error;
    if (error instanceof Wrong) return { name, state: "no", reason, ...details };
    if (error instanceof Unknown) return { name, state: "unknown", reason, ...details };
    throw error;
  }
}

function verdictOf(checks) {
  const decisive = DECISIVE.map((name) => checks.find((check) => check.name === name));
  const failed = decisive.find((check) => check.state === "no");
  if (failed) return GENUINE_BUT.has(failed.reason) ? failed.reason : "not-genuine";
  const isCertain = decisive.every((check) => check.state === "yes");
  return isCertain && checks.every((check) => check.state !== "no") ? "valid" : "unknown";
}

function required(bundle) {
  if (!bundle) throw new Unknown("keys-missing");
  return bundle;
}

async function signature({ claim, bundle }) {
  await requireSignature(claim, required(bundle).did_documents);
  return { reason: "signature-holds" };
}

/** What somebody else wrote in the issuer's name says nothing about dates or status. */
function meaningful(signed) {
  if (signed.state === "no") throw new Unknown("signature-needed");
  return true;
}

/** A key that was stolen proves only what the log had told before. */
async function issuer({ claim, bundle }, signed, log) {
  const { revoked } = keyOf(claim, required(bundle).did_documents);
  meaningful(signed);
  const at = dateOf(bundle.generated_at);
  if (!revoked) return { reason: "issuer-known", at };
  if (log.state === "unknown") throw new Unknown("key-revoked-unproven", { at: revoked });
  if (log.state === "no" || log.at >= revoked) throw new Wrong("key-revoked", { at: revoked });
  return { reason: "key-revoked-later", at: revoked };
}

function dates({ claim: { validFrom, validUntil }, now }) {
  if (validFrom && now < validFrom) throw new Wrong("not-yet-valid", { at: validFrom });
  if (validUntil && now > validUntil) throw new Wrong("expired", { at: validUntil });
  return validUntil ? { reason: "dates-hold", at: validUntil } : { reason: "dates-open" };
}

/** Ask every list; what one of them shows outweighs what another could not say. */
async function status(evidence) {
  const { statuses } = evidence.claim;
  if (!statuses.length) throw new Unknown("status-none");
  const answers = [];
  for (const entry of statuses) {
    answers.push(await answer(entry.purpose, () => statusBy(entry, evidence)));
  }
  const { state, reason, at } = weightiest(answers);
  if (state === "no") throw new Wrong(reason, { at });
  if (state === "unknown") throw new Unknown(reason, { at });
  return { reason, at };
}

/** What was replaced counts as revoked too, for whoever looks no further: say why. */
const weightiest = (answers) =>
  answers.find((one) => one.reason === "superseded") ??
  answers.find((one) => one.state === "no") ??
  answers.find((one) => one.state === "unknown") ??
  oldest(answers);

const oldest = (answers) => answers.reduce((one, other) => (other.at < one.at ? other : one));

async function statusBy(entry, { claim, bundle, now }) {
  const list = listAt(entry.list, required(bundle).status_lists);
  if (!list) throw new Unknown("status-missing");
  await requireListOf(entry, list, claim, bundle);
  const at = dateOf(list.validFrom);
  const value = await valueAt(list.credentialSubject, entry.index, entry.size);
  // a suspension may have been lifted since; the rest is for ever
  if (value && entry.purpose !== "suspension") throw new Wrong(meaningOf(value, entry), { at });
  if (!(dateOf(list.validUntil) > now)) throw new Unknown("status-expired", { at });
  if (at - now > CLOCKS_DIFFER) throw new Unknown("clock-wrong", { at });
  if (value) throw new Wrong("suspended", { at });
  return { reason: "status-clear", at };
}

/** Find a list by its address, of which a paper has only the end. */
function listAt(address, lists) {
  const found = address.startsWith("/")
    ? Object.keys(lists).find((one) => one.endsWith(address))
    : address;
  return Object.hasOwn(lists, found) ? lists[found] : null;
}

async function requireListOf(entry, list, claim, { did_documents: documents }) {
  const signed = await signedPart(list);
  const isTheirs = signed.issuer === claim.issuer && String(list.id).endsWith(entry.list);
  if (!isTheirs || list.credentialSubject?.statusPurpose !== entry.purpose) throw new Unknown("status-of-another");
  const check = await answer("list", () => requireSignature(signed, documents));
  if (check.state === "unknown") throw new Unknown(check.reason);
  if (check.state === "no" || wasStolen(signed, list, documents)) {
    throw new Unknown("status-unsigned");
  }
}

function wasStolen(signed, list, documents) {
  const { revoked } = keyOf(signed, documents);
  return revoked !== null && dateOf(list.validFrom) >= revoked;
}

function meaningOf(value, { purpose, messages }) {
  if (purpose === "revocation") return "revoked";
  const told = messages.find((one) => Number(one?.status) === value)?.message;
  return GENUINE_BUT.has(told) ? told : "status-other";
}

async function inLog({ claim, bundle, proof }) {
  if (!claim.publicId) throw new Unknown("log-needs-file");
  const { entry, witnesses } = await shown(bundle, proof);
  const told = await commitment(entry.action, claim.publicId, claim.digest);
  if (entry.action !== "issue" || !equal(told, entry.commitment)) {
    throw new Unknown("log-proof-of-another");
  }
  return { reason: "log-included", at: entry.at, witnesses };
}

function witnesses({ bundle }, log) {
  if (!required(bundle).witness_keys.length) throw new Unknown("witnesses-none");
  if (log.state !== "yes") throw new Unknown(log.reason);
  if (!log.witnesses.length) throw new Unknown("witnesses-missing");
  return { reason: "log-witnessed", names: log.witnesses };
}

function shown(bundle, proof) {
  const { log_keys: log, witness_keys: keys } = required(bundle);
  if (!log?.length) throw new Unknown("log-unknown");
  if (!proof) throw new Unknown("log-proof-missing");
  return proven(proof, log, keys);
}
