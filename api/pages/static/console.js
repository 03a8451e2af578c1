// The operators' console: what needs a person, and the steps a person may take.
import { split, write } from "/static/amounts.js";

const place = document.getElementById("console");
const field = document.getElementById("key");
const asked = document.getElementById("asked");
field.value = sessionStorage.getItem("personal_key") || "";

async function call(method, path, body) {
  const answer = await fetch(`/admin${path}`, { method, headers: { Authorization: `Bearer ${field.value}`, "Content-Type": "application/json" }, body: body ? JSON.stringify(body) : undefined });
  if (answer.status === 204) return null;
  const found = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(typeof found.detail === "string" ? found.detail : JSON.stringify(found.detail)), { status: answer.status });
  return found;
}
function add(tag, words, parent = place, kind = "") {
  const made = document.createElement(tag);
  made.textContent = words; made.className = kind; parent.append(made);
  return made;
}
async function attempt(run) {
  try { await run(); await open(); } catch (error) {
    if (error.status === 409) await open().catch(() => {}); // not as it was shown: show it as it is
    tell(error.message);
  }
}
function tell(words) {
  document.getElementById("said").textContent = words;
}
// A labelled field inside a form; `tag` is input or textarea.
function ask(form, label, tag, set) {
  const box = add("label", label, form);
  const made = add(tag, "", box);
  Object.assign(made, set);
  return made;
}
// Show what is going to happen; only the button that says so does it, everything else goes back.
function confirm(lines, label, run) {
  asked.replaceChildren();
  for (const line of lines) add("p", line, asked);
  const yes = add("button", label, asked, "button main");
  yes.addEventListener("click", () => { asked.close(); attempt(run); }, { once: true });
  const back = add("button", "Go back", asked, "button");
  back.addEventListener("click", () => asked.close());
  asked.showModal();
  back.focus();
}
// A form with one text: nothing is sent while it is empty.
function answer(box, label, run) {
  const form = add("form", "", box, "stack");
  const text = ask(form, label, "textarea", { required: true, minLength: 3, maxLength: 2000 });
  add("button", "Send", form, "button");
  form.addEventListener("submit", (event) => { event.preventDefault(); attempt(() => run(text.value)); });
}

