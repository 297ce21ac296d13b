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
