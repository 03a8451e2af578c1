// The chat page: shows the transcript, sends words, presses and files, and listens for what comes.
// A message that did not get through is sent again under the same id, so that nothing happens twice.
"use strict";
const told = document.currentScript.dataset;
const { user, csrf, mostMb } = told;
const base = `/chat/${user}`;
const transcript = document.getElementById("transcript");
const text = document.getElementById("text");
const file = document.getElementById("file");
const status = document.getElementById("status");
let last = 0;
let loading = null;

const say = (said) => { status.textContent = said; };
const eventId = () => crypto.randomUUID ? crypto.randomUUID() : `${Date.now()}-${Math.random()}`;

function rich(container, words) {
  // **bold** and web addresses, nothing else; everything is text, never markup.
  for (const part of words.split(/(\*\*[^*]+\*\*|https?:\/\/[^\s]+)/)) {
    if (/^\*\*/.test(part)) {
      const bold = document.createElement("strong");
      bold.textContent = part.slice(2, -2);
      container.append(bold);
    } else if (/^https?:/.test(part)) {
      const link = document.createElement("a");
      link.href = part; link.textContent = part; link.target = "_blank"; link.rel = "noopener";
      container.append(link);
    } else container.append(part);
  }
}

function attach(bubble, item) {
  const url = `${base}/media/${item.media_id}`;
  if (item.kind === "photo") {
    const image = document.createElement("img");
    image.src = url; image.alt = item.name; bubble.append(image);
  } else if (item.kind === "video") {
    const video = document.createElement("video");
    video.src = url; video.controls = true; bubble.append(video);
  } else {
    const link = document.createElement("a");
    link.href = url; link.textContent = item.name; bubble.append(link);
  }
}

function buttonsOf(body) {
  const all = document.createElement("div");
  all.className = "buttons";
  if (body.asks) all.dataset.asks = "1";
  for (const row of body.buttons || []) {
    const line = document.createElement("div");
    for (const one of row) {
      if (one.url) {
        const link = document.createElement("a");
        link.className = "button"; link.href = one.url; link.target = "_blank"; link.rel = "noopener"; link.textContent = one.label;
        line.append(link);
      } else {
        const button = document.createElement("button");
        button.className = one.role === "primary" ? "button main" : "button"; button.dataset.kind = one.role || "secondary";
        button.textContent = one.label;
        button.addEventListener("click", () => send({ pressed: one.action, label: one.label }));
        line.append(button);
      }
    }
    all.append(line);
  }
  return all;
}

function show(letter) {
  // A line that was edited takes the place of what it was.
  const line = document.createElement("div");
  line.className = letter.incoming ? "line mine" : "line";
  line.id = `line-${letter.seq}`; line.dataset.seq = letter.seq; line.dataset.key = letter.key;
  if (letter.body.about) line.classList.add("card");
  const bubble = document.createElement("div");
  bubble.className = "bubble";
  rich(bubble, letter.incoming ? (letter.body.text || letter.body.pressed || "") : letter.body.text);
  for (const item of letter.body.attachments || []) attach(bubble, item);
  line.append(bubble);
  if (!letter.incoming && (letter.body.buttons || []).length) line.append(buttonsOf(letter.body));
  if (letter.body.points) line.append(pointer(letter.body.points));
  const before = document.getElementById(line.id);
  if (before) { before.replaceWith(line); return; }
  const later = [...transcript.children].find((one) => Number(one.dataset.seq) > letter.seq);
  transcript.insertBefore(line, later || null);
}

function pointer(key) {
  // A short message points to the card that changed.
  const button = document.createElement("button");
  button.className = "button"; button.dataset.kind = "quiet"; button.textContent = "↑";
  button.setAttribute("aria-label", told.see);
  button.addEventListener("click", () => transcript.querySelector(`[data-key="${CSS.escape(key)}"]`)?.scrollIntoView({ block: "center" }));
  return button;
}

function retireQuestions() {
  // Only the newest question can be answered by button, and only until something was said after it: the bot
  // asks again what it still wants to know. Cards keep their buttons.
  const questions = [...transcript.querySelectorAll(".buttons[data-asks]")];
  const said = [...transcript.querySelectorAll(".line.mine")].at(-1);
  for (const question of questions) {
    const answered = said && question.compareDocumentPosition(said) & Node.DOCUMENT_POSITION_FOLLOWING;
    if (!answered && question === questions.at(-1)) continue;
    for (const button of question.querySelectorAll("button")) button.disabled = true;
  }
}

async function load() {
  if (loading) { loading.again = true; return loading.done; }
  loading = { again: false };
  loading.done = (async () => {
    do {
      loading.again = false;
      const answer = await fetch(`${base}/letters?after=${last}`);
      if (answer.status === 401) { location.href = "/"; return; }
      const { letters } = await answer.json();
      const low = transcript.scrollHeight - transcript.scrollTop - transcript.clientHeight < 200;
      const fresh = letters.filter((letter) => letter.changed > last);
      for (const letter of fresh) { show(letter); last = Math.max(last, letter.changed); }
      if (fresh.length) { retireQuestions(); if (low || fresh.some((letter) => letter.changed === letter.seq)) transcript.scrollTop = transcript.scrollHeight; }
    } while (loading.again);
  })().catch(() => say(told.waiting)).finally(() => { loading = null; });
  return loading.done;
}

async function post(path, options, tries = 6) {
  // A turn that takes a moment, as a first search does, is shown to be worked on.
  say(told.sending);
  const slow = setTimeout(() => say(told.working), 700);
  return delivered(path, options, tries).finally(() => clearTimeout(slow));
}

async function delivered(path, options, tries) {
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    try {
      const answer = await fetch(base + path, { method: "POST", ...options, headers: { "X-CSRF": csrf, ...(options.headers || {}) } });
      if (answer.ok) { say(""); return load(); }
      if (answer.status < 500) { say((await answer.json().catch(() => ({}))).detail || told.notSent); return null; }
    } catch (error) { /* no connection: try again below */ }
    say(told.again);
    await new Promise((resume) => setTimeout(resume, 500 * attempt));
  }
  say(told.gone);
  return null;
}

function send(what) {
  const body = JSON.stringify({ event_id: eventId(), ...what });
  return post("/messages", { body, headers: { "Content-Type": "application/json" } });
}

document.getElementById("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  const words = text.value.trim();
  if (!words) return;
  text.value = "";
  send({ text: words });
});
text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); event.target.form.requestSubmit(); }
});
file.addEventListener("change", () => {
  if (!file.files.length) return;
  const form = new FormData();
  const fitting = [...file.files].filter((one) => one.size <= mostMb * 1_000_000);
  if (fitting.length < file.files.length) say(`A file is larger than ${mostMb} MB. Send a smaller version, or paste a link to it.`);
  if (!fitting.length) { file.value = ""; return; }
  for (const one of fitting) form.append("file", one);
  form.append("event_id", eventId());
  form.append("text", text.value.trim());
  text.value = ""; file.value = "";
  post("/files", { body: form });
});

const stream = new EventSource(`${base}/stream`);
for (const name of ["open", "letters", "still"]) stream.addEventListener(name, () => { say(""); load(); });
stream.addEventListener("ended", () => { stream.close(); location.href = "/"; });
document.getElementById("leave").addEventListener("click", async () => {
  if (!confirm(told.leave)) return;
  stream.close();
  await fetch(`${base}/leave`, { method: "POST", headers: { "X-CSRF": csrf } }).catch(() => null);
  location.href = "/";
});
stream.onerror = () => say(told.connecting);
load().then(() => { if (!last) send({ text: "hi" }); });
