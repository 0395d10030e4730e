// The words of the page, which stand in its template in the language of the reader.

const words = document.getElementById("kata").content;
// English as it is written in Indonesia has the day first
const language = document.documentElement.lang.replace(/^en$/, "en-GB");
const dayAndTime = { dateStyle: "long", timeStyle: "short", timeZone: "Asia/Jakarta" };
const dayOnly = { dateStyle: "long", timeZone: "Asia/Jakarta" };

export const shownTime = (at) => `${new Intl.DateTimeFormat(language, dayAndTime).format(at)} WIB`;

export const shownDay = (at) => new Intl.DateTimeFormat(language, dayOnly).format(at);

/** Return a word of a group and its tone; `at` and `names` are filled in where it asks for them. */
export function word(group, name, { at, names = [] } = {}) {
  const found = words.querySelector(`#${group} [data-word="${name}"]`);
  const text = found.textContent
    .replace("{at}", () => (at ? shownTime(at) : "–"))
    .replace("{names}", () => names.join(", "));
  return { text, tone: found.dataset.tone };
}
