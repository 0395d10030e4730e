// Reads {key, presentations: [{presentation, challenge, domain}, ...]} from standard input and writes
// the presentations, each signed by @digitalbazaar/vc with eddsa-rdfc-2022. Contexts come from files.
import {readFileSync} from 'node:fs';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';

const contexts = new Map(
  Object.entries(JSON.parse(process.argv[2])).map(
    ([url, file]) => [url, JSON.parse(readFileSync(file, 'utf8'))]));
const {key, presentations} = JSON.parse(readFileSync(0, 'utf8'));
const signer = (await Ed25519Multikey.from(key)).signer();

console.log(JSON.stringify(await Promise.all(presentations.map(sign))));

function sign({presentation, challenge, domain}) {
  const suite = new DataIntegrityProof({signer, cryptosuite});
  return vc.signPresentation({presentation, suite, challenge, domain, documentLoader});
}

async function documentLoader(url) {
  const document = contexts.get(url);
  if(document === undefined) {
    throw new Error(`unknown: ${url}`);
  }
  return {contextUrl: null, documentUrl: url, document};
}
