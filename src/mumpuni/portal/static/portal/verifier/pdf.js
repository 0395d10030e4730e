// The files that a PDF of ours carries, found without understanding the rest of it.

import { unpacked } from "./unpacking.js";

const MARK = "/EmbeddedFile";
const NEAR = 500; // letters before and after the mark that belong to the same object
const LARGEST = 1_048_576; // bytes; a credential has about 5,000

export const isPdf = (bytes) => new TextDecoder().decode(bytes.slice(0, 5)) === "%PDF-";

/** Return the texts embedded in a PDF; what it shows on its pages is another matter. */
export async function embeddedTexts(bytes) {
  const letters = new TextDecoder("latin1").decode(bytes); // one letter for each byte
  const texts = [];
  for (let place = letters.indexOf(MARK); place >= 0; place = letters.indexOf(MARK, place + 1)) {
    const content = await contentAt(place, letters, bytes);
    if (content) texts.push(new TextDecoder().decode(content));
  }
  return texts;
}

async function contentAt(place, letters, bytes) {
  const begin = Math.max(0, place - NEAR);
  const around = letters.slice(begin, place + NEAR);
  const end = around.indexOf("stream", place - begin);
  const head = around.slice(around.lastIndexOf("obj", place - begin), end);
  const length = /\/Length (\d+)/.exec(head);
  if (end < 0 || !length) return null;
  const first = letters.indexOf("\n", begin + end) + 1;
  const content = bytes.slice(first, first + Number(length[1]));
  return head.includes("/FlateDecode") ? unpacked(content, "deflate", LARGEST) : content;
}
