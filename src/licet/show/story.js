"use strict";
// The page reads without this. It adds: any day by slider, Escape to close, arrow keys from cell to cell.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const range = document.getElementById("range");
  const day = document.getElementById("day");
  const readout = document.getElementById("readout");
  const DAY = 86400000;
  const first = Date.parse(data.first);
  const count = Math.round((Date.parse(data.last) - first) / DAY);
  const iso = (number) => new Date(first + number * DAY).toISOString().slice(0, 10);

  const state = () => {
    const osaka = document.getElementById("osaka").checked;
    const rubio = document.getElementById("rubio").checked;
    return osaka && rubio ? "both" : osaka ? "osaka" : rubio ? "rubio" : "real";
  };

  const outcomeOn = (stretches, when) => {
    let found = stretches[0][1];
    for (const [since, outcome] of stretches) if (since <= when) found = outcome;
    return found;
  };

  const item = (name, parts) => {
    const made = document.createElement("li");
    made.className = name;
    for (const [tag, text] of parts) made.appendChild(Object.assign(document.createElement(tag), { textContent: text }));
    return made;
  };

  const moveCursors = (when) => {
    for (const svg of document.querySelectorAll("svg[data-first]")) {
      const from = Date.parse(svg.dataset.first);
      const days = (Date.parse(svg.dataset.last) - from) / DAY + 1;
      const place = (Date.parse(when) - from) / DAY;
      const cursor = svg.querySelector(".cursor");
      const x = Number(svg.dataset.left) + (Number(svg.dataset.room) * (place + 0.5)) / days;
      cursor.setAttribute("x1", x);
      cursor.setAttribute("x2", x);
      cursor.classList.toggle("on", place >= 0 && place < days);
    }
  };

  const draw = () => {
    const when = iso(Number(range.value));
    day.value = when;
    range.setAttribute("aria-valuetext", when);
    const items = data.columns.map((column, number) => {
      const outcome = outcomeOn(data.states[state()][number], when);
      const [glyph, word] = data.looks[outcome];
      return item(outcome, [["b", `${glyph} ${column.words[outcome] || word}`], ["span", column.title]]);
    });
    if (when > data.verified) items.push(item("late", [["span", `law verified through ${data.verified}; later changes are not known here`]]));
    readout.replaceChildren(...items);
    moveCursors(when);
  };

  const opened = () => document.querySelector(".drawer:target");
  let scroll = 0;
  const close = () => {
    const drawer = opened();
    if (!drawer) return;
    const back = drawer.querySelector(".close").hash;
    const y = scrollY;
    location.hash = back;
    scrollTo({ top: y, behavior: "instant" });
    const cell = document.querySelector(back);
    const link = cell && (cell.matches("a") ? cell : [...cell.querySelectorAll("a")].find((one) => one.offsetParent));
    if (link) link.focus({ preventScroll: true });
  };

  const pick = () => {
    for (const one of document.querySelectorAll(".picked")) one.classList.remove("picked");
    const drawer = opened();
    if (!drawer) return;
    for (const one of document.querySelectorAll(`.story a[href="#${CSS.escape(drawer.id)}"]`)) one.classList.add("picked");
    drawer.focus({ preventScroll: true });
    drawer.scrollTop = 0;
  };

  const STEP = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const move = (event) => {
    const link = document.activeElement;
    const step = STEP[event.key];
    if (!step || !link.matches(".story a")) return;
    const rows = [...document.querySelectorAll(".story tbody tr")].filter((row) => row.offsetParent);
    const row = link.closest("tr");
    const cells = (one) => [...one.querySelectorAll("a")].filter((a) => a.offsetParent);
    const across = link.closest("td") ? cells(row).indexOf(link) : Number(row.dataset.across || 0);
    const next = step[1] ? rows[rows.indexOf(row) + step[1]] : row;
    if (!next) return;
    const there = cells(next);
    const target = there.length === 1 ? there[0] : there[Math.min(Math.max(across + step[0], 0), there.length - 1)];
    if (there.length === 1) next.dataset.across = across;
    event.preventDefault();
    target.focus();
  };

  document.body.classList.add("scripted");
  range.max = count;
  range.value = Math.round((Date.parse(day.value) - first) / DAY);
  range.addEventListener("input", draw);
  day.addEventListener("change", () => {
    if (!day.value) return;
    range.value = Math.round((Date.parse(day.value) - first) / DAY);
    draw();
  });
  for (const id of ["osaka", "rubio"]) document.getElementById(id).addEventListener("change", draw);
  addEventListener("hashchange", pick);
  addEventListener("load", pick);
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    else move(event);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".close");
    if (!link) return;
    event.preventDefault();
    close();
  });
  draw();
})();
