// The page of `aiwei export --format html`: filters, and a matrix whose cells set them.
// Without it the page is the whole table. Everything it knows stands in the page: nothing is loaded, nothing stored.
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const data = JSON.parse($("data").textContent);
  // data.sections: [parent or -1, …]; data.items: [section, [[office, role], …], due or null, has a deadline].
  const form = $("filters");
  const fields = form.elements;
  const rows = [...document.querySelectorAll("#items .item")];
  const headings = [...document.querySelectorAll("#items .section")];
  const links = data.sections.map((_, s) => document.querySelector(`nav a[href="#s${s}"]`));
  const NOBODY = "-";
  let texts = null;

  const squeezed = (text) => text.replace(/\s+/g, "").toLowerCase();

  function path(section) {
    const found = [];
    for (let at = section; at >= 0; at = data.sections[at]) found.push(at);
    return found;
  }

  // What a keyword is looked for in: the row and the headings above it.
  function haystacks() {
    const names = links.map((link) => link.firstChild.textContent);
    return rows.map((row, i) => squeezed(row.textContent + path(data.items[i][0]).map((s) => names[s]).join("\n")));
  }

  function asked() {
    const words = fields.keyword.value.trim().toLowerCase();
    return {
      office: fields.office.value,
      role: fields.role.value,
      section: fields.section.value === "" ? -1 : Number(fields.section.value),
      words: words ? words.split(/\s+/) : [],
      time: fields.time.value,
      before: fields.before.value,
    };
  }

  function answers(i, ask) {
    const [section, duties, due, timed] = data.items[i];
    if (ask.office === NOBODY ? duties.length : (ask.office || ask.role) && !duties.some((duty) =>
      (!ask.office || duty[0] === Number(ask.office)) && (!ask.role || duty[1] === Number(ask.role)))) return false;
    if (ask.section >= 0 && !path(section).includes(ask.section)) return false;
    if (ask.time && ask.time !== (due ? "date" : timed ? "words" : "none")) return false;
    if (ask.before && !(due && due < ask.before)) return false;
    return ask.words.every((word) => texts[i].includes(word));
  }

  function apply() {
    const ask = asked();
    if (ask.words.length && !texts) texts = haystacks();
    const left = new Array(data.sections.length).fill(0);
    let count = 0;
    rows.forEach((row, i) => {
      const shown = answers(i, ask);
      row.hidden = !shown;
      if (shown) {
        count += 1;
        for (const section of path(data.items[i][0])) left[section] += 1;
      }
    });
    for (const heading of headings) heading.hidden = !left[Number(heading.dataset.s)];
    links.forEach((link, s) => {
      link.lastChild.textContent = left[s];
      link.classList.toggle("chosen", s === ask.section);
    });
    for (const mark of document.querySelectorAll(".hit")) mark.classList.remove("hit");
    if (ask.office && ask.office !== NOBODY) {
      for (const name of document.querySelectorAll(`.o[data-o="${Number(ask.office)}"]`)) name.classList.add("hit");
    }
    for (const button of document.querySelectorAll("#matrix button")) {
      const { o, s } = button.parentNode.dataset;
      button.setAttribute("aria-pressed", String(
        (o ?? "") === ask.office && (s === undefined ? -1 : Number(s)) === ask.section));
    }
    const conditions = chosen();
    $("count").textContent = conditions
      ? `${rows.length} 个事项中的 ${count} 个（${conditions}）` : `${rows.length} 个事项`;
  }

  // The conditions in words, for the reader and for what is printed.
  function chosen() {
    return [...fields].filter((field) => field.name && field.value).map((field) => {
      const value = field.options ? field.selectedOptions[0].textContent.trim() : field.value;
      return `${field.dataset.label}：${value}`;
    }).join("，");
  }

  function choose(office, section) {
    const same = fields.office.value === office && fields.section.value === section;
    fields.office.value = same ? "" : office;
    fields.section.value = same ? "" : section;
    apply();
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
    const cell = event.target.closest("button")?.parentNode;
    if (cell) choose(cell.dataset.o ?? "", cell.dataset.s ?? "");
  });
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  $("clear").addEventListener("click", () => { form.reset(); apply(); });
  if (window.matchMedia("(max-width: 60rem)").matches) document.querySelector("nav details").open = false;
  form.hidden = false;
  form.reset(); // a page that is loaded again keeps what was chosen before, and shows all
  apply();
})();
