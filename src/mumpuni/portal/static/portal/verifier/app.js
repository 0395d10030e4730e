// The page that checks certificates without a network.

import { canScan, scanned } from "./camera.js";
import { freshBundle, keptBundle, publishedProof } from "./keeping.js";
import { sorted, textsIn } from "./reading.js";
import { verify } from "./verify.js";
import { shownDay, word } from "./words.js";

const WEEK = 7 * 24 * 3600 * 1000;

const part = (id) => document.getElementById(id);
const tool = part("alat");
const { bundle: bundleAddress, worker, scope } = tool.dataset;

async function check(files, pasted) {
  try {
    const contents = await Promise.all(files.map((file) => file.arrayBuffer()));
    const texts = await Promise.all(contents.map((content) => textsIn(new Uint8Array(content))));
    const { text, proof } = sorted([...texts.flat(), pasted]);
    show(await verified(text, { proof, bundle: await keptBundle(bundleAddress), now: new Date() }));
  } catch (error) {
    showUnreadable(error.reason ?? "unreadable");
  }
}

/** Where nobody brought the proof of the log, ask our own site for it. */
async function verified(text, evidence) {
  const outcome = await verify(text, evidence);
  const isProven = !outcome.checks.some((one) => one.reason === "log-proof-missing");
  if (isProven || !outcome.publicId) return outcome;
  const proof = await publishedProof(outcome.publicId);
  return proof ? verify(text, { ...evidence, proof }) : outcome;
}

function show({ verdict, facts, checks }) {
  part("isi-sertifikat").replaceChildren(...Object.entries(facts).flatMap(factLine));
  part("pemeriksaan").replaceChildren(...checks.map(checkLine));
  showVerdict(verdict, decisiveReason(verdict, checks), true);
}

function showUnreadable(reason) {
  showVerdict("unreadable", word("reasons", reason).text, false);
}

function showVerdict(verdict, reason, hasDetails) {
  const { text, tone } = word("verdicts", verdict);
  const box = part("hasil").querySelector(".verdict");
  const heading = box.querySelector("h2");
  box.dataset.tone = tone;
  heading.textContent = text;
  part("alasan").textContent = reason;
  part("diperiksa").textContent = word("notes", "checked", { at: new Date() }).text;
  part("rincian").hidden = !hasDetails;
  part("hasil").hidden = false;
  heading.tabIndex = -1;
  heading.focus();
}

function decisiveReason(verdict, checks) {
  const { at } = checks.find((one) => one.name === "status");
  if (verdict === "valid") return word("reasons", "all-hold", { at }).text;
  const cause =
    checks.find((one) => one.reason === verdict) ??
    checks.find((one) => one.state === (verdict === "not-genuine" ? "no" : "unknown")) ??
    checks.find((one) => one.state === "no");
  return word("reasons", cause.reason, cause).text;
}

function factLine([name, value]) {
  if (!value) return [];
  const shown = value instanceof Date ? shownDay(value) : value;
  const line = element("div", "");
  line.append(element("dt", word("facts", name).text), description(shown));
  return [line];
}

function description(shown) {
  if (!Array.isArray(shown)) return element("dd", shown);
  const [made, list] = [element("dd", ""), element("ol", "")];
  list.append(...shown.map((text) => element("li", text)));
  made.append(list);
  return made;
}

function checkLine(one) {
  const { text, tone } = word("states", one.state);
  const badge = element("span", text, "badge");
  badge.dataset.tone = tone;
  const heading = element("p", word("checks", one.name).text, "what");
  heading.append(badge);
  const line = element("li", "");
  line.append(heading, element("p", word("reasons", one.reason, one).text, "why"));
  return line;
}

function element(tag, text, className = "") {
  const made = document.createElement(tag);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

function note(name, at) {
  part("simpanan").textContent = word("notes", name, { at }).text;
}

function noteKept(bundle) {
  if (!bundle) return note("kept-none");
  const at = new Date(bundle.generated_at);
  note(Date.now() - at > WEEK ? "kept-old" : "kept", at);
}

async function update() {
  note("updating");
  try {
    noteKept(await freshBundle(bundleAddress));
  } catch {
    note("update-failed");
  }
}

async function begin() {
  part("tanpa-skrip").hidden = true;
  tool.hidden = false;
  part(canScan ? "kamera" : "tanpa-kamera").hidden = false;
  const kept = await keptBundle(bundleAddress);
  noteKept(kept);
  if (!kept && navigator.onLine) await update();
}

part("formulir").addEventListener("submit", async (event) => {
  event.preventDefault();
  await check([...part("berkas").files], part("tempelan").value);
});

part("perbarui").addEventListener("click", update);

let camera = null;
part("pindai").addEventListener("click", async () => {
  if (camera) return camera.abort();
  camera = new AbortController();
  part("gangguan").textContent = "";
  turnCamera();
  try {
    const text = await scanned(part("gambar"), camera.signal);
    if (text) await check([], text);
  } catch {
    part("gangguan").textContent = word("notes", "camera-failed").text;
  }
  camera = null;
  turnCamera();
});

function turnCamera() {
  const button = part("pindai");
  [button.textContent, button.dataset.lain] = [button.dataset.lain, button.textContent];
  part("gambar").hidden = !camera;
}

// browsers give cryptography and keeping to secure connections only
if (isSecureContext) {
  navigator.serviceWorker.register(worker, { scope });
  begin();
}
