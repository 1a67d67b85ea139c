// All shops as a table to sort; the filters above search it.

const LIST = { step: 100, paper: 500 };
const COLUMNS = [
  { key: "id", style: "", value: (shop) => shop.id },
  { key: "name", style: "name text", value: (shop) => shop.name ?? "", show: (shop) => shopButton(shop) },
  { key: "city", style: "text", value: (shop) => shop.city ?? "" },
  { key: "region", style: "text", value: (shop) => shop.region ?? "" },
  { key: "partner", style: "text", value: (shop) => shop.partner ?? "" },
  { key: "format", style: "", value: (shop) => shop.format },
  { key: "state", style: "", value: (shop) => STATES.indexOf(shop.is), show: (shop) => stateText(shop.is) },
  { key: "start", style: "day", value: (shop) => shop.start, show: (shop) => dayText(shop.start) },
  { key: "finish", style: "day", value: (shop) => shop.finish, show: (shop) => dayText(shop.finish) },
  { key: "moved", style: "n", value: (shop) => shop.moved, show: (shop) => (shop.moved ? signed(shop.moved) : "·") },
  { key: "crews", style: "crews", value: (shop) => shop.crews.map((crew) => data.crews[crew].id).join(" ") },
  { key: "cost", style: "n", value: (shop) => shop.total, show: (shop) => number(shop.total / 100) },
];
let sorting = { key: "start", down: false };

function listPart() {
  const view = new ListView();
  return part("list", t("list.lead"), el("div", { class: "scroll" }, view.table), view.foot);
}

class ListView {
  constructor() {
    this.shown = LIST.step;
    this.columns = COLUMNS.filter(
      (column) => column.key === "id" || shops.some((shop) => ![undefined, ""].includes(column.value(shop))),
    );
    this.heads = this.columns.map((column) =>
      el(
        "th",
        { scope: "col", class: column.style },
        button(columnText(column), () => this.sortBy(column.key)),
      ),
    );
    this.body = el("tbody");
    this.table = el(
      "table",
      { class: "list" },
      el("caption", {}, t("list.title")),
      el("thead", {}, el("tr", {}, this.heads)),
      this.body,
    );
    this.foot = el("div", { class: "foot" });
    papers.push({ fill: () => this.draw(LIST.paper), clear: () => this.draw(this.shown) });
    showMatching(() => {
      this.shown = LIST.step;
      this.sort();
    });
  }

  sortBy(key) {
    sorting = { key, down: sorting.key === key && !sorting.down };
    this.sort();
  }

  /** Sorts; what is empty comes last, whichever way. */
  sort() {
    const { value } = COLUMNS.find((column) => column.key === sorting.key);
    const way = sorting.down ? -1 : 1;
    const isEmpty = (item) => item === undefined || item === "";
    const compare = (a, b) => (typeof a === "number" ? a - b : byText(a, b));
    const keyed = matching.map((shop) => [value(shop), shop]);
    keyed.sort(
      ([a, first], [b, second]) =>
        isEmpty(a) - isEmpty(b) || (isEmpty(a) ? 0 : way * compare(a, b)) || byText(first.id, second.id),
    );
    this.rows = keyed.map(([, shop]) => shop);
    this.heads.forEach((head, place) => {
      const isSorted = this.columns[place].key === sorting.key;
      head.setAttribute("aria-sort", isSorted ? (sorting.down ? "descending" : "ascending") : "none");
    });
    this.draw(this.shown);
  }

  draw(most) {
    const rows = this.rows.slice(0, most);
    this.body.replaceChildren(
      ...rows.map((shop) =>
        el(
          "tr",
          {},
          this.columns.map((column) => listCell(column, shop)),
        ),
      ),
    );
    this.foot.replaceChildren(...this.footing(rows.length));
  }

  footing(count) {
    if (!this.rows.length) {
      return [el("p", { class: "empty" }, t("filter.nothing"))];
    }
    if (count === this.rows.length) {
      return [];
    }
    const show = (rows) => () => {
      this.shown = rows;
      this.draw(rows);
    };
    return [
      el("p", { class: "empty" }, t("list.cut", { n: number(count), all: number(this.rows.length) })),
      button(t("list.more", { n: number(LIST.step) }), show(this.shown + LIST.step)),
      button(t("list.all", { n: number(this.rows.length) }), show(this.rows.length)),
    ];
  }
}

function columnText({ key }) {
  return t(`list.${key}`, { currency: shortCurrency() });
}

function listCell({ key, style, value, show }, shop) {
  const content = value(shop);
  const text = content === undefined ? "" : show ? show(shop) : content;
  return key === "id" ? el("th", { scope: "row", class: style }, text) : el("td", { class: style }, text);
}
