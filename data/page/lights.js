// The lights of a ledger's page, by the reader's own day: a page that is opened a week later is not a week behind.
// The rules (lights.yaml) stand in the page; a day that was asked for (--as-of) holds whatever the reader's day is.
"use strict";
const lights = (() => {
  const number = (day) => Date.parse(day) / 86400000;

  function today() {
    const now = new Date();
    return new Date(now.getTime() - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
  }

  // 红（逾期3天）, 黄（还有2天）, 绿: as aiwei_cli/tracking/lights.py says it.
  function words(status, due, day, rules) {
    if (status in rules.of) return rules.of[status];
    if (!due) return rules.undated;
    const left = number(due) - number(day);
    if (left < 0) return `红（逾期${-left}天）`;
    if (left > rules.yellow_days) return "绿";
    return left ? `黄（还有${left}天）` : "黄（今天到期）";
  }

  // Light each row on the day, and say which day it is. Gives the colour of each row.
  function shine(rows, items, rules) {
    const day = rules.fixed ? rules.day : today();
    if (!rules.fixed) document.getElementById("day").textContent = `今天 ${day}`;
    return rows.map((row, i) => {
      const [, , due, , status] = items[i];
      const found = words(status, due, day, rules);
      const cell = row.querySelector(".light");
      cell.textContent = found;
      cell.className = `light l${"红黄绿灰".indexOf(found[0])}`;
      return found[0];
    });
  }

  return { shine, words };
})();
