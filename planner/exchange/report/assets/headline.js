// The first screen: what the plan reaches, and the figures that decide whether to read on.

function masthead() {
  return el(
    "header",
    { class: "masthead" },
    el(
      "div",
      { class: "bar" },
      el(
        "p",
        { class: "eyebrow" },
        t("head.asof", { day: dayText(data.today) }),
        data.scenario.length ? ` · ${t("head.scenario")} ${data.scenario.join(", ")}` : "",
      ),
      el(
        "div",
        { class: "controls" },
        languageButton(),
        button(t("head.print"), () => window.print()),
      ),
    ),
    el("h1", {}, data.rollout),
    data.status === "infeasible" ? el("p", { class: "hero" }, t("head.infeasible")) : milestoneList(),
    el(
      "dl",
      { class: "figures" },
      figures().map(([name, value, note]) =>
        el("div", {}, el("dt", {}, name), el("dd", {}, value, note ? el("small", {}, note) : "")),
      ),
    ),
  );
}

function languageButton() {
  const other = language === "de" ? "en" : "de";
  return button(other === "de" ? "Deutsch" : "English", () => showIn(other), { lang: other });
}

function milestoneList() {
  if (!data.milestones.length) {
    return el("p", { class: "hero" }, sentence(countBy("done"), plannedCount(), ""));
  }
  const next = data.milestones.find((milestone) => milestone.by >= data.today) ?? data.milestones.at(-1);
  const others = data.milestones.filter((milestone) => milestone !== next);
  return el(
    "div",
    { class: "milestones" },
    milestoneBlock(next, true),
    others.map((other) => milestoneBlock(other, false)),
  );
}

function milestoneBlock(milestone, isFirst) {
  const short = milestone.target - milestone.total;
  const verdict =
    short > 0
      ? t("milestone.short", { n: number(short), target: number(milestone.target) })
      : t("milestone.reached", { target: number(milestone.target) });
  const end = t("milestone.by", {
    n: number(milestone.total),
    day: dayText(milestone.by, { day: "numeric", month: "short" }),
  });
  return el(
    "div",
    { class: isFirst ? "milestone first" : "milestone" },
    el("p", { class: "eyebrow" }, `${milestone.name} · ${dayText(milestone.by)}`),
    el("p", { class: "hero" }, sentence(milestone.done, milestone.planned, end)),
    milestoneBar(milestone),
    el(
      "p",
      { class: `verdict ${short > 0 ? "short" : "reached"}` },
      `${short > 0 ? "▲" : "✓"} ${verdict}`,
      short > 0 && data.quality.shortfallProved && data.milestones.length === 1 ? ` ${t("milestone.proved")}` : "",
    ),
  );
}

/** "34 done · 56 planned · 90 by 31 Dec", the figures set apart. */
function sentence(done, planned, end) {
  const dot = el("span", { class: "dot", "aria-hidden": "true" }, "·");
  return [
    el("span", { class: "done" }, t("milestone.done", { n: number(done) })),
    dot,
    el("span", { class: "planned" }, t("milestone.planned", { n: number(planned) })),
    end ? [dot.cloneNode(true), el("span", { class: "by" }, end)] : [],
  ];
}

function milestoneBar(milestone) {
  const most = Math.max(1, milestone.target, milestone.total);
  const at = (count) => (1000 * count) / most;
  return svg(
    "svg",
    { class: "milestone-bar", viewBox: "0 0 1000 26", preserveAspectRatio: "none", "aria-hidden": "true" },
    svg("rect", { class: "track", x: 0, y: 6, width: 1000, height: 14 }),
    svg("rect", { class: "done", x: 0, y: 6, width: at(milestone.done), height: 14 }),
    svg("rect", { class: "planned", x: at(milestone.done), y: 6, width: at(milestone.planned), height: 14 }),
    svg("line", {
      class: "target",
      x1: Math.min(998.5, at(milestone.target)),
      x2: Math.min(998.5, at(milestone.target)),
      y1: 0,
      y2: 26,
    }),
  );
}

function countBy(...states) {
  return shops.filter((shop) => states.includes(shop.is)).length;
}

function plannedCount() {
  return shops.filter((shop) => shop.cost).length;
}

/** The figures beside the milestones, each with its name and what to know about it. */
function figures() {
  const dated = shops.filter((shop) => shop.cost);
  const last = Math.max(...dated.map((shop) => shop.finish));
  const moved = dated.filter((shop) => shop.moved);
  const published = shops.filter(
    (shop) => shop.published !== undefined && shop.is !== "done" && shop.is !== "left_out",
  );
  const { total, gap } = data.quality;
  return [
    [t("figure.shops"), number(shops.length), [t("figure.dated", { n: number(dated.length) })]],
    total !== null && [t("figure.cost"), money(total), qualityText(gap)],
    dated.length && [t("figure.last"), dayText(last), t("figure.days", { n: number(last - data.today) })],
    published.length && [
      t("figure.moved"),
      number(moved.length),
      t("figure.published", { n: number(published.length) }),
    ],
    [t("figure.undated"), number(countBy("undated")), countBy("undated") ? t("figure.why") : t("figure.none")],
    data.conflicts.length && [t("figure.conflicts"), number(data.conflicts.length), t("figure.fixed")],
  ].filter(Boolean);
}

function qualityText(gap) {
  if (gap === null) {
    return t("quality.unknown");
  }
  const measure = data.quality.lastFinishDay === null ? "quality.gap" : "quality.finish";
  return gap === 0 ? t("quality.best") : t(measure, { gap: percentUp(gap) });
}

function contentsList(parts) {
  return el(
    "nav",
    { class: "contents", "aria-label": t("head.contents") },
    el(
      "ul",
      {},
      parts.map((id) => el("li", {}, el("a", { href: `#${id}` }, t(`${id}.title`)))),
    ),
  );
}
