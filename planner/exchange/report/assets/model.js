// The shops, and which of them the reader asks for.

const STATES = ["done", "in_progress", "fixed", "planned", "undated", "left_out"];
const shops = data.shops;

for (const shop of shops) {
  shop.phases ??= [];
  shop.crews = [...new Set(shop.phases.flatMap(([, , , crews]) => crews.map(([crew]) => crew)))];
  shop.trades = new Set(shop.crews.map((crew) => data.crews[crew].trade));
  shop.moved = shop.cost && shop.published !== undefined ? shop.start - shop.published : undefined;
  shop.total = shop.cost?.reduce((sum, cents) => sum + cents, 0);
  shop.searched = [
    ...[shop.id, shop.name, shop.street, shop.postcode, shop.city, shop.land, shop.region, shop.partner, shop.format],
    ...shop.crews.flatMap((crew) => [data.crews[crew].id, data.crews[crew].name]),
  ]
    .join("\n")
    .toLocaleLowerCase();
}

const NOTHING_ASKED = { text: "", region: "", state: "", format: "", trade: "" };
let asked = { ...NOTHING_ASKED };
let matching = shops;
let onMatching = [];

function isAsked(shop) {
  return (
    (!asked.region || shop.region === asked.region) &&
    (!asked.state || shop.is === asked.state) &&
    (!asked.format || shop.format === asked.format) &&
    (!asked.trade || shop.trades.has(asked.trade)) &&
    asked.text
      .toLocaleLowerCase()
      .split(/\s+/)
      .every((word) => shop.searched.includes(word))
  );
}

/** Changes what is asked for and tells all who show shops. */
function ask(changes) {
  asked = { ...asked, ...changes };
  matching = shops.filter(isAsked);
  for (const tell of onMatching) {
    tell();
  }
}

/** Calls `show` now and whenever other shops are asked for. */
function showMatching(show) {
  onMatching.push(show);
  show();
}

function nameOf(shop) {
  return shop.name || shop.id;
}

/** The distinct values of a key, in the reader's alphabet. */
function valuesOf(key) {
  return [...new Set(shops.map((shop) => shop[key]).filter(Boolean))].sort(byText);
}

function byText(a, b) {
  return String(a).localeCompare(String(b), LOCALES[language], { numeric: true });
}
