// A credential as `vc+jwt` in ES256 (VC-JOSE-COSE): the credential is the payload.

import { Wrong } from "./answers.js";
import { fromBase64Url, utf8 } from "./bytes.js";
import { contentOf } from "./credential.js";

const COMPACT = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)$/;

export const isToken = (text) => COMPACT.test(text.trim());

/** Return what the token says, in the form that all ways of writing a certificate share. */
export function fromToken(text) {
  const [, header, payload, signature] = COMPACT.exec(text.trim());
  const { alg, typ, crit, kid } = jsonIn(header);
  // one algorithm and one type only: what is to be negotiated can be forged
  if (alg !== "ES256" || typ !== "vc+jwt" || crit !== undefined) throw new Wrong("malformed");
  const document = jsonIn(payload);
  // claims of the older format: some would take their content for the credential
  if ("vc" in document || "vp" in document) throw new Wrong("malformed");
  return {
    ...contentOf(document),
    algorithm: "ES256",
    method: String(kid),
    signature: fromBase64Url(signature),
    message: utf8(`${header}.${payload}`),
  };
}

function jsonIn(part) {
  try {
    return JSON.parse(new TextDecoder().decode(fromBase64Url(part)));
  } catch {
    throw new Wrong("unreadable");
  }
}
