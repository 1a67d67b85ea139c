// What the plan costs, by kind and by region.

function moneyPart() {
  if (!data.money) {
    return null;
  }
  const { kinds, all, regions } = data.money;
  const total = all.reduce((sum, cents) => sum + cents, 0);
  const most = Math.max(1, ...all);
  const columns = [
    [t("money.kind"), ""],
    [t("money.amount", { currency: shortCurrency() }), "n"],
    [t("money.share"), "n"],
    ["", "bar-cell"],
  ];
  const rows = kinds.map((kind, place) => [
    [t(`money.${kind}`), el("small", {}, t(`money.${kind}.means`))],
    number(all[place] / 100),
    total ? percent(all[place] / total) : "–",
    meter(all[place] / most),
  ]);
  rows.push([el("strong", {}, t("money.total")), el("strong", {}, number(total / 100)), "", ""]);
  return part(
    "money",
    t("money.lead"),
    table(t("money.lead"), columns, rows, { class: "money" }),
    regions.length > 1 ? regionMoney(kinds, regions, all) : "",
  );
}

function meter(part) {
  return svg(
    "svg",
    { class: "meter", viewBox: "0 0 100 8", preserveAspectRatio: "none", "aria-hidden": "true" },
    svg("rect", { x: 0, y: 0, width: 100 * part, height: 8 }),
  );
}

function regionMoney(kinds, regions, all) {
  const columns = [
    [t("filter.region"), ""],
    ...kinds.map((kind) => [t(`money.${kind}`), "n"]),
    [t("money.total"), "n"],
  ];
  const row = (name, cost) => [
    name,
    ...cost.map((cents) => number(cents / 100)),
    number(cost.reduce((sum, cents) => sum + cents, 0) / 100),
  ];
  const rows = [
    ...regions.map(({ region, cost }) => row(region || t("none.region"), cost)),
    row(t("money.total"), all),
  ];
  return el(
    "details",
    { class: "figures-of" },
    el("summary", {}, t("money.regions")),
    scrollBox(t("money.regions"), table(t("money.regions"), columns, rows)),
  );
}
