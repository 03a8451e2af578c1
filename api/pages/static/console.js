// The operators' console: what needs a person, and the steps a person may take.
"use strict";
const place = document.getElementById("console");
const field = document.getElementById("key");
field.value = sessionStorage.getItem("admin_key") || "";

async function call(method, path, body) {
  const answer = await fetch(`/admin${path}`, { method, headers: { Authorization: `Bearer ${field.value}`, "Content-Type": "application/json" }, body: body ? JSON.stringify(body) : undefined });
  if (answer.status === 204) return null;
  const found = await answer.json();
  if (!answer.ok) throw new Error(typeof found.detail === "string" ? found.detail : JSON.stringify(found.detail));
  return found;
}
function add(tag, words, parent = place, kind = "") {
  const made = document.createElement(tag);
  made.textContent = words; made.className = kind; parent.append(made);
  return made;
}
function act(parent, label, run) {
  add("button", label, parent, "button").addEventListener("click", async () => {
    try { await run(); await open(); } catch (error) { alert(error.message); }
  });
}
function amount(money) { return `${(money.minor / 100).toFixed(2)} ${money.currency}`; }

function showDispute(dispute) {
  const box = add("div", "", place, "task");
  add("p", `${dispute.by} says: “${dispute.reason}”`, box);
  add("p", dispute.answer ? `The other side: “${dispute.answer}”` : "The other side has not answered.", box);
  add("p", `Frozen: ${amount(dispute.held)} of ${amount(dispute.price)}`, box);
  const reason = () => prompt("Reason, which both sides will read:");
  act(box, "Let the deal go on", () => call("POST", `/deals/${dispute.deal_id}/resolve`, { reason: reason() }));
  act(box, "Close with a split", () => call("POST", `/deals/${dispute.deal_id}/resolve`, {
    creator_gets_minor: Math.round(Number(prompt("How much goes to the creator?", "0")) * 100), reason: reason() }));
  act(box, "Show the evidence", async () => { add("pre", JSON.stringify(await call("GET", `/deals/${dispute.deal_id}`), null, 2), box); throw new Error("Evidence is shown below."); });
}
async function open() {
  const found = await call("GET", "/overview");
  sessionStorage.setItem("admin_key", field.value);
  place.replaceChildren();
  add("h2", "The books");
  add("p", found.violations.length ? `${found.violations.length} rule(s) broken!` : "Every rule of the ledger holds.");
  add("h2", `Disputes (${found.disputes.length})`);
  found.disputes.forEach(showDispute);
  add("h2", `People who asked for a person (${found.support.length})`);
  for (const request of found.support) {
    const box = add("div", "", place, "task");
    add("p", `“${request.text}”`, box);
    act(box, "Answer", () => call("POST", `/support/${request.id}/answer`, { text: prompt("Your answer:") }));
  }
  add("h2", `Parked promises (${found.parked.length})`);
  for (const parked of found.parked) {
    const box = add("div", "", place, "task");
    add("p", `${parked.kind} (${parked.aggregate}): ${parked.error}`, box);
    act(box, "Try again", () => call("POST", `/promises/${parked.id}/retry`));
  }
  add("h2", `Other tasks (${found.tasks.length})`);
  for (const task of found.tasks) add("p", `${task.kind} · ${task.subject_kind} ${task.subject_id} ${JSON.stringify(task.facts)}`, add("div", "", place, "task"));
  add("h2", "Work waiting");
  add("pre", JSON.stringify(found.workload, null, 2));
}
document.getElementById("login").addEventListener("submit", (event) => { event.preventDefault(); open().catch((error) => { place.textContent = error.message; }); });
if (field.value) open().catch(() => {});
