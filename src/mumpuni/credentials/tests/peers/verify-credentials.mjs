// Reads [{document, publicKeyMultibase}, ...] from standard input and writes, for each document,
// whether @digitalbazaar/vc accepts every proof of it, and else why not. Contexts come from a folder.
import {readFileSync} from 'node:fs';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite as rdfc} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {createVerifyCryptosuite as jcs} from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';

const contexts = new Map(
  Object.entries(JSON.parse(process.argv[2])).map(
    ([url, file]) => [url, JSON.parse(readFileSync(file, 'utf8'))]));

const results = [];
for(const {document, method, now} of JSON.parse(readFileSync(0, 'utf8'))) {
  results.push(await verify(document, method, now));
}
console.log(JSON.stringify(results));

async function verify(text, method, now) {
  try {
    const credential = JSON.parse(text);
    const proofs = [credential.proof].flat();
    const result = await vc.verifyCredential({
      credential,
      suite: [
        new DataIntegrityProof({cryptosuite: rdfc}),
        new DataIntegrityProof({cryptosuite: jcs()}),
      ],
      documentLoader: loader(method),
      checkStatus: async () => ({verified: true}), // another script reads status lists
      now: new Date(now),
    });
    const verified = result.verified && result.results.length === proofs.length &&
      result.results.every(one => one.verified);
    return {verified, error: verified ? null : reason(result)};
  } catch(error) {
    return {verified: false, error: String(error)};
  }
}

function loader({id, controller, publicKeyMultibase}) {
  const key = {
    '@context': 'https://w3id.org/security/multikey/v1',
    id, type: 'Multikey', controller, publicKeyMultibase,
  };
  const documents = new Map([
    [id, key],
    [controller, {
      '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
      id: controller,
      verificationMethod: [key],
      assertionMethod: [id],
    }],
  ]);
  return async url => {
    const document = contexts.get(url) ?? documents.get(url);
    if(document === undefined) {
      throw new Error(`unknown: ${url}`);
    }
    return {contextUrl: null, documentUrl: url, document};
  };
}

function reason(result) {
  const errors = [result.error, ...(result.results ?? []).map(one => one.error)];
  return errors.filter(Boolean).flatMap(one => [one, ...(one.errors ?? [])]).map(String).join('; ');
}
