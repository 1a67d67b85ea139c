// All dated remodels over time. Only the rows in sight are in the page, however many there are.

const GANTT = { row: 24, head: 44, label: 210, narrowLabel: 130, least: 0.4, most: 28, margin: 6 };
const ORDERS = {
  start: (a, b) => a.start - b.start || byText(a.id, b.id),
  finish: (a, b) => a.finish - b.finish || byText(a.id, b.id),
  region: (a, b) => byText(a.region ?? "", b.region ?? "") || a.start - b.start,
  name: (a, b) => byText(nameOf(a), nameOf(b)),
};
let ganttOrder = "start";

function ganttRows() {
  return matching.filter((shop) => shop.phases.length).sort(ORDERS[ganttOrder]);
}

/** The first and last day that the chart shows. */
function ganttRange() {
  const dated = shops.filter((shop) => shop.phases.length);
  const days = dated.flatMap((shop) => [shop.start, shop.finish]);
  const ends = data.milestones.map((milestone) => milestone.by);
  return [Math.min(data.today, ...days) - GANTT.margin, Math.max(data.today, ...days, ...ends) + GANTT.margin];
}

function ganttPart() {
  if (!shops.some((shop) => shop.phases.length)) {
    return null;
  }
  const view = new GanttView();
  const order = el(
    "select",
    {
      id: "gantt-order",
      change: () => {
        ganttOrder = order.value;
        view.update();
      },
    },
    Object.keys(ORDERS).map((name) => el("option", { value: name, selected: name === ganttOrder }, t(`order.${name}`))),
  );
  const zoom = el(
    "div",
    { class: "controls" },
    el("label", {}, t("gantt.order"), " ", order),
    button("−", () => view.zoomBy(1 / 1.5), { "aria-label": t("gantt.out"), title: t("gantt.out") }),
    button("+", () => view.zoomBy(1.5), { "aria-label": t("gantt.in"), title: t("gantt.in") }),
    button(t("gantt.whole"), () => view.zoomTo(0)),
  );
  return part(
    "gantt",
    t("gantt.lead"),
    el("div", { class: "bar" }, phaseLegend(), zoom),
    view.box,
    view.empty,
    paperBox(ganttPaper),
  );
}

class GanttView {
  constructor() {
    [this.first, this.last] = ganttRange();
    this.days = this.last - this.first + 1;
    this.scale = 0;
    this.head = el("div", { class: "gantt-head" });
    this.labels = el("div", { class: "gantt-labels" });
    this.bars = svg("svg", { class: "gantt-bars", "aria-hidden": "true" });
    this.body = el("div", { class: "gantt-body" }, this.labels, this.bars);
    this.empty = el("p", { class: "empty" }, t("filter.nothing"));
    this.box = el(
      "div",
      {
        class: "gantt",
        tabindex: "0",
        role: "region",
        "aria-label": t("gantt.label"),
        scroll: () => this.drawRows(),
        keydown: (event) => this.onKey(event),
        wheel: (event) => this.onWheel(event),
      },
      this.head,
      this.body,
    );
    const observer = new ResizeObserver(() => this.draw());
    observer.observe(this.box);
    observers.push(observer);
    showMatching(() => this.update());
  }

  get label() {
    return widthOf(this.box, 900) < 700 ? GANTT.narrowLabel : GANTT.label;
  }

  /** Pixels a day: as chosen, but at least so many that the chart fills its box. */
  get pixels() {
    const whole = (widthOf(this.box, 900) - this.label - 18) / this.days;
    return Math.max(this.scale, whole, Math.min(GANTT.least, whole));
  }

  zoomBy(factor) {
    this.zoomTo(Math.min(GANTT.most, Math.max(GANTT.least, this.pixels * factor)));
  }

  /** Zooms around the middle of what is in sight. */
  zoomTo(scale) {
    const half = (this.box.clientWidth - this.label) / 2;
    const middle = (this.box.scrollLeft + half) / this.pixels;
    this.scale = scale;
    this.draw();
    this.box.scrollLeft = middle * this.pixels - half;
  }

  onKey(event) {
    const factor = { "+": 1.5, "-": 1 / 1.5 }[event.key];
    if (factor && event.target === this.box) {
      this.zoomBy(factor);
      event.preventDefault();
    }
  }

  onWheel(event) {
    if (event.ctrlKey) {
      this.zoomBy(event.deltaY < 0 ? 1.2 : 1 / 1.2);
      event.preventDefault();
    }
  }

  update() {
    this.rows = ganttRows();
    this.empty.hidden = this.rows.length > 0;
    this.box.hidden = !this.rows.length;
    this.box.scrollTop = 0;
    this.draw();
  }

  draw() {
    const width = this.days * this.pixels;
    this.body.style.height = `${this.rows.length * GANTT.row}px`;
    this.body.style.width = `${this.label + width}px`;
    this.labels.style.width = `${this.label}px`;
    this.bars.setAttribute("width", width);
    this.bars.style.left = `${this.label}px`;
    this.head.style.width = `${this.label + width}px`;
    this.head.replaceChildren(
      el("div", { class: "gantt-corner" }, t("gantt.shop")),
      svg(
        "svg",
        { width, height: GANTT.head, "aria-hidden": "true" },
        ganttAxis(this.first, this.last, (day) => (day - this.first) * this.pixels, this.pixels, GANTT.head),
      ),
    );
    this.head.firstChild.style.width = `${this.label}px`;
    this.drawRows();
  }

