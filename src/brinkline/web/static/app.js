"use strict";
// Keys, unsaved decisions and parts that are swapped in place. Every page works without this script.

// PAGES: how far the batch in the background is, asked every two seconds while it runs.
(() => {
  const panel = document.querySelector("[data-batch]");
  if (!panel) return;
  const told = panel.querySelector("[data-batch-told]");
  const last = panel.querySelector("[data-batch-last]");
  const bar = panel.querySelector("progress");
  const ask = async () => {
    try {
      const answer = await fetch(panel.dataset.batch, { headers: { Accept: "application/json" } });
      const state = await answer.json();
      if (!state.busy) return location.reload();
      bar.max = state.total || 1;
      bar.value = state.done;
      if (state.phase === "running") told.textContent = `Coding: ${state.done} of ${state.total}`;
      if (state.last) last.textContent = `Last: ${state.last}`;
    } catch {
      // the server is away: ask again
    }
    setTimeout(ask, 2000);
  };
  setTimeout(ask, 2000);
})();

// REVIEW: decisions that are not saved yet are kept in the browser, by project and person, and sent in order.
const unsaved = (() => {
  const me = document.body.dataset;
  const place = `brinkline.unsaved.${me.project}.${me.person}`;
  let memory = [], wait = 1000, timer = 0, running = null, refused = "", door = false;
  const heard = new Map();
  const read = () => { try { return JSON.parse(localStorage.getItem(place) || "[]"); } catch { return memory; } };
  const write = (items) => { memory = items; try { localStorage.setItem(place, JSON.stringify(items)); } catch { /* kept in memory */ } };
  const drop = (item) => write(read().filter((other) => other.what.id !== item.what.id));
  const hear = (id, answer) => { const tell = heard.get(id); heard.delete(id); if (tell) tell(answer); };

  function show() {
    let bar = document.getElementById("unsaved");
    const count = read().length;
    if (!count && !refused) { if (bar) bar.remove(); return; }
    if (!bar) {
      bar = document.createElement("div");
      bar.id = "unsaved";
      bar.setAttribute("role", "status");
      document.body.append(bar);
    }
    bar.replaceChildren();
    if (count) {
      const told = document.createElement("span");
      told.textContent = `${count} ${count === 1 ? "decision" : "decisions"} not yet saved. ` + (door ? "Load the page again and give your name or sign in; they are kept here. " : "They are kept here and sent again. ");
      const again = document.createElement("button");
      again.textContent = door ? "Load again" : "Try now";
      again.addEventListener("click", () => door ? location.reload() : flush());
      bar.append(told, again);
    }
    if (refused) {
      const told = document.createElement("span");
      told.textContent = `Not saved: ${refused} `;
      const close = document.createElement("button");
      close.textContent = "Close";
      close.addEventListener("click", () => { refused = ""; show(); });
      bar.append(told, close);
    }
  }

  function later() {
    for (const id of [...heard.keys()]) hear(id, null);
    clearTimeout(timer);
    timer = setTimeout(flush, wait);
    wait = Math.min(wait * 2, 30000);
    show();
  }

  async function run() {
    clearTimeout(timer);
    for (let item = read()[0]; item; item = read()[0]) {
      let answer, body;
      try {
        const headers = { "Content-Type": "application/json", Accept: "application/json", "X-Form-Token": me.token };
        answer = await fetch(item.to, { method: "POST", headers, body: JSON.stringify(item.what), signal: AbortSignal.timeout(15000) });
        body = await answer.json();
      } catch { return later(); }
      if (answer.status >= 500 || answer.status === 408 || answer.status === 429) return later();
      if (answer.status === 401 || answer.status === 403) { door = true; return later(); }
      door = false;
      wait = 1000;
      drop(item);
      if (!answer.ok) refused = body.error ? [body.error.message, body.error.remedy].filter(Boolean).join("; ") : "the server did not take it";
      hear(item.what.id, answer.ok ? body : { fault: refused });
      document.dispatchEvent(new CustomEvent("brinkline:saved", { detail: { item, body: answer.ok ? body : null } }));
    }
    show();
  }

  function flush() {
    if (!running) running = run().finally(() => { running = null; if (read().length && !timer) flush(); });
    return running;
  }

  // Saved, or null when it could not be saved now and is kept.
  function send(to, what) {
    write([...read(), { to, what }]);
    const answer = new Promise((tell) => heard.set(what.id, tell));
    flush();
    return Promise.race([answer, new Promise((tell) => setTimeout(() => { show(); tell(null); }, 3000))]);
  }

  if (me.person) {
    addEventListener("online", flush);
    show();
    if (read().length) flush();
  }
  return { send, waiting: read };
})();

