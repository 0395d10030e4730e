// Whose key is it? Answered from the DID documents that were fetched while there was a network.

import { Unknown, Wrong } from "./answers.js";
import * as ed25519 from "./ed25519.js";
import * as p256 from "./p256.js";

/** Return the key with which an issuer may have signed, and since when it is not to be trusted. */
export function keyOf({ issuer, method }, documents) {
  if (method.split("#")[0] !== issuer) throw new Wrong("issuer-differs");
  const document = documents.find((one) => one.id === issuer);
  if (!document) throw missing(issuer, documents);
  const found = document.verificationMethod?.find((one) => one.id === method);
  // an issuer gets a key each year: ours may simply be older than that
  if (!found) throw new Unknown("key-missing");
  if (!document.assertionMethod?.includes(method)) throw new Wrong("key-not-for-credentials");
  return { found, revoked: found.revoked ? new Date(found.revoked) : null };
}

/** Hold that a claim was signed with the key it names. */
export async function requireSignature(claim, documents) {
  const { found } = keyOf(claim, documents);
  const { signature, message } = claim;
  const holds =
    claim.algorithm === "ES256"
      ? await p256.verifies(found.publicKeyJwk, signature, message)
      : await ed25519.verifies(ed25519.fromMultikey(found.publicKeyMultibase), signature, message);
  if (!holds) throw new Wrong("signature-wrong");
}

const hostOf = (did) => did.split(":").slice(0, 3).join(":");

function missing(issuer, documents) {
  const isOurs = documents.some((one) => hostOf(one.id) === hostOf(issuer));
  return isOurs ? new Unknown("issuer-missing") : new Wrong("issuer-foreign");
}
