// Reads [{token, jwk}, ...] from standard input and writes what `jose` makes of each token.
import {readFileSync} from 'node:fs';
import {compactVerify, importJWK} from 'jose';

const results = [];
for(const {token, jwk} of JSON.parse(readFileSync(0, 'utf8'))) {
  try {
    const key = await importJWK(jwk, 'ES256');
    const {payload, protectedHeader} = await compactVerify(token, key, {algorithms: ['ES256']});
    const text = new TextDecoder('utf-8', {fatal: true}).decode(payload);
    results.push({verified: true, header: protectedHeader, payload: JSON.parse(text)});
  } catch(error) {
    results.push({verified: false, error: String(error)});
  }
}
console.log(JSON.stringify(results));