// REVIEW: the keys that this browser remembers: {"off": true, "keys": {"accept": "q"}}, and the form of the help page for them.
const rememberedKeys = () => { try { return JSON.parse(localStorage.getItem("brinkline.keys")) || {}; } catch { return {}; } };
(() => {
  const form = document.querySelector("form[data-keys]");
  if (!form) return;
  const fields = [...form.querySelectorAll("[data-key]")], off = form.querySelector("[data-keys-off]");
  const told = form.querySelector("[data-keys-told]");
  function fill() {
    const { off: none, keys = {} } = rememberedKeys();
    off.checked = Boolean(none);
    fields.forEach((field) => { field.value = keys[field.dataset.key] || field.dataset.default; });
  }
  form.addEventListener("keydown", (event) => {
    if (!event.target.matches("[data-key]") || ["Tab", "Shift", "Enter", "Escape"].includes(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const name = event.key === " " ? "Space" : event.key;
    event.target.value = event.shiftKey && name.length > 1 ? "Shift+" + name : name;
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = fields.map((field) => field.value), twice = chosen.find((key, n) => chosen.indexOf(key) !== n);
    if (twice) { told.textContent = `${twice} would do two things. Choose another key for one of them.`; return; }
    if (chosen.some((key) => /^[1-9]$/.test(key))) { told.textContent = "The digits 1 to 9 choose an offered value."; return; }
    const keys = Object.fromEntries(fields.filter((field) => field.value !== field.dataset.default).map((field) => [field.dataset.key, field.value]));
    localStorage.setItem("brinkline.keys", JSON.stringify({ off: off.checked, keys }));
    told.textContent = off.checked ? "Kept: no keys at all." : "Kept.";
  });
  form.querySelector("[data-keys-reset]").addEventListener("click", () => { localStorage.removeItem("brinkline.keys"); fill(); told.textContent = "These are the first ones again."; });
  fill();
})();

// REVIEW: selecting, deciding by keys and buttons, words by mouse and arrow keys. Without it the links and forms do the same.
(() => {
  const text = document.getElementById("text"), panel = document.getElementById("panel"), list = document.getElementById("list");
  if (!text || !panel || !list) return;
  const all = (css, root = document) => [...root.querySelectorAll(css)];
  const key = text.dataset.key, left = document.getElementById("left"), wide = matchMedia("(min-width: 64rem)");
  const OPEN = ["undecided", "skipped", "flagged", "outdated"];
  const STATE = { accept: "accepted", reject: "rejected", edit: "edited", skip: "skipped", flag: "flagged" };
  const panels = new Map();
  let current = "", mode = null, marked = null;
  const rows = () => all("li", list);
  const rowOf = (id) => document.getElementById("v" + id);
  const claimBox = () => panel.querySelector(".claim[data-claim]");
  const keep = [...new URLSearchParams(location.search)].filter(([name]) => !["claim", "told"].includes(name));
  const address = (more) => `/narratives/${encodeURIComponent(key)}/review?${new URLSearchParams([...Object.entries(more), ...keep])}`;
  const newId = () => "decision:" + [...crypto.getRandomValues(new Uint8Array(12))].map((n) => n.toString(16).padStart(2, "0")).join("");
  all(".scripted").forEach((el) => { el.hidden = false; });
  // Buttons show the keys that they have in this browser, none when keys are switched off.
  function relabel(root) {
    const { off, keys = {} } = rememberedKeys();
    all("kbd[data-k]", root).forEach((el) => { el.textContent = keys[el.dataset.k] || el.textContent; el.hidden = Boolean(off); });
  }
  relabel(document);

  const said = document.createElement("p");
  said.id = "said";
  said.setAttribute("role", "status");
  panel.before(said);
  const say = (words) => { said.textContent = words; };

  // Positions in the text are code points, as everywhere in brinkline.
  const blocks = all("[data-o]", text);
  const points = (string) => [...string].length;
  function offsetOf(node, at) {
    const block = (node.nodeType === 1 ? node : node.parentElement).closest("[data-o]");
    if (!block) return null;
    const range = document.createRange();
    range.setStart(block, 0);
    range.setEnd(node, at);
    return Number(block.dataset.o) + points(range.toString());
  }
  function placeOf(offset, atEnd) {
    const before = blocks.filter((block) => Number(block.dataset.o) < offset + (atEnd ? 0 : 1));
    const block = before[before.length - 1] || blocks[0];
    let rest = offset - Number(block.dataset.o), last = null;
    const walk = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const length = points(node.data);
      if (atEnd ? rest <= length : rest < length) return [node, [...node.data].slice(0, rest).join("").length];
      rest -= length;
      last = node;
    }
    return [last, last.data.length];
  }
  function rangeOf([start, end]) {
    const range = document.createRange();
    range.setStart(...placeOf(start, false));
    range.setEnd(...placeOf(end, true));
    return range;
  }
  const rangesIn = (written) => (written || "").split(" ").filter(Boolean).map((pair) => pair.split("-").map(Number));
  const stringOf = (pair) => rangeOf(pair).toString();

  function light(name, pairs) {
    if (!CSS.highlights) return;
    if (pairs.length) CSS.highlights.set(name, new Highlight(...pairs.map(rangeOf)));
    else CSS.highlights.delete(name);
  }
  function selectedWords() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
    let start = offsetOf(range.startContainer, range.startOffset), end = offsetOf(range.endContainer, range.endOffset);
    if (start === null || end === null) return null;
    const words = range.toString();
    start += points(words) - points(words.trimStart());
    end -= points(words) - points(words.trimEnd());
    return start < end ? [start, end] : null;
  }

  // Selecting
  async function fetchPanel(id) {
    if (panels.has(id)) return panels.get(id);
    const answer = await fetch(address({ claim: id, part: "panel" }));
    if (!answer.ok) throw new Error(answer.status);
    const html = await answer.text();
    panels.set(id, html);
    return html;
  }
  function plainPanel(row) {
    const box = claimBox();
    if (!box) return;
    const id = row.id.slice(1);
    box.dataset.claim = panels.prefix + id;
    box.dataset.id = id;
    box.dataset.seen = "0";
    box.dataset.w = row.dataset.w || "";
    box.querySelector("h2").textContent = row.querySelector("a").textContent;
    all(".of, .how, .more, .decide ~ .decide", box).forEach((el) => el.remove());
    all("input[name=claim]", box).forEach((el) => { el.value = panels.prefix + id; });
  }
  if (claimBox()) panels.prefix = claimBox().dataset.claim.slice(0, -10);

  let works = 0;
  async function busy(work) {
    works += 1;
    panel.setAttribute("aria-busy", "true");
    try { return await work(); } finally { works -= 1; if (!works) panel.removeAttribute("aria-busy"); }
  }
  const select = (id, options) => busy(() => selectNow(id, options));
  async function selectNow(id, { focus = "row", scroll = true } = {}) {
    const row = rowOf(id);
    if (!row) return;
    leaveWords();
    current = id;
    all("[aria-current]", list).forEach((el) => { el.removeAttribute("aria-current"); el.querySelector("a").tabIndex = -1; });
    row.setAttribute("aria-current", "true");
    const link = row.querySelector("a");
    link.tabIndex = 0;
    if (focus === "row") link.focus({ preventScroll: true });
    const pairs = rangesIn(row.dataset.w);
    light("on", pairs);
    all(".on", text).forEach((el) => el.classList.remove("on"));
    all("[data-ref].on").forEach((el) => el.classList.remove("on"));
    all(`[data-ref="${id}"]`).forEach((el) => el.classList.add("on"));
    if (scroll && pairs.length) {
      const box = rangeOf(pairs[0]).getBoundingClientRect();
      if (wide.matches && (box.top < 80 || box.bottom > innerHeight - 60)) scrollBy(0, box.top - innerHeight / 3);
    }
    if (wide.matches) row.scrollIntoView({ block: "nearest" });
    else if (scroll) panel.scrollIntoView({ block: "nearest" });
    history.replaceState(null, "", address({ claim: id }));
    try {
      const html = await fetchPanel(id);
      if (current !== id) return;
      panel.innerHTML = html;
      relabel(panel);
      all(".scripted", panel).forEach((el) => { el.hidden = false; });
    } catch { if (current === id) plainPanel(row); }
    if (focus.startsWith("button:")) (panel.querySelector(`.decide button[value="${focus.slice(7)}"]`) || link).focus();
    ahead();
  }
  // The panel after this one is fetched before it is asked for.
  function ahead() {
    const next = following((row) => row.className === "undecided");
    if (next && !panels.has(next.id.slice(1))) fetchPanel(next.id.slice(1)).catch(() => {});
  }
  function following(fits, step = 1, from = current) {
    const lines = rows(), at = lines.findIndex((row) => row.id === "v" + from);
    for (let n = 1; n <= lines.length; n += 1) {
      const row = lines[(at + step * n + lines.length * 2) % lines.length];
      if (fits(row)) return row;
    }
    return null;
  }
  function move(fits, step, options) {
    const row = following(fits, step);
    if (row) return select(row.id.slice(1), options);
    say("Nothing is left undecided in this list.");
    return null;
  }
  const toNext = (options) => move((row) => row.className === "undecided", 1, options);

  // Deciding
  function count(before, after) {
    if (left) left.textContent = Number(left.textContent) + (OPEN.includes(after) ? 1 : 0) - (OPEN.includes(before) ? 1 : 0);
  }
  function setState(row, state) {
    count(row.className, state);
    row.className = state;
    all("em", row).forEach((el) => el.remove());
    if (state === "undecided") return;
    const told = document.createElement("em");
    told.textContent = state;
    row.append(" ", told);
  }
  function apply(answer) {
    for (const told of answer.rows || []) {
      panels.delete(told.id);
      const row = rowOf(told.id);
      if (!told.html.trim()) {
        if (row) { count(row.className, "gone"); row.remove(); }
        continue;
      }
      const shell = document.createElement("template");
      shell.innerHTML = told.html;
      const made = shell.content.querySelector("li");
      if (row) {
        count(row.className, told.state);
        if (row.hasAttribute("aria-current")) made.setAttribute("aria-current", "true");
        made.querySelector("a").tabIndex = row.querySelector("a").tabIndex;
        const had = row.contains(document.activeElement);
        row.replaceWith(made);
        if (had) made.querySelector("a").focus({ preventScroll: true });
      } else {
        const group = list.querySelector(`[data-g="${CSS.escape(told.group)}"]`);
        if (group) group.prepend(made); else location.assign(address({ claim: told.id }));
      }
    }
    if (answer.meanwhile && answer.meanwhile.length) {
      const others = answer.meanwhile.map((row) => `${row.person} (${row.verdict})`).join(", ");
      say(`Decided meanwhile by ${others} too. Both decisions stay.`);
    }
  }
  document.addEventListener("brinkline:saved", (event) => { if (event.detail.body && event.detail.item.what.narrative === key) apply(event.detail.body); });

  function focusNow() {
    const button = document.activeElement && document.activeElement.closest(".decide button");
    return button ? "button:" + button.value : "row";
  }
  const decide = (what, options) => busy(() => decideNow(what, options));
  async function decideNow(what, { stay = false } = {}) {
    const focus = focusNow(), box = claimBox();
    const full = { id: newId(), narrative: key, ...what };
    if (box && full.claim && !Array.isArray(full.claim)) full.seen = box.dataset.seen;
    const verdict = full.verdict;
    say("");
    const claims = [full.claim || []].flat();
    for (const claim of claims) {
      const row = rowOf(claim.slice(-10));
      if (row && STATE[verdict]) setState(row, STATE[verdict]);
      panels.delete(claim.slice(-10));
    }
    const answer = await unsaved.send("/decisions", full);
    if (answer && answer.fault) { say(answer.fault); panels.delete(current); location.reload(); return; }
    if (answer && verdict === "new" && answer.rows[0]) return select(answer.rows[0].id);
    if (verdict === "undo" || verdict === "redo") {
      if (!answer) return say("This waits for the network.");
      if (!answer.rows.length) return say(verdict === "undo" ? "There is nothing to take back." : "There is nothing to bring back.");
      say(verdict === "undo" ? "Taken back." : "Brought back.");
      const row = answer.rows.find((item) => rowOf(item.id));
      return row ? select(row.id) : toNext();
    }
    if (claims.length > 1) say(`${claims.length} accepted. Undo takes all of them back.`);
    if (stay) return select(current);
    return toNext({ focus });
  }
  const claim = () => (claimBox() || { dataset: {} }).dataset.claim;
  const verdict = (name) => () => claim() && decide({ verdict: name, claim: claim() });

  function fieldsOf(form, submitter) {
    const data = new FormData(form, submitter), what = {};
    for (const name of new Set(data.keys())) {
      if (["token", "id", "narrative", "back", "seen"].includes(name)) continue;
      const values = data.getAll(name);
      what[name] = values.length > 1 ? values : values[0];
    }
    return what;
  }
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.id === "new-what") {
      event.preventDefault();
      return showNew(new URLSearchParams(new FormData(form)));
    }
    if (form.getAttribute("action") === "/comments") {
      event.preventDefault();
      const what = { id: newId(), narrative: key, ...fieldsOf(form) };
      panels.delete(current);
      const answer = await unsaved.send("/comments", what);
      say(answer ? "Comment saved." : "The comment waits for the network.");
      return select(current);
    }
    if (form.getAttribute("action") !== "/decisions") return null;
    event.preventDefault();
    const what = fieldsOf(form, event.submitter);
    if (form.closest("#words") && mode && !form.elements.words.dataset.typed) return saveWords();
    leaveWords();
    return decide(what);
  });

  // Words
  let words = null;
  function wordList() {
    if (words) return words;
    words = [];
    for (const block of blocks) {
      const whole = block.textContent, first = Number(block.dataset.o);
      for (const found of whole.matchAll(/[\p{L}\p{N}]+(?:[’'.\-][\p{L}\p{N}]+)*/gu)) {
        const start = first + points(whole.slice(0, found.index));
        words.push([start, start + points(found[0])]);
      }
    }
    return words;
  }
  function startWords() {
    const box = claimBox();
    if (!box || !panel.querySelector("#words")) return;
    if (mode) { mode.at = (mode.at + 1) % mode.pairs.length; return showWords(); }
    const pairs = rangesIn(box.dataset.w), chosen = selectedWords();
    mode = { pairs: pairs.length ? pairs : [wordList()[0]], at: 0 };
    if (chosen) mode.pairs[0] = chosen;
    getSelection().removeAllRanges();
    panel.querySelector("#words").open = true;
    text.tabIndex = -1;
    text.focus({ preventScroll: true });
    return showWords();
  }
  function showWords() {
    light("on", mode.pairs.filter((pair, n) => n !== mode.at));
    light("edit", [mode.pairs[mode.at]]);
    if (!CSS.highlights) { getSelection().removeAllRanges(); getSelection().addRange(rangeOf(mode.pairs[mode.at])); }
    const field = panel.querySelector("#words textarea");
    if (field) { field.value = stringOf(mode.pairs[mode.at]); delete field.dataset.typed; }
    say(`Words: “${stringOf(mode.pairs[mode.at])}”. Enter saves, Esc leaves.`);
  }
  function leaveWords() {
    if (!mode) return;
    mode = null;
    light("edit", []);
    say("");
    const row = rowOf(current);
    if (row) light("on", rangesIn(row.dataset.w));
  }
  function saveWords() {
    const evidence = mode.pairs.map((pair) => pair.join("-")).join(" ");
    leaveWords();
    return decide({ verdict: "edit", claim: claim(), evidence }, { stay: true });
  }
  function stretch(side, step) {
    const pair = [...mode.pairs[mode.at]], known = wordList();
    if (side === "end") {
      const last = known.filter(([, end]) => end <= pair[1]).length - 1;
      const next = known[step > 0 ? known.findIndex(([, end]) => end > pair[1]) : last - (known[last] && known[last][1] === pair[1] ? 1 : 0)];
      if (next && next[1] > pair[0]) pair[1] = next[1];
    } else {
      const first = known.findIndex(([start]) => start >= pair[0]);
      const next = step > 0 ? known.find(([start]) => start > pair[0]) : known[first - 1];
      if (next && next[0] < pair[1]) pair[0] = next[0];
    }
    mode.pairs[mode.at] = pair;
    showWords();
  }
  panel.addEventListener("input", (event) => { if (event.target.name === "words") event.target.dataset.typed = "1"; });
  panel.addEventListener("toggle", (event) => { if (event.target.id === "words" && event.target.open && !mode) startWords(); }, true);
  text.addEventListener("mouseup", () => {
    if (!mode) return;
    const chosen = selectedWords();
    if (!chosen) return;
    mode.pairs[mode.at] = chosen;
    getSelection().removeAllRanges();
    showWords();
  });

  // New claims
  const showNew = (asked) => busy(() => showNewNow(asked));
  async function showNewNow(asked) {
    asked.set("part", "panel");
    try {
      const answer = await fetch(`/narratives/${encodeURIComponent(key)}/new?${asked}`);
      if (!answer.ok) throw new Error(answer.status);
      leaveWords();
      panel.innerHTML = await answer.text();
      panel.querySelector("select").focus();
    } catch { say("A new claim needs the network: its values come from the codebook."); }
  }
  function startNew() {
    const chosen = selectedWords(), asked = new URLSearchParams();
    if (chosen) {
      asked.set("evidence", chosen.join("-"));
      asked.set("words", stringOf(chosen).slice(0, 300));
      light("on", [chosen]);
      getSelection().removeAllRanges();
    }
    showNew(asked);
  }
  panel.addEventListener("change", (event) => { if (event.target.closest("#new-what")) event.target.form.requestSubmit(); });

  // Parts of the panel
  function openPart(id, focus) {
    const part = panel.querySelector("#" + id);
    if (!part) return;
    part.open = id === "why" ? !part.open : true;
    if (!part.open) return;
    all("details", panel).forEach((other) => { if (other !== part) other.open = false; });
    const field = focus && (part.querySelector("input:checked") || part.querySelector(focus));
    if (field) field.focus();
    part.scrollIntoView({ block: "nearest" });
  }
  function choose(number) {
    const form = panel.querySelector("#new-value") || panel.querySelector("#edit");
    const offers = form ? all("input[type=radio]", form) : [];
    if (number > Math.min(9, offers.length)) return;
    if (form.id === "edit" && !form.open) openPart("edit");
    offers[number - 1].checked = true;
    offers[number - 1].focus();
  }
  function acceptAll() {
    const claims = rows().filter((row) => row.className === "undecided").map((row) => panels.prefix + row.id.slice(1));
    if (claims.length) decide({ verdict: "accept", claim: claims });
  }

  // Keys: those of the page, changed by what the browser remembers.
  const dialog = document.getElementById("keys");
  const remembered = rememberedKeys;
  const keyOf = (tr) => (remembered().keys || {})[tr.dataset.action] || tr.dataset.key;
  const acts = {
    next: () => move(() => true, 1), previous: () => move(() => true, -1), undecided: () => toNext(),
    accept: verdict("accept"), reject: verdict("reject"), skip: verdict("skip"), flag: verdict("flag"),
    edit: () => openPart("edit", "input:not([type=hidden]), select"), words: startWords, new: startNew, why: () => openPart("why"),
    comment: () => openPart("comment", "textarea"), undo: () => decide({ verdict: "undo" }), redo: () => decide({ verdict: "redo" }),
    accept_all: acceptAll, help: () => { if (dialog && !dialog.open) { document.getElementById("single").checked = !remembered().off; dialog.showModal(); } },
  };
  if (dialog) {
    document.getElementById("single").addEventListener("change", (event) => {
      localStorage.setItem("brinkline.keys", JSON.stringify({ ...remembered(), off: !event.target.checked }));
      relabel(document);
    });
    document.getElementById("help")?.addEventListener("click", acts.help);
    all("tr[data-action] kbd", dialog).forEach((el) => { el.textContent = keyOf(el.closest("tr")); });
  }
  document.getElementById("new")?.addEventListener("click", (event) => { event.preventDefault(); startNew(); });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || (dialog && dialog.open)) return;
    const at = event.target.closest ? event.target : document.body;
    if (event.key === "Escape") {
      if (mode) leaveWords();
      all("details[open]", panel).forEach((part) => { part.open = false; });
      if (panel.querySelector(".new")) select(current);
      rowOf(current)?.querySelector("a").focus({ preventScroll: true });
      return;
    }
    if (at.matches("textarea, select, input:not([type=radio]):not([type=checkbox])")) return;
    if (mode && ["ArrowLeft", "ArrowRight"].includes(event.key)) {
      event.preventDefault();
      return stretch(event.shiftKey ? "start" : "end", event.key === "ArrowRight" ? 1 : -1);
    }
    if (mode && event.key === "Enter" && !at.matches("button, a")) { event.preventDefault(); return saveWords(); }
    if (["ArrowLeft", "ArrowRight"].includes(event.key) && text.contains(at) && at.matches("a")) {
      const links = all("a", text), next = links[links.indexOf(at) + (event.key === "ArrowRight" ? 1 : -1)];
      if (next) { event.preventDefault(); at.removeAttribute("tabindex"); next.tabIndex = 0; next.focus(); }
      return;
    }
    if (event.key === "Enter" && at.dataset.href) return at.click();
    if (remembered().off) return;
    const name = (event.key === " " ? "Space" : event.key);
    if (name === "Space" && at.matches("button, summary, input")) return;
    if (name === "Enter") return;
    if (/^[1-9]$/.test(name)) { event.preventDefault(); return choose(Number(name)); }
    const full = event.shiftKey && name.length > 1 ? "Shift+" + name : name;
    const line = dialog && all("tr[data-action]", dialog).find((tr) => keyOf(tr) === full);
    if (!line || !acts[line.dataset.action]) return;
    event.preventDefault();
    acts[line.dataset.action]();
  });

  // Clicks: on words the shortest claim under the pointer first, again on the same words the next longer one.
  function claimsAt(event) {
    const caret = document.caretPositionFromPoint ? document.caretPositionFromPoint(event.clientX, event.clientY) : null;
    const range = caret ? null : document.caretRangeFromPoint?.(event.clientX, event.clientY);
    const node = caret ? caret.offsetNode : range && range.startContainer;
    if (!node || !text.contains(node)) return [];
    const offset = offsetOf(node, caret ? caret.offset : range.startOffset);
    const found = [];
    for (const row of rows()) {
      for (const [start, end] of rangesIn(row.dataset.w)) if (start <= offset && offset <= end) found.push([end - start, row.id.slice(1)]);
    }
    return found.sort((one, other) => one[0] - other[0]).map(([, id]) => id);
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='?claim='], a[data-href]"), inside = text.contains(event.target);
    if (!link && !inside) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (inside && (mode || selectedWords())) { event.preventDefault(); return; }
    const ids = inside && event.detail ? claimsAt(event) : [];
    const named = link ? new URLSearchParams(link.dataset.href || link.getAttribute("href")).get("claim") : "";
    const id = ids.length ? ids[(ids.indexOf(current) + 1) % ids.length] : named;
    if (id && !rowOf(id) && link && link.dataset.href) location.assign(link.dataset.href);
    if (!id || !rowOf(id)) return;
    event.preventDefault();
    select(id, { focus: inside ? "none" : "row", scroll: !inside });
  });

  // A mark in a link cannot be begun with the mouse, so the links of the text are links by role here.
  all("a", text).forEach((el, n) => {
    el.dataset.href = el.getAttribute("href");
    el.removeAttribute("href");
    el.setAttribute("role", "link");
    if (!n) el.tabIndex = 0;
  });
  text.addEventListener("pointerdown", (event) => {
    const el = event.target.closest("a[tabindex]");
    if (!el) return;
    el.removeAttribute("tabindex");
    addEventListener("pointerup", () => setTimeout(() => { el.tabIndex = 0; }), { once: true });
  });
  all("a", list).forEach((el) => { el.tabIndex = -1; });
  const first = (claimBox() || { dataset: {} }).dataset.id;
  if (first) { panels.set(first, panel.innerHTML); select(first, { focus: location.hash ? "none" : "row", scroll: false }); }
  else if (rows()[0]) rows()[0].querySelector("a").tabIndex = 0;
})();

// Adjudication: digits choose an answer of the difference that has the focus, else of the first one.
(() => {
  if (!document.querySelector("[data-settle]")) return;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !/^[1-9]$/.test(event.key)) return;
    if (event.target.closest("input, select, textarea")) return;
    const form = event.target.closest("[data-settle]") || document.querySelector("[data-settle]");
    const button = form.querySelector(`button[name="choice"][value="${event.key}"]`);
    if (!button) return;
    event.preventDefault();
    button.click();
  });
})();
