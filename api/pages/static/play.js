// Both sides of the sandbox in one window, and a clock to move.
"use strict";
for (const form of document.querySelectorAll("form.enter")) form.submit();
const now = document.getElementById("now");
async function tick() {
  const answer = await fetch("/sandbox/work").catch(() => null);
  if (answer && answer.ok) now.textContent = new Date((await answer.json()).now).toUTCString().slice(0, 22);
}
for (const button of document.querySelectorAll("[data-hours]")) {
  button.addEventListener("click", async () => {
    button.disabled = true;
    // Days pass one at a time, so that checks and clocks run in their order.
    for (let left = Number(button.dataset.hours); left > 0; left -= 24) {
      await fetch("/sandbox/clock", { method: "POST", body: JSON.stringify({ hours: Math.min(left, 24) }), headers: { "Content-Type": "application/json" } });
      for (let i = 0; i < 40; i += 1) {
        await new Promise((resume) => setTimeout(resume, 250));
        const work = await (await fetch("/sandbox/work")).json();
        if (work.quiet) break;
      }
    }
    button.disabled = false;
    tick();
  });
}
tick();
setInterval(tick, 10000);
