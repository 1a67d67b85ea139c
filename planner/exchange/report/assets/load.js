// How busy each trade is, week by week: a figure in every cell, darker where it is more.

const WEEKS_A_BLOCK = 27;
const BOTTLENECKS_SHOWN = 6;

function loadPart() {
  const { weeks, rows } = data.load;
  if (!rows.length) {
    return null;
  }
  const whole = scrollBox(t("load.label"), loadTable(0, weeks.length));
  whole.classList.add("screen-only");
  return part("load", t("load.lead"), bottleneckList(), loadLegend(), whole, paperBox(loadPaper));
}

function loadPaper() {
  const blocks = [];
  for (let from = 0; from < data.load.weeks.length; from += WEEKS_A_BLOCK) {
    blocks.push(loadTable(from, Math.min(from + WEEKS_A_BLOCK, data.load.weeks.length)));
  }
  return blocks;
}

function rowName(row) {
  return row.area === null ? row.trade : areaText(row.area);
}

function areaText(area) {
  return area.length ? area.join(", ") : t("load.everywhere");
}

function bottleneckList() {
  const { bottlenecks, rows, weeks } = data.load;
  if (!bottlenecks.length) {
    return el("p", { class: "bottlenecks none" }, t("load.room"), ` ${tightest()}`);
  }
  const entries = bottlenecks.slice(0, BOTTLENECKS_SHOWN).map(({ row, fullWeeks, run }) => {
    const { trade, area, share } = rows[row];
    const name = area === null ? trade : `${trade} · ${areaText(area)}`;
    return el(
      "li",
      {},
      el("strong", {}, name),
      " ",
      t("load.full", {
        weeks: counted(fullWeeks, "week"),
        span: spanText(weeks[run[0]], weeks[run[1]] + 6),
        share: percent(share),
      }),
    );
  });
  const more = bottlenecks.length - BOTTLENECKS_SHOWN;
  return el(
    "div",
    { class: "bottlenecks" },
    el("h3", {}, t("load.bottlenecks")),
    el("ol", {}, entries),
    more > 0 ? el("p", {}, t("load.more", { n: number(more) })) : "",
  );
}

/** The trade with the least room, where none is full in any week. */
function tightest() {
  const row = data.load.rows.reduce((a, b) => (b.share > a.share ? b : a));
  return t("load.tightest", {
    trade: row.area === null ? row.trade : `${row.trade} (${areaText(row.area)})`,
    share: percent(row.share),
  });
}

function loadLegend() {
  const steps = [0, 1, 2, 3, 4].map((step) =>
    el("span", { class: `key load-${step}` }, ["1", "25", "50", "75", "90"][step]),
  );
  return el("p", { class: "legend load-legend" }, t("load.legend"), " ", steps);
}

function loadTable(from, to) {
  const weeks = data.load.weeks.slice(from, to);
  const rows = data.load.rows.map((row) =>
    el(
      "tr",
      { class: row.area === null ? "trade" : "area" },
      el("th", { scope: "row" }, rowName(row)),
      weeks.map((_, place) => loadCell(row, from + place)),
    ),
  );
  return el(
    "table",
    { class: "load" },
    el("caption", {}, t("load.caption")),
    el(
      "thead",
      {},
      el("tr", { class: "months" }, el("td", {}), monthCells(weeks)),
      el(
        "tr",
        {},
        el("th", { scope: "col" }, t("load.trade")),
        weeks.map((monday) => el("th", { scope: "col", title: spanText(monday, monday + 6) }, isoWeek(monday))),
      ),
    ),
    el("tbody", {}, rows),
  );
}

function monthCells(weeks) {
  const months = [];
  for (const monday of weeks) {
    const name = dayText(monday + 3, { month: "short", year: "2-digit" });
    if (months.at(-1)?.name === name) {
      months.at(-1).weeks += 1;
    } else {
      months.push({ name, weeks: 1 });
    }
  }
  return months.map(({ name, weeks: span }) => el("th", { scope: "colgroup", colspan: span }, span > 1 ? name : ""));
}

function loadCell(row, week) {
  const [held, available] = [row.held[week], row.available[week]];
  if (!held) {
    return el(
      "td",
      { class: available ? "" : "rest", title: available ? null : t("load.rest") },
      available ? "·" : "–",
    );
  }
  const share = available ? held / available : 1;
  const step = row.full[week] ? 4 : Math.min(3, Math.floor(share * 4));
  return el(
    "td",
    { class: `load-${step}`, title: t("load.days", { held: number(held), available: number(available) }) },
    number(Math.round(100 * share)),
  );
}
