// The page of `aiwei export --format html`: filters, a matrix whose cells set them, headings that sort, rows to copy.
// Without it the page is the whole table. Everything it knows stands in the page: nothing is loaded, nothing stored.
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const data = JSON.parse($("data").textContent);
  // data.sections: [parent or -1, …]; data.items: [section, [[office, role], …], due or null, has a deadline, status];
  // data.lights: the rules of lights, where the page is of a ledger: only then items have a status.
  const form = $("filters");
  const fields = form.elements;
  const rows = [...document.querySelectorAll("#items .item")];
  const headings = [...document.querySelectorAll("#items .section")];
  const links = data.sections.map((_, s) => document.querySelector(`nav a[href="#s${s}"]`));
  const heads = [...document.querySelectorAll("#items thead th")];
  const NOBODY = "-";
  const COPY = $("copy").textContent;
  const STEP = 200;
  let texts = null;
  // The rows that answer, and how many of them are drawn: the others wait until they are scrolled to.
  let found = [];
  let drawn = 0;
  // The order of the rows, and where each stands in that of the text.
  const written = rows.map((_, i) => i);
  const homes = rows.map((row) => row.parentNode);
  const together = document.createElement("tbody");
  let [sequence, sorted] = [written, ""];
  const colours = data.lights ? lights.shine(rows, data.items, data.lights) : [];
  const above = data.sections.map(() => []);
  for (const heading of headings) above[Number(heading.dataset.s)].push(heading);

  const squeezed = (text) => text.replace(/\s+/g, "").toLowerCase();

  function path(section) {
    const found = [];
    for (let at = section; at >= 0; at = data.sections[at]) found.push(at);
    return found;
  }

  const names = links.map((link) => link.firstChild.textContent);
  const headed = (i) => path(data.items[i][0]).map((s) => names[s]).reverse();

  // What a keyword is looked for in: the row and the headings above it.
  const haystacks = () => rows.map((row, i) => squeezed(row.textContent + headed(i).join("\n")));

  function asked() {
    const words = fields.keyword.value.trim().toLowerCase();
    return {
      office: fields.office.value,
      role: fields.role.value,
      section: fields.section.value === "" ? -1 : Number(fields.section.value),
      words: words ? words.split(/\s+/) : [],
      time: fields.time.value,
      before: fields.before.value,
      status: fields.status?.value,
      light: fields.light?.value,
    };
  }

  function answers(i, ask) {
    const [section, duties, due, timed, status] = data.items[i];
    if (ask.office === NOBODY ? duties.length : (ask.office || ask.role) && !duties.some((duty) =>
      (!ask.office || duty[0] === Number(ask.office)) && (!ask.role || duty[1] === Number(ask.role)))) return false;
    if (ask.section >= 0 && !path(section).includes(ask.section)) return false;
    if (ask.time && ask.time !== (due ? "date" : timed ? "words" : "none")) return false;
    if (ask.before && !(due && due < ask.before)) return false;
    if ((ask.status && status !== ask.status) || (ask.light && colours[i] !== ask.light)) return false;
    return ask.words.every((word) => texts[i].includes(word));
  }

  function apply() {
    const ask = asked();
    if (ask.words.length && !texts) texts = haystacks();
    const left = new Array(data.sections.length).fill(0);
    arrange();
    found = sequence.filter((i) => answers(i, ask));
    for (const row of rows) {
      row.hidden = true;
      row.classList.add("late");
    }
    for (const i of found) {
      rows[i].hidden = false;
      for (const section of path(data.items[i][0])) left[section] += 1;
    }
    for (const heading of headings) {
      heading.hidden = sorted !== "" || !left[Number(heading.dataset.s)];
      heading.classList.add("late");
    }
    drawn = 0;
    draw(STEP);
    links.forEach((link, s) => {
      link.lastChild.textContent = left[s];
      link.classList.toggle("chosen", s === ask.section);
    });
    for (const mark of document.querySelectorAll(".hit")) mark.classList.remove("hit");
    if (ask.office && ask.office !== NOBODY) {
      for (const name of document.querySelectorAll(`.o[data-o="${Number(ask.office)}"]`)) name.classList.add("hit");
    }
    for (const button of document.querySelectorAll("#matrix table button")) {
      const { o, s } = button.parentNode.dataset;
      button.setAttribute("aria-pressed", String(
        (o ?? "") === ask.office && (s === undefined ? -1 : Number(s)) === ask.section));
    }
    const conditions = chosen();
    $("count").textContent = conditions
      ? `${rows.length} 个事项中的 ${found.length} 个（${conditions}）` : `${rows.length} 个事项`;
  }

  // Put the rows into the order that is chosen: those of a column stand together, each says its heading.
  function arrange() {
    if (fields.sort.value === sorted) return;
    sorted = fields.sort.value;
    const [at, down] = sorted.split(" ");
    sequence = sorted ? order.sorted(rows, data.items, Number(at), heads[at].classList[0], down === "down") : written;
    for (const i of sequence) (sorted ? together : homes[i]).append(rows[i]);
    for (const head of heads) head.removeAttribute("aria-sort");
    if (sorted) heads[at].setAttribute("aria-sort", down === "down" ? "descending" : "ascending");
  }

  // Draw the first rows that answer, so many of them, with the headings above them.
  function draw(upto) {
    for (; drawn < Math.min(upto, found.length); drawn += 1) {
      const i = found[drawn];
      rows[i].classList.remove("late");
      if (sorted) rows[i].querySelector("td.task").dataset.under = headed(i).at(-1) ?? "";
      else for (const section of path(data.items[i][0])) for (const heading of above[section]) heading.classList.remove("late");
    }
    end.hidden = drawn >= found.length;
  }

  // The place that the address names, #一/（一）/6, drawn where it still waits.
  function go() {
    const words = named();
    if (words.includes("=")) return read(words);
    const place = $(words);
    const row = place?.closest("tr");
    if (!row) return undefined;
    const at = found.findIndex((i) => rows[i].compareDocumentPosition(row) === 0
      || (rows[i].compareDocumentPosition(row) & Node.DOCUMENT_POSITION_PRECEDING));
    if (at >= drawn) draw(at + STEP);
    return place.scrollIntoView({ block: "start" });
  }

  function named() {
    try { return decodeURIComponent(location.hash.slice(1)); } catch { return ""; }
  }

  // The filters are in the address, by the words that are chosen: #office=水利局&role=牵头
  const shown = (field) => (field.options ? field.selectedOptions[0].textContent.trim() : field.value);

  function write() {
    const asked = new URLSearchParams();
    for (const field of fields) if (field.name && field.value) asked.set(field.name, shown(field));
    const hash = String(asked);
    if (!hash && !named().includes("=")) return;
    try { history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search); } catch { /* a page from a strict place keeps its address */ }
  }

  function read() {
    const asked = new URLSearchParams(location.hash.slice(1));
    form.reset();
    for (const field of fields) {
      const words = field.name && asked.get(field.name);
      if (!words) continue;
      if (!field.options) field.value = words;
      else field.value = [...field.options].find((option) => option.textContent.trim() === words)?.value ?? "";
    }
    apply();
  }

  // The conditions in words, for the reader and for what is printed.
  function chosen() {
    return [...fields].filter((field) => field.name && field.value && field !== fields.sort)
      .map((field) => `${field.dataset.label}：${shown(field)}`).join("，");
  }

  // What is listed, in its order, also the rows that are not drawn yet.
  function lines() {
    const titles = [...(names.length ? ["所属章节"] : []), ...heads.map(copies.plain)];
    const cells = (i) => [...(names.length ? [headed(i).join("，")] : []), ...[...rows[i].cells].map(copies.plain)];
    return [titles, ...found.map(cells)];
  }

  function copy() {
    $("copy").textContent = copies.copy(lines()) ? `已复制 ${found.length} 行` : "没有复制成";
    setTimeout(() => { $("copy").textContent = COPY; }, 2000);
  }

  function choose(office, section) {
    const same = fields.office.value === office && fields.section.value === section;
    fields.office.value = same ? "" : office;
    fields.section.value = same ? "" : section;
    change();
    if (!same) $("items").scrollIntoView({ block: "start" });
  }

  for (const cell of document.querySelectorAll("#matrix [data-o], #matrix [data-s]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...cell.childNodes);
    if (cell.title) button.setAttribute("aria-label", cell.title);
    cell.append(button);
  }
  $("matrix").addEventListener("click", (event) => {
    const cell = event.target.closest("table button")?.parentNode;
    if (cell) choose(cell.dataset.o ?? "", cell.dataset.s ?? "");
  });
  // Each heading sorts by its column: up, down, and back to the order of the text, in which the first column stands.
  heads.forEach((head, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    const ways = at ? [["up", "↑"], ["down", "↓"]] : [];
    for (const [way, sign] of ways) fields.sort.add(new Option(`${head.textContent} ${sign}`, `${at} ${way}`));
    button.addEventListener("click", () => {
      const next = [...ways.map(([way]) => `${at} ${way}`), ""];
      fields.sort.value = next[(next.indexOf(fields.sort.value) + 1 || 0) % next.length];
      change();
    });
  });
  $("items").querySelector("table").append(together);
  // The end of the rows that are drawn: when it comes in sight, further ones are.
  const end = document.createElement("div");
  $("items").append(end);
  new IntersectionObserver((seen) => {
    if (seen.some((each) => each.isIntersecting)) draw(drawn + STEP);
  }, { rootMargin: "1500px" }).observe(end);
  window.addEventListener("beforeprint", () => draw(found.length));
  const folded = [...document.querySelectorAll("#matrix .late")];
  if (folded.length) {
    const more = document.createElement("button");
    more.type = "button";
    more.id = "more";
    more.textContent = `展开其余 ${folded.length} 个单位`;
    const unfold = () => { for (const row of folded) row.classList.remove("late"); more.remove(); };
    more.addEventListener("click", unfold);
    window.addEventListener("beforeprint", unfold);
    $("matrix").append(more);
  }
  const change = () => { apply(); write(); };
  form.addEventListener("input", change);
  form.addEventListener("submit", (event) => event.preventDefault());
  $("copy").addEventListener("click", copy);
  $("clear").addEventListener("click", () => { form.reset(); change(); });
  window.addEventListener("hashchange", go);
  if (window.matchMedia("(max-width: 60rem)").matches) document.querySelector("nav details").open = false;
  form.hidden = false;
  form.reset(); // a page that is loaded again keeps what was chosen before, and shows all
  apply();
  go();
})();