  /** Puts the rows in sight, and a few around them, into the page. */
  drawRows() {
    const from = Math.max(0, Math.floor(this.box.scrollTop / GANTT.row) - 5);
    const count = Math.ceil((this.box.clientHeight || 600) / GANTT.row) + 10;
    const rows = this.rows.slice(from, from + count);
    const x = (day) => (day - this.first) * this.pixels;
    const height = rows.length * GANTT.row;
    this.bars.style.top = this.labels.style.top = `${from * GANTT.row}px`;
    this.bars.setAttribute("height", height);
    this.bars.replaceChildren(
      ganttGround(this.first, this.last, x, height),
      ...rows.map((shop, place) => ganttRow(shop, x, place * GANTT.row, GANTT.row, this.pixels)),
      ganttLines(x, height),
    );
    this.labels.style.height = `${height}px`;
    this.labels.replaceChildren(
      ...rows.map((shop) =>
        el(
          "div",
          { class: "gantt-label" },
          symbol(shop.is),
          shopButton(shop, { tabindex: "-1", title: labelText(shop) }),
        ),
      ),
    );
  }
}

function labelText(shop) {
  return [nameOf(shop), shop.region, spanText(shop.start, shop.finish)].filter(Boolean).join(" · ");
}

/** Months, and below them weeks where there is room. */
function ganttAxis(first, last, x, pixels, height) {
  const every = Math.max(1, Math.ceil(34 / (30 * pixels)));
  const months = monthsBetween(first, last)
    .filter((month) => new Date(month * DAY_MS).getUTCMonth() % Math.min(every, 12) === 0)
    .map((month) =>
      svg(
        "g",
        {},
        svg("line", { class: "grid", x1: x(month), x2: x(month), y1: 4, y2: height }),
        svg("text", { class: "axis strong", x: x(month) + 4, y: height / 2 - 5 }, monthText(month)),
      ),
    );
  const step = [1, 2, 4].find((weeks) => weeks * 7 * pixels >= 22);
  const weeks = [];
  for (let monday = first - weekdayOf(first) + 7; step && monday <= last; monday += 7) {
    if (isoWeek(monday) % step === 0) {
      weeks.push(
        svg(
          "text",
          { class: "axis", x: x(monday) + 2, y: height - 8 },
          pixels >= 8 ? shortDayText(monday) : isoWeek(monday),
        ),
      );
    }
  }
  return [...months, ...weeks];
}

/** What lies behind the bars: times of rest, closed seasons and months. */
function ganttGround(first, last, x, height) {
  const spans = data.spans
    .filter((span) => span.last >= first && span.first <= last)
    .map((span) => {
      const start = x(Math.max(first, span.first));
      return svg(
        "rect",
        { class: `span ${span.kind}`, x: start, y: 0, width: x(Math.min(last, span.last) + 1) - start, height },
        svg("title", {}, `${span.name}: ${spanText(span.first, span.last)}`),
      );
    });
  const months = monthsBetween(first, last).map((month) =>
    svg("line", { class: "grid", x1: x(month), x2: x(month), y1: 0, y2: height }),
  );
  return svg("g", {}, spans, months);
}

function ganttLines(x, height) {
  const line = (style, day) => svg("line", { class: style, x1: x(day), x2: x(day), y1: 0, y2: height });
  return svg(
    "g",
    {},
    line("today", data.today),
    data.milestones.map((milestone) => line("mark-line", milestone.by + 1)),
  );
}

/** A remodel's phases as bars with their letters: full where the shop is closed, hollow where it is open. */
function ganttRow(shop, x, top, height, pixels) {
  const middle = top + height / 2;
  const bars = shop.phases.map(([phase, first, last]) => {
    const isClosed = shop.closed && first >= shop.closed[0] && last <= shop.closed[1];
    const width = Math.max(1.5, (last - first + 1) * pixels - 0.5);
    const letter =
      width >= 9
        ? svg(
            "text",
            { class: "letter", x: x(first) + width / 2, y: middle + height * 0.16 },
            data.phases[phase].letter,
          )
        : "";
    return [
      svg("rect", {
        class: `phase phase-${phase % 8} ${isClosed ? "closed" : "open"}`,
        x: x(first),
        y: top + height * 0.17,
        width,
        height: height * 0.66,
        rx: 2,
      }),
      letter,
    ];
  });
  const before = shop.moved
    ? svg("path", {
        class: "published",
        d: `M${x(shop.published)} ${top + height * 0.17}v${height * 0.66}m-3 0h6m-6 ${-height * 0.66}h6`,
      })
    : "";
  const row = svg("g", { class: "gantt-row", click: () => showDetails(shop) }, svg("title", {}, labelText(shop)));
  row.append(
    svg("line", { class: "wait", x1: x(shop.start), x2: x(shop.finish + 1), y1: middle, y2: middle }),
    ...bars.flat().filter(Boolean),
    ...(before ? [before] : []),
  );
  return row;
}
