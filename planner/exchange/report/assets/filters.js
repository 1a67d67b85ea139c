// What the reader asks for: a word, a region, a state, a format, a trade.

function filterBar() {
  const search = el("input", {
    type: "search",
    id: "search",
    placeholder: t("filter.search"),
    "aria-label": t("filter.search"),
    value: asked.text,
    input: () => ask({ text: search.value.trim() }),
  });
  const choices = [
    choice(
      "region",
      valuesOf("region").map((region) => [region, region]),
    ),
    choice(
      "state",
      STATES.filter((state) => shops.some((shop) => shop.is === state)).map((state) => [state, t(`state.${state}`)]),
    ),
    choice(
      "format",
      valuesOf("format").map((name) => [name, name]),
    ),
    choice(
      "trade",
      [...new Set(data.load.rows.map((row) => row.trade))].map((trade) => [trade, trade]),
    ),
  ];
  const found = el("output", { class: "found", "aria-live": "polite" });
  const reset = button(t("filter.reset"), () => {
    search.value = "";
    for (const select of bar.querySelectorAll("select")) {
      select.value = "";
    }
    ask(NOTHING_ASKED);
    search.focus();
  });
  const bar = el(
    "form",
    { class: "filters", role: "search", submit: (event) => event.preventDefault() },
    search,
    choices,
    reset,
    found,
  );
  showMatching(() => {
    found.textContent = t("filter.found", { n: number(matching.length), all: counted(shops.length, "shop") });
    reset.disabled = matching.length === shops.length && !asked.text;
  });
  return bar;
}

/** A choice among the values of `key`; none where all shops have the same. */
function choice(key, options) {
  if (options.length < 2) {
    return null;
  }
  const select = el(
    "select",
    { "aria-label": t(`filter.${key}`), change: () => ask({ [key]: select.value }) },
    el("option", { value: "" }, t(`filter.${key}`)),
    options.map(([value, text]) => el("option", { value, selected: asked[key] === value }, text)),
  );
  return select;
}

/** What is asked for, in words: a printed page shows no controls. */
function askedText() {
  const texts = [
    asked.text && `“${asked.text}”`,
    asked.region,
    asked.state && t(`state.${asked.state}`),
    asked.format,
    asked.trade,
  ];
  const given = texts.filter(Boolean);
  return given.length ? `${t("filter.only")} ${given.join(", ")}` : "";
}