function showDispute(dispute) {
  const box = add("div", "", place, "task");
  const { minor: held, currency } = dispute.held, places = dispute.decimal_places;
  const money = (minor) => write(minor, places, currency);
  add("p", `${dispute.by} says: “${dispute.reason}”`, box);
  add("p", dispute.answer ? `The other side: “${dispute.answer}”` : "The other side has not answered.", box);
  add("p", `Frozen: ${money(held)} of ${money(dispute.price.minor)}`, box);
  decide(box, dispute, held, places, currency, money);
  const evidence = add("button", "Show the evidence", box, "button");
  evidence.addEventListener("click", () => call("GET", `/deals/${dispute.deal_id}`)
    .then((found) => showEvidence(box, found), (error) => tell(error.message)), { once: true });
}
function showEvidence(box, { files, ...found }) {
  for (const file of files) {
    Object.assign(add("a", file.name, add("p", "", box)), { href: file.link, target: "_blank", rel: "noopener" });
  }
  add("pre", JSON.stringify(found, null, 2), box);
}
// Nothing is chosen beforehand, and nothing is sent that was not shown with both shares.
function decide(box, dispute, held, places, currency, money) {
  const form = add("form", "", box, "stack");
  const choice = {};
  for (const [value, label] of [["resume", "Let the deal go on"], ["split", "Close with a split"]]) {
    const line = add("label", "", form);
    choice[value] = add("input", "", line);
    Object.assign(choice[value], { type: "radio", name: "decision", value, required: true });
    line.append(` ${label}`);
  }
  const wanted = ask(form, `The creator gets, before commission (${currency}, such as ${places ? "1500.50" : "1500"}) `, "input", { inputMode: "decimal", autocomplete: "off" });
  const shares = add("p", "", form);
  const reason = ask(form, "Reason, which both sides will read", "textarea", { required: true, minLength: 3, maxLength: 2000 });
  add("button", "Look at the decision", form, "button main");
  const check = () => {
    const found = choice.split.checked ? split(wanted.value, places, held) : null;
    wanted.disabled = !choice.split.checked;
    wanted.required = choice.split.checked;
    wanted.setCustomValidity(choice.split.checked && !found ? `Write digits only, from 0 to ${money(held)}, without commas.` : "");
    shares.textContent = found ? `Creator ${money(found.creator)} + campaign ${money(found.brand)} = ${money(held)}` : "";
    return found;
  };
  form.addEventListener("input", check);
  check();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const found = check(), path = `/deals/${dispute.deal_id}/resolve`, why = `Both sides read: “${reason.value}”`;
    if (choice.resume.checked) {
      return confirm(["The deal goes on; nobody is paid now.", why], "Let the deal go on",
        () => call("POST", path, { decision: "resume", reason: reason.value, shown: dispute.mark }));
    }
    if (!found) return undefined;
    const body = { decision: "split", currency, creator_gets_minor: found.creator, brand_gets_minor: found.brand, reason: reason.value, shown: dispute.mark };
    return confirm([`The creator gets ${money(found.creator)}, less commission and tax.`, `${money(found.brand)} goes back to the campaign.`,
      `Together ${money(held)}. The deal ends.`, why], "Close with this split", () => call("POST", path, body));
  });
}
// What a brand owes after a lost chargeback: covered from its credit or by a transfer, or proposed to be written off.
async function showLoss(box, campaign) {
  const found = await call("GET", `/campaigns/${campaign}/loss`).catch((error) => tell(error.message));
  if (!found) return;
  const { minor: owed, currency } = found.owed, places = found.decimal_places, money = (minor) => write(minor, places, currency);
  add("p", `The brand owes ${money(owed)}; its credit is ${money(found.credit.minor)}.`, box);
  const form = add("form", "", box, "stack"), from = {};
  for (const [source, label] of [["credit", "from the brand's credit"], ["brand", "the brand has paid it to our account"], ["creator", "a creator has paid it to our account"]]) {
    const line = add("label", "", form);
    from[source] = add("input", "", line);
    Object.assign(from[source], { type: "radio", name: "source", value: source, required: true });
    line.append(` ${label}`);
  }
  const wanted = ask(form, `How much is covered (${currency}, such as ${places ? "1500.50" : "1500"}) `, "input", { inputMode: "decimal", autocomplete: "off", required: true });
  const reason = ask(form, "How do you know?", "textarea", { required: true, minLength: 3, maxLength: 2000 });
  add("button", "Look at it", form, "button main");
  const check = () => {
    const parts = split(wanted.value, places, owed);
    wanted.setCustomValidity(parts && parts.creator ? "" : `Write digits only, up to ${money(owed)}, without commas.`);
    return parts;
  };
  form.addEventListener("input", check);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const parts = check(), source = Object.keys(from).find((name) => from[name].checked);
    if (!parts || !parts.creator || !source) return;
    const body = { amount_minor: parts.creator, currency, source, reason: reason.value, shown: found.shown };
    confirm([`${money(parts.creator)} is covered: ${from[source].parentElement.textContent.trim()}.`, `${money(parts.brand)} is still owed then.`], "Cover it",
      () => call("POST", `/campaigns/${campaign}/loss/settle`, body));
  });
  answer(box, "Propose to write all of it off: why?", (why) => call("POST", `/campaigns/${campaign}/loss/write_off`, { reason: why, shown: found.shown }));
}
function showTask(task) {
  const box = add("div", "", place, "task");
  add("p", `${task.kind} · ${task.subject_kind} ${task.subject_id}`, box);
  if (Object.keys(task.facts).length) add("p", JSON.stringify(task.facts), box, "small");
  if (task.kind === "loss_open") return showLoss(box, task.subject_id);
  if (FREEZES[task.kind]) return showFrozen(box, FREEZES[task.kind], task.subject_id);
  answer(box, "Close: what came of it?", (reason) => call("POST", `/tasks/${task.id}/close`, { reason }));
}
// What is frozen goes on by an act of its own; its task stays until then.
const FREEZES = { workspace_frozen: "workspaces", creator_frozen: "creators", deal_frozen: "deals" };
function showFrozen(box, room, id) {
  if (room === "deals") return answer(box, "Let it go on: why?", (reason) => call("POST", `/deals/${id}/unfreeze`, { reason }));
  return call("GET", `/${room}/${id}`).then((found) => {
    add("p", `${found.name}, frozen since ${found.frozen_at}`, box);
    answer(box, "Let it go on: why?", (reason) => call("POST", `/${room}/${id}/unfreeze`, { reason, shown: found.mark }));
  }, (error) => tell(error.message));
}
// A workspace or a creator is looked up by its id, shown, and stopped as it was shown.
function showFreezing() {
  const box = add("div", "", place, "task");
  const form = add("form", "", box), id = add("input", "", form), about = add("div", "", box);
  id.placeholder = "id of a workspace or a creator";
  id.required = true;
  add("button", "Look it up", form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    about.replaceChildren();
    for (const room of ["workspaces", "creators"]) {
      const found = await call("GET", `/${room}/${encodeURIComponent(id.value.trim())}`).catch(() => null);
      if (!found) continue;
      add("p", `${room.slice(0, -1)} ${found.name}${found.frozen_at ? `, frozen since ${found.frozen_at}` : ""}`, about);
      const verb = found.frozen_at ? "unfreeze" : "freeze";
      answer(about, `${verb}: why?`, (reason) => call("POST", `/${room}/${found.id}/${verb}`, { reason, shown: found.mark }));
      return;
    }
    add("p", "There is no workspace and no creator of that id.", about);
  });
}
// What a colleague proposed: the one who proposed it can only let it go.
function showProposal(proposal, me) {
  const box = add("div", "", place, "task");
  add("p", `${proposal.proposed_by} proposes: ${proposal.act} · ${proposal.subject_kind} ${proposal.subject_id}`, box);
  add("p", `“${proposal.reason}”`, box);
  if (Object.keys(proposal.arguments).length) add("p", JSON.stringify(proposal.arguments), box, "small");
  if (proposal.proposed_by !== me.name) {
    answer(box, "Confirm: what did you check?", async (reason) => {
      const { outcome } = await call("POST", `/proposals/${proposal.id}/confirm`, { reason });
      if (outcome.key) shown = `The personal key of ${outcome.name || "this person"}, shown this once: ${outcome.key}`;
    });
  }
  answer(box, "Let it go: why?", (reason) => call("POST", `/proposals/${proposal.id}/refuse`, { reason }));
}
let shown = "";
async function open() {
  const found = await call("GET", "/overview");
  sessionStorage.setItem("personal_key", field.value);
  tell(shown);
  shown = "";
  place.replaceChildren();
  add("p", `You are ${found.me.name} (${found.me.role}).`, place, "small");
  add("h2", "The books");
  const books = found.books, broken = books ? books.violations.length : 0;
  add("p", !books ? "The ledger has not been checked yet." :
    `${broken ? `${broken} rule(s) broken!` : "Every rule of the ledger holds."} Checked ${new Date(books.checked_at).toLocaleString()}.`);
  add("h2", `Disputes (${found.disputes.length})`);
  found.disputes.forEach(showDispute);
  add("h2", `People who asked for a person (${found.support.length})`);
  for (const request of found.support) {
    const box = add("div", "", place, "task");
    add("p", `“${request.text}”`, box);
    answer(box, "Your answer", (text) => call("POST", `/support/${request.id}/answer`, { text }));
  }
  add("h2", `Promises that stand still (${found.parked.length})`);
  for (const parked of found.parked) {
    const box = add("div", "", place, "task");
    add("p", `${parked.kind} (${parked.aggregate}): ${parked.error}`, box);
    answer(box, "Try again: what was mended?", (reason) => call("POST", `/promises/${parked.id}/retry`, { reason }));
  }
  add("h2", `Waiting for a second person (${found.proposals.length})`);
  found.proposals.forEach((proposal) => showProposal(proposal, found.me));
  add("h2", `Tasks (${found.tasks.length})`);
  found.tasks.forEach(showTask);
  add("h2", "Stop a workspace or a creator");
  showFreezing();
  add("h2", "Work waiting");
  add("pre", JSON.stringify(found.workload, null, 2));
}
document.getElementById("login").addEventListener("submit", (event) => { event.preventDefault(); open().catch((error) => tell(error.message)); });
if (field.value) open().catch(() => {});
