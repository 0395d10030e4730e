// Reads {credentials, documents, lists} from standard input. Writes what
// @digitalbazaar/vc-bitstring-status-list says of each credential, the signatures of the lists checked
// too, and which bits of each of `lists` are set. Contexts come from a folder, all else from `documents`.
import {readFileSync} from 'node:fs';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite as rdfc} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {createVerifyCryptosuite as jcs} from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import {checkStatus, decodeList} from '@digitalbazaar/vc-bitstring-status-list';

const contexts = new Map(
  Object.entries(JSON.parse(process.argv[2])).map(
    ([url, file]) => [url, JSON.parse(readFileSync(file, 'utf8'))]));
const {credentials, documents, lists} = JSON.parse(readFileSync(0, 'utf8'));
const suite = [
  new DataIntegrityProof({cryptosuite: rdfc}),
  new DataIntegrityProof({cryptosuite: jcs()}),
];

const statuses = [];
for(const credential of credentials) {
  const {verified, results, error} = await checkStatus({credential, suite, documentLoader});
  statuses.push(verified ? results.map(one => one.status) : reason(error));
}
console.log(JSON.stringify({statuses, bits: await Promise.all(lists.map(bitsOf))}));

async function documentLoader(url) {
  const [base, fragment] = url.split('#');
  const document = contexts.get(url) ?? documents[url] ?? keyOf(documents[base], url, fragment);
  if(document === undefined) {
    throw new Error(`unknown: ${url}`);
  }
  return {contextUrl: null, documentUrl: url, document};
}

function keyOf(document, url, fragment) {
  const key = fragment && document?.verificationMethod.find(one => one.id === url);
  return key && {'@context': 'https://w3id.org/security/multikey/v1', ...key};
}

async function bitsOf(encodedList) {
  const list = await decodeList({encodedList});
  const set = [...Array(list.length).keys()].filter(index => list.getStatus(index));
  return {length: list.length, set};
}

function reason(error) {
  return [error, error.cause, ...(error.cause?.errors ?? [])].filter(Boolean).map(String).join('; ');
}
