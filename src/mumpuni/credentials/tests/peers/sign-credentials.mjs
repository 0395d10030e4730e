// Reads {credential, key, date, rounds} from standard input; issues the credential with each
// cryptosuite as often as asked. Writes the last of each, and how many were issued in a second of
// processor time. Contexts come from files.
import {readFileSync} from 'node:fs';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import {cryptosuite as rdfc} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {createSignCryptosuite as jcs} from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';

const contexts = new Map(
  Object.entries(JSON.parse(process.argv[2])).map(
    ([url, file]) => [url, JSON.parse(readFileSync(file, 'utf8'))]));

const {credential, key, date, rounds} = JSON.parse(readFileSync(0, 'utf8'));
const signer = (await Ed25519Multikey.from(key)).signer();
const answers = [];
for(const cryptosuite of [rdfc, jcs()]) {
  answers.push(await issue(cryptosuite));
}
console.log(JSON.stringify(answers));

async function issue(cryptosuite) {
  const begun = process.cpuUsage();
  let issued;
  for(let round = 0; round < rounds; round++) {
    issued = await vc.issue({
      credential: structuredClone(credential),
      suite: new DataIntegrityProof({signer, cryptosuite, date}),
      documentLoader,
      now: new Date(date),
    });
  }
  const {user, system} = process.cpuUsage(begun);
  return {credential: issued, perSecond: rounds / ((user + system) / 1e6)};
}

async function documentLoader(url) {
  const document = contexts.get(url);
  if(document === undefined) {
    throw new Error(`unknown: ${url}`);
  }
  return {contextUrl: null, documentUrl: url, document};
}
