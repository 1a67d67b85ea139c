// What could not be planned and why, and which given dates contradict each other.

const NAMES_SHOWN = 30;

function undatedPart() {
  const groups = data.unplanned.map(({ reason, shops: places }) =>
    el(
      "li",
      {},
      el(
        "p",
        {},
        el("strong", {}, counted(places.length, "shop")),
        " ",
        el("span", { lang: "en", class: "reason" }, reason),
      ),
      el(
        "p",
        { class: "names" },
        places.slice(0, NAMES_SHOWN).map((place) => shopButton(shops[place])),
        places.length > NAMES_SHOWN ? t("undated.more", { n: number(places.length - NAMES_SHOWN) }) : "",
      ),
    ),
  );
  if (data.status === "infeasible") {
    return null;
  }
  if (!groups.length) {
    return part("undated", "", el("p", { class: "empty" }, t("undated.none")));
  }
  return part("undated", t("undated.lead"), el("ul", { class: "reasons" }, groups));
}

function conflictsPart() {
  if (!data.conflicts.length) {
    return null;
  }
  const columns = [
    [t("conflicts.rule"), ""],
    [t("conflicts.days"), "day"],
    [t("conflicts.text"), ""],
    [t("conflicts.shops"), ""],
  ];
  const rows = data.conflicts.map(({ rule, first, last, text, shops: names }) => [
    rule,
    spanText(first, last),
    el("span", { lang: "en" }, text),
    names.join(", "),
  ]);
  return part(
    "conflicts",
    t(data.status === "infeasible" ? "conflicts.none" : "conflicts.lead"),
    el("div", { class: "scroll" }, table(t("conflicts.caption"), columns, rows)),
  );
}
