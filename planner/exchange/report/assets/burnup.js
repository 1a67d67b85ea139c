// How many shops are finished by each day: what is done, what is planned, and the milestones to reach.

const BURNUP = { height: 300, left: 44, right: 18, top: 16, bottom: 30 };

function burnupPart() {
  const { done, planned } = data.finishes;
  if (!done.length && !planned.length) {
    return null;
  }
  const box = el("div", { class: "chart" });
  redrawn(box, (width) => burnupDrawing(width));
  return part(
    "burnup",
    t("burnup.lead"),
    burnupLegend(),
    box,
    el("details", { class: "figures-of" }, el("summary", {}, t("burnup.figures")), monthTable()),
  );
}

function burnupLegend() {
  const entry = (kind) =>
    el(
      "li",
      {},
      svg(
        "svg",
        { class: "line-key", viewBox: "0 0 24 10", "aria-hidden": "true" },
        svg("path", { class: `burn ${kind}`, d: "M0 5h24" }),
      ),
      t(`burnup.${kind}`),
    );
  return el(
    "ul",
    { class: "legend" },
    entry("done"),
    entry("planned"),
    el("li", {}, el("span", { class: "key target" }, "◆"), t("burnup.target")),
  );
}

function burnupDrawing(width) {
  const { done, planned } = data.finishes;
  const days = [...done, ...planned].map(([day]) => day);
  const first = Math.min(...days, data.today) - 3;
  const last = Math.max(...days, data.today, ...data.milestones.map((milestone) => milestone.by)) + 3;
  const most = Math.max(
    ...[...done, ...planned].map(([, count]) => count),
    ...data.milestones.map((milestone) => milestone.target),
  );
  const { height, left, right, top, bottom } = BURNUP;
  const x = (day) => left + ((day - first) / (last - first)) * (width - left - right);
  const y = (count) => height - bottom - (count / most) * (height - top - bottom);
  const soFar = done.at(-1)?.[1] ?? 0;
  return drawing(
    width,
    height,
    t("burnup.label", {
      n: number(planned.at(-1)?.[1] ?? soFar),
      day: dayText(days.length ? Math.max(...days) : data.today),
    }),
    countAxis(most, y, left, width - right),
    monthAxis(first, last, x, height - bottom, top, (width - left - right) / (last - first)),
    stepArea([[data.today, soFar], ...planned], x, y, last),
    svg("path", { class: "burn planned", d: steps([[data.today, soFar], ...planned], x, y, Math.max(...days)) }),
    done.length ? svg("path", { class: "burn done", d: steps([[first, 0], ...done], x, y, data.today) }) : "",
    todayLine(x(data.today), top, height - bottom),
    data.milestones.map((milestone) => milestoneMark(milestone, x(milestone.by), y, width - right)),
  );
}

function steps(points, x, y, until) {
  const [start, ...rest] = points;
  const path = rest.map(([day, count]) => `H${x(day).toFixed(1)}V${y(count).toFixed(1)}`).join("");
  return `M${x(start[0]).toFixed(1)} ${y(start[1]).toFixed(1)}${path}H${x(Math.max(until, points.at(-1)[0])).toFixed(1)}`;
}

function stepArea(points, x, y, last) {
  const until = Math.min(last, points.at(-1)[0]);
  return svg("path", { class: "burn-area", d: `${steps(points, x, y, until)}V${y(0)}H${x(points[0][0]).toFixed(1)}z` });
}

function countAxis(most, y, left, right) {
  const step = roundStep(most / 5);
  const lines = [];
  for (let count = 0; count <= most; count += step) {
    lines.push(svg("line", { class: "grid", x1: left, x2: right, y1: y(count), y2: y(count) }));
    lines.push(svg("text", { class: "axis end", x: left - 8, y: y(count) + 4 }, number(count)));
  }
  return lines;
}

/** A step of 1, 2 or 5 times a power of ten, at least `step`. */
function roundStep(step) {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, step)));
  return [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= step);
}

function monthAxis(first, last, x, base, top, pixelsADay) {
  const every = Math.max(1, Math.ceil(46 / (30 * pixelsADay)));
  return monthsBetween(first, last)
    .filter((month) => new Date(month * DAY_MS).getUTCMonth() % Math.min(every, 12) === 0)
    .flatMap((month) => [
      svg("line", { class: "grid", x1: x(month), x2: x(month), y1: top, y2: base }),
      svg("text", { class: "axis", x: x(month) + 3, y: base + 18 }, monthText(month)),
    ]);
}

/** "Feb", or "Jan 22" where a year begins. */
function monthText(month) {
  const isJanuary = new Date(month * DAY_MS).getUTCMonth() === 0;
  return dayText(month, isJanuary ? { month: "short", year: "2-digit" } : { month: "short" });
}

function todayLine(x, top, base) {
  return [
    svg("line", { class: "today", x1: x, x2: x, y1: top, y2: base }),
    svg("text", { class: "axis today-text", x: x + 4, y: top + 8 }, t("today")),
  ];
}

function milestoneMark(milestone, x, y, right) {
  const isLeft = x > right - 150;
  const at = y(milestone.target);
  return svg(
    "g",
    { class: milestone.total < milestone.target ? "mark short" : "mark reached" },
    svg("line", { class: "mark-line", x1: x, x2: x, y1: at, y2: y(0) }),
    svg("path", { d: `M${x} ${at - 6}l6 6l-6 6l-6 -6z` }),
    svg(
      "text",
      { class: isLeft ? "axis mark-text end" : "axis mark-text", x: isLeft ? x - 10 : x + 10, y: at - 6 },
      `${milestone.name}: ${number(milestone.target)}`,
    ),
  );
}

function monthTable() {
  const counts = new Map();
  const add = (points, before, place) => {
    let total = before;
    for (const [day, count] of points) {
      const month = dayText(day, { month: "long", year: "numeric" });
      const row = counts.get(month) ?? [0, 0, 0];
      row[place] += count - total;
      row[2] = count;
      counts.set(month, row);
      total = count;
    }
  };
  add(data.finishes.done, 0, 0);
  add(data.finishes.planned, data.finishes.done.at(-1)?.[1] ?? 0, 1);
  const columns = [
    [t("burnup.month"), ""],
    [t("state.done"), "n"],
    [t("burnup.planned"), "n"],
    [t("burnup.total"), "n"],
  ];
  return table(
    t("burnup.figures"),
    columns,
    [...counts].map(([month, row]) => [month, ...row.map((count) => number(count))]),
  );
}

/** Draws into `box`, and again whenever its width changes; `draw` gets the width. */
function redrawn(box, draw) {
  let drawn = 0;
  const redraw = () => {
    const width = Math.round(widthOf(box, 900));
    if (width !== drawn) {
      drawn = width;
      box.replaceChildren(draw(width));
    }
  };
  const observer = new ResizeObserver(redraw);
  observer.observe(box);
  observers.push(observer);
}
