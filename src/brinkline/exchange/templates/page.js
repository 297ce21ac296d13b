
"use strict";
// Selecting a value shows its words, selecting words shows the value. Without this script the links do the same by their targets.
(() => {
  const all = (css, root = document) => [...root.querySelectorAll(css)];
  const byId = (id) => document.getElementById(id);
  const text = byId("text"), values = byId("values"), bar = byId("bar");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const wide = matchMedia("(min-width: 64rem)");
  const rowOf = (id) => byId("v-" + id);
  const wordsOf = (id) => all(`[data-m~="${id}"]`, text).filter((el) => !el.classList.contains("tag") || id[0] !== "e");
  let current = null, came = null;

  const reach = (el, block) => el && el.scrollIntoView({ behavior: calm.matches ? "auto" : "smooth", block });

  function clear() {
    all(".on").forEach((el) => el.classList.remove("on"));
    all("[aria-current]").forEach((el) => el.removeAttribute("aria-current"));
    bar.classList.remove("up");
    bar.replaceChildren();
    current = null;
  }

  function button(label, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = label;
    made.addEventListener("click", act);
    return made;
  }

  // The runs of marked pieces: a value with several quotes has several.
  function runs(pieces) {
    const starts = [];
    pieces.forEach((piece, n) => {
      const before = pieces[n - 1];
      const range = document.createRange();
      if (before) { range.setStartAfter(before); range.setEndBefore(piece); }
      const between = range.cloneContents();
      all(".tag", between).forEach((tag) => tag.remove());
      if (!before || between.textContent.trim() !== "") starts.push(piece);
    });
    return starts;
  }

  function describe(id, row, pieces) {
    const told = document.createElement("span");
    told.className = "told";
    const cells = (row ? all("th, .value, .when, .what", row) : []).map((el) => el.cloneNode(true));
    cells.forEach((el) => all(".code", el).forEach((code) => code.remove()));
    const plain = row ? row.textContent : pieces.map((el) => el.textContent).join("");
    told.textContent = (cells.map((el) => el.textContent.trim()).join(" · ") || plain).replace(/\s+/g, " ");
    if (row && row.title) told.textContent += " · " + row.title;
    return told;
  }

  function select(id, from) {
    clear();
    const row = rowOf(id), pieces = wordsOf(id);
    if (!row && !pieces.length) return;
    current = id;
    pieces.forEach((el) => el.classList.add("on"));
    if (row) { row.classList.add("on"); row.setAttribute("aria-current", "true"); }
    all(`[data-ref~="${id}"]`).forEach((el) => el.classList.add("on"));
    const starts = runs(pieces);
    let place = 0;
    bar.append(describe(id, row, pieces));
    if (starts.length > 1) bar.append(button(`Next words (${starts.length})`, () => { place = (place + 1) % starts.length; reach(starts[place], "center"); }));
    if (starts.length) bar.append(button("Words", () => focusOn(starts[place])));
    if (row) bar.append(button("Value", () => focusOn(row.querySelector("a.to") || row)));
    bar.append(button("Close", () => { clear(); back(); }));
    bar.classList.add("up");
    if (from !== "text") reach(starts[0], "center");
    if (from !== "values" && row && wide.matches) reach(row, "nearest");
    // A page shown inside another one may not be allowed to change its address.
    try { history.replaceState(null, "", "#v-" + id); } catch (refused) { /* selecting works all the same */ }
  }

  function focusOn(el) {
    if (!el.matches("a, button")) el.tabIndex = -1;
    el.focus({ preventScroll: true });
    reach(el, "center");
  }

  function back() { if (came && came.isConnected) came.focus(); came = null; }

  // In the text: the shortest mark under the pointer first; again on the same words goes to the next longer one.
  text.addEventListener("click", (event) => {
    const piece = event.target.closest("[data-m]");
    if (!piece || String(getSelection())) return;
    event.preventDefault();
    const ids = piece.dataset.m.split(" ");
    const next = ids[(ids.indexOf(current) + 1) % ids.length];
    came = piece;
    select(next, "text");
    if (event.detail === 0 && rowOf(next)) focusOn(rowOf(next).querySelector("a.to") || rowOf(next));
  });

  values.addEventListener("click", (event) => {
    const row = event.target.closest("[id^='v-']"), link = row && row.querySelector("a.to");
    if (!link || String(getSelection())) return;
    event.preventDefault();
    const id = row.id.slice(2), first = wordsOf(id)[0];
    came = link;
    select(id, "values");
    if (event.detail === 0 && first) focusOn(first);
  });

  all(".bl-chart").forEach((chart) => chart.addEventListener("click", (event) => {
    const shape = event.target.closest("[data-ref]");
    const id = shape && shape.dataset.ref.split(" ").find(rowOf);
    if (id) select(id, "chart");
  }));

  // One stop for the Tab key in the text; arrow keys go from mark to mark.
  const stops = all(".prose a", text);
  stops.forEach((el, n) => { el.tabIndex = n ? -1 : 0; });
  text.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const at = stops.indexOf(event.target);
    if (!step || at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const next = stops[Math.min(Math.max(at + step, 0), stops.length - 1)];
    event.target.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && current) { clear(); back(); } });

  // On narrow screens the style sheet lays tables out as blocks; the roles keep their meaning for screen readers.
  const roles = { table: "table", "thead,tbody": "rowgroup", tr: "row", "thead th": "columnheader", "tbody th": "rowheader", td: "cell" };
  Object.entries(roles).forEach(([css, role]) => all(css).forEach((el) => el.setAttribute("role", role)));

  byId("hint").hidden = false;
  const asked = /^#[vw]-([a-z]\d+)$/.exec(location.hash);
  if (asked) select(asked[1], "link");
})();
