// Small comforts; every page and form works without them.

// Leave empty filters out of the address.
document.addEventListener("formdata", (event) => {
  if (!event.target.matches("form.filters")) return;
  for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
});

// Begin at the summary when a form came back with errors.
document.querySelector("main > #kesalahan")?.focus();

// Show the result of long work as soon as it is done.
document.addEventListener("htmx:afterSwap", (event) => {
  const finished = event.detail.elt?.matches?.('.progress[data-state="done"], .progress[data-state="failed"]');
  if (finished) window.location.reload();
});

// Close the account menu by Escape or a click elsewhere.
const menu = document.querySelector("details.account");
document.addEventListener("click", (event) => {
  if (menu?.open && !menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu?.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// Copy a number or an address.
for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.dataset.done = "";
    setTimeout(() => delete button.dataset.done, 2000);
  });
}

// Send a form once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// Tick all rows of a table at once.
document.addEventListener("change", (event) => {
  const name = event.target.dataset.picks;
  if (!name) return;
  for (const box of event.target.form.elements) if (box.name === name) box.checked = event.target.checked;
});
function offerTickingAll() {
  for (const box of document.querySelectorAll("[data-picks]")) box.hidden = false;
}
offerTickingAll();
document.addEventListener("htmx:afterSettle", offerTickingAll);

// Say so when a security key did not answer.
document.addEventListener("allauth.error", (event) => {
  const notice = document.getElementById("kunci-gagal");
  event.preventDefault();
  notice.hidden = false;
  notice.focus();
});
