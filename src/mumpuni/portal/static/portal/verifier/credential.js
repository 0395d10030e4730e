// A verifiable credential as JSON: what it says, and the proof that needs no JSON-LD to be checked.

import { Unknown, Wrong } from "./answers.js";
import { fromMultibase, joined, sha256, utf8 } from "./bytes.js";
import { canonical } from "./jcs.js";

const SUITE = "eddsa-jcs-2022";

/** Return what is signed and claimed by whom, in the form that all ways of writing it share. */
export async function claimOf(document) {
  return {
    ...contentOf(document),
    ...(await signedPart(document)),
    // the published file is the canonical form, whatever became of it on its way
    digest: await sha256(utf8(canonical(document))),
    publicId: String(document.id).split("/").at(-1),
  };
}

/** Return what a credential says, however it is signed. */
export function contentOf(document) {
  const { credentialSubject: subject } = document;
  return {
    issuer: issuerOf(document),
    facts: {
      holder: holderOf(subject),
      scheme: subject.achievement.name,
      number: subject.licenseNumber,
      issuer: document.issuer.name,
      units: [subject.achievement.alignment ?? []].flat().map(unitOf),
    },
    validFrom: dateOf(document.validFrom),
    validUntil: dateOf(document.validUntil),
    statuses: [document.credentialStatus ?? []].flat().map(statusOf),
  };
}

/** Return issuer, key, signature and signed message of any document with a proof. */
export async function signedPart(document) {
  const { proof, ...unsecured } = document;
  const found = [proof ?? []].flat().find((one) => one.cryptosuite === SUITE);
  if (!found) throw new Unknown("proof-missing");
  const { proofValue, ...options } = found;
  requireForm(options, document);
  const hashes = [options, unsecured].map((part) => sha256(utf8(canonical(part))));
  return {
    issuer: issuerOf(document),
    algorithm: "Ed25519",
    method: options.verificationMethod,
    signature: fromMultibase(proofValue),
    message: joined(...(await Promise.all(hashes))),
  };
}

function requireForm(options, document) {
  const isRight =
    options.type === "DataIntegrityProof" &&
    options.proofPurpose === "assertionMethod" &&
    typeof options.verificationMethod === "string" &&
    canonical(options["@context"] ?? null) === canonical(document["@context"] ?? null);
  if (!isRight) throw new Wrong("proof-malformed");
}

const issuerOf = (document) => document.issuer.id ?? document.issuer;

const holderOf = (subject) =>
  [subject.identifier ?? []].flat().find((one) => one.identityType === "name")?.identityHash;

const unitOf = (alignment) => `${alignment.targetCode} ${alignment.targetName}`;

export function dateOf(text) {
  if (text === undefined) return null;
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw new Wrong("malformed");
  return date;
}

function statusOf(entry) {
  return {
    purpose: entry.statusPurpose,
    list: String(entry.statusListCredential),
    index: Number(entry.statusListIndex),
    size: Number(entry.statusSize ?? 1),
    messages: [entry.statusMessage ?? []].flat(),
  };
}
