// Words, numbers and days in the reader's language.

const data = JSON.parse(document.getElementById("data").textContent);
const DAY_MS = 86400000;
const LOCALES = { en: "en-GB", de: "de-DE" };
const DAY = { day: "numeric", month: "short", year: "numeric" };
let language = data.language;

/** The page's words for `key`, with {name} replaced by `values.name`. */
function t(key, values = {}) {
  return data.words[language][key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** A number and its noun: "1 shop", "2 shops". */
function counted(count, noun) {
  return t(`${noun}.${count === 1 ? "one" : "many"}`, { n: number(count) });
}

const formats = new Map();

function format(kind, options) {
  const key = language + JSON.stringify(options);
  if (!formats.has(key)) {
    formats.set(key, new kind(LOCALES[language], options));
  }
  return formats.get(key);
}

/** A day, given as days since 1 January 1970: "31 Dec 2021", or as `options` say. */
function dayText(day, options = DAY) {
  return format(Intl.DateTimeFormat, { ...options, timeZone: "UTC" }).format(new Date(day * DAY_MS));
}

function shortDayText(day) {
  return dayText(day, { day: "numeric", month: "short" });
}

function spanText(first, last) {
  return first === last ? dayText(first) : `${dayText(first)} – ${dayText(last)}`;
}

function number(value, decimals = 0) {
  return format(Intl.NumberFormat, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(value);
}

/** A number with its sign: "+3", "−3". */
function signed(value) {
  return `${value < 0 ? "−" : "+"}${number(Math.abs(value))}`;
}

/** The currency, which may be any text, cut so that a heading holds it. */
function shortCurrency() {
  return data.currency.slice(0, 8);
}

function money(cents) {
  return `${number(cents / 100)}\u00a0${shortCurrency()}`;
}

/** A part as a percentage, with its decimals cut upwards: a gap never looks smaller than it is. */
function percentUp(part) {
  return `${number(Math.ceil(Math.round(part * 1e8) / 1e4) / 100, 2)}\u00a0%`;
}

function percent(part) {
  return `${number(Math.round(part * 100))}\u00a0%`;
}

/** Monday is 0. */
function weekdayOf(day) {
  return (((day + 3) % 7) + 7) % 7;
}

function isoWeek(day) {
  const thursday = day - weekdayOf(day) + 3;
  const newYear = Date.UTC(new Date(thursday * DAY_MS).getUTCFullYear(), 0, 1) / DAY_MS;
  return Math.floor((thursday - newYear) / 7) + 1;
}

/** The first days of the months that begin after `first` and not after `last`. */
function monthsBetween(first, last) {
  const day = new Date(first * DAY_MS);
  const months = [];
  for (let step = 1; ; step += 1) {
    const month = Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + step, 1) / DAY_MS;
    if (month > last) {
      return months;
    }
    months.push(month);
  }
}
