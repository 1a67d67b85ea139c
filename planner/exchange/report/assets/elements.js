// The page's elements. Text becomes text nodes and nothing else, so that no name from the data is ever markup.

const SVG_NAMES = "http://www.w3.org/2000/svg";

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") {
      element.addEventListener(name, value);
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(...children.flat(2).filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

/** An HTML element; an attribute that is a function listens to the event of that name. */
function el(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** An SVG element. */
function svg(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG_NAMES, tag), attributes, children);
}

/** A drawing that scales with the page; `label` says to those who do not see it what it shows. */
function drawing(width, height, label, ...children) {
  return svg(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label, class: "drawing" },
    ...children,
  );
}

function button(text, onClick, attributes = {}) {
  return el("button", { type: "button", click: onClick, ...attributes }, text);
}

/** A part of the page under a heading of its own, and a line that says what it shows. */
function part(id, lead, ...children) {
  return el(
    "section",
    { id, "aria-labelledby": `${id}-title` },
    el(
      "div",
      { class: "heading" },
      el("h2", { id: `${id}-title` }, t(`${id}.title`)),
      lead ? el("p", { class: "lead" }, lead) : null,
    ),
    ...children,
  );
}

/** A table; each of `columns` is [text, class], the first cell of a row is its heading. */
function table(caption, columns, rows, attributes = {}) {
  const cell = (content, number) =>
    el(number ? "td" : "th", { class: columns[number][1], scope: number ? null : "row" }, content ?? "");
  return el(
    "table",
    attributes,
    el("caption", {}, caption),
    el(
      "thead",
      {},
      el(
        "tr",
        {},
        columns.map(([text, style]) => el("th", { scope: "col", class: style }, text)),
      ),
    ),
    el(
      "tbody",
      {},
      rows.map((row) => el("tr", {}, row.map(cell))),
    ),
  );
}

/** A box that scrolls, which keyboards reach too. */
function scrollBox(label, ...children) {
  return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": label }, ...children);
}

/** The width that `element` has on the page, or a guess before it is there. */
function widthOf(element, guess) {
  return Math.max(280, element.clientWidth || guess);
}
