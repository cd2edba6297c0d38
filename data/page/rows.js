// The rows of the page in the order of a column, and as lines for a spreadsheet.
"use strict";
const order = (() => {
  const collator = new Intl.Collator("zh-Hans-CN", { numeric: true });
  const LIGHTS = "红黄绿灰";

  // What a row is sorted by; nothing stands at the end, whichever way.
  function key(column, cell, item) {
    if (column === "c-deadline") return item[2] ?? "";
    if (column === "c-light") return `${LIGHTS.indexOf(cell.textContent[0])}${item[2] ?? "9999"}`;
    return cell.textContent.trim();
  }

  function sorted(rows, items, at, column, down) {
    const keys = rows.map((row, i) => key(column, row.cells[at], items[i]));
    const sign = down ? -1 : 1;
    return rows.map((_, i) => i).sort((a, b) =>
      (!keys[a] - !keys[b]) || sign * collator.compare(keys[a], keys[b]) || a - b);
  }

  return { sorted };
})();

const copies = (() => {
  const text = (node) => (node.nodeName === "BR" ? " " : node.childNodes.length
    ? [...node.childNodes].map(text).join("") + (node.nodeName === "B" ? " " : "") : node.textContent);
  const plain = (cell) => text(cell).replace(/\s+/g, " ").trim();
  // A spreadsheet must not run what it is given: an apostrophe makes it text.
  const guarded = (words) => (/^\u200b*[=+\-@＝＋－＠]./.test(words) ? `'${words}` : words);

  // The same as a table, whose cells Excel and WPS keep as text: 1/1/6 is no day.
  const escaped = (words) => words.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const row = (line) => line.map((words) => `<td style="mso-number-format:'\\@'">${escaped(words)}</td>`).join("");
  const table = (lines) => `<table>${lines.map((line) => `<tr>${row(line)}</tr>`).join("")}</table>`;

  // Put lines of cells on the clipboard, as words with tabs and as a table.
  function copy(lines) {
    const safe = lines.map((line) => line.map(guarded));
    const put = (event) => {
      event.clipboardData.setData("text/plain", safe.map((line) => line.join("\t")).join("\r\n"));
      event.clipboardData.setData("text/html", table(safe));
      event.preventDefault();
    };
    document.addEventListener("copy", put, { once: true });
    const done = document.execCommand("copy");
    document.removeEventListener("copy", put);
    return done;
  }

  return { copy, plain };
})();
