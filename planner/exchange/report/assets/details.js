// One shop, with all that the page knows of it.

function showDetails(shop) {
  const dialog = document.getElementById("details");
  const close = button("×", () => dialog.close(), { class: "close", "aria-label": t("details.close") });
  const place = [shop.street, [shop.postcode, shop.city].filter(Boolean).join(" ")].filter(Boolean).join(", ");
  dialog.setAttribute("aria-labelledby", "details-title");
  dialog.replaceChildren(
    close,
    el("p", { class: "eyebrow" }, stateText(shop.is)),
    el("h2", { id: "details-title" }, nameOf(shop)),
    el("p", { class: "lead" }, [shop.name ? shop.id : "", place].filter(Boolean).join(" · ")),
    shop.reason ? el("p", { class: "reason", lang: "en" }, shop.reason) : "",
    el(
      "dl",
      {},
      facts(shop).map(([name, value]) => el("div", {}, el("dt", {}, t(name)), el("dd", {}, value))),
    ),
    shop.phases.length ? phaseTable(shop) : "",
  );
  dialog.showModal();
}

function facts(shop) {
  const day = (value) => (value === undefined ? "" : dayText(value));
  const closed = shop.closed
    ? `${spanText(...shop.closed)} (${counted(shop.closed[1] - shop.closed[0] + 1, "day")})`
    : "";
  return [
    [
      "details.region",
      [shop.region, shop.land].filter((text, place, all) => text && all.indexOf(text) === place).join(" · "),
    ],
    ["details.partner", shop.partner],
    ["details.format", shop.format],
    ["details.priority", number(shop.priority)],
    ["details.start", day(shop.start)],
    ["details.finish", day(shop.finish)],
    ["details.closed", closed],
    [
      "details.published",
      shop.published === undefined ? "" : `${day(shop.published)}${shop.moved ? ` (${signed(shop.moved)})` : ""}`,
    ],
    ["details.ready", day(shop.ready)],
    ["details.due", day(shop.due)],
    ["details.cost", shop.total === undefined ? "" : money(shop.total)],
  ].filter(([, value]) => value);
}

function phaseTable(shop) {
  const columns = [
    [t("details.phase"), ""],
    [t("details.first"), "day"],
    [t("details.last"), "day"],
    [t("details.crews"), ""],
  ];
  const rows = shop.phases.map(([phase, first, last, crews]) => [
    data.phases[phase].name,
    dayText(first),
    dayText(last),
    crews.map(([crew, units]) => crewText(data.crews[crew], units)).join(", "),
  ]);
  return el("div", { class: "scroll" }, table(t("details.phases"), columns, rows));
}

function crewText(crew, units) {
  return `${units > 1 ? `${units} × ` : ""}${crew.id} (${crew.trade})`;
}

/** A shop's name that opens its details. */
function shopButton(shop, attributes = {}) {
  return button(nameOf(shop), () => showDetails(shop), { class: "shop", ...attributes });
}
