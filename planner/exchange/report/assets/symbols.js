// Each state of a remodel has a shape of its own; its colour only helps.

const SPANS_NAMED = 4;
const SHAPES = {
  done: (x, y, r) => circle(x, y, r),
  in_progress: (x, y, r) => `M${x - r * 0.8} ${y - r}L${x + r * 1.1} ${y}L${x - r * 0.8} ${y + r}z`,
  fixed: (x, y, r) => `M${x - r * 0.9} ${y - r * 0.9}h${r * 1.8}v${r * 1.8}h${-r * 1.8}z`,
  planned: (x, y, r) => circle(x, y, r * 0.85),
  undated: (x, y, r) => `M${x - r} ${y - r}l${2 * r} ${2 * r}M${x - r} ${y + r}l${2 * r} ${-2 * r}`,
  left_out: (x, y, r) => `M${x - r} ${y}h${2 * r}`,
};

function circle(x, y, r) {
  return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
}

/** The shape of `state` around a point, as the path of an SVG element of class `state STATE`. */
function shapeOf(state, x, y, r) {
  return SHAPES[state](x, y, r);
}

/** A state's symbol, to stand in a line of text. */
function symbol(state) {
  return svg(
    "svg",
    { class: "symbol", viewBox: "0 0 16 16", "aria-hidden": "true" },
    svg("path", { class: `state ${state}`, d: shapeOf(state, 8, 8, 5.5) }),
  );
}

function stateText(state) {
  return el("span", { class: "state-text" }, symbol(state), t(`state.${state}`));
}

/** What the shapes mean, with how many shops each has. */
function stateLegend(counts) {
  const entries = STATES.filter((state) => counts[state]).map((state) =>
    el("li", {}, stateText(state), el("span", { class: "count" }, number(counts[state]))),
  );
  return el("ul", { class: "legend" }, entries);
}

/** What the colours and letters of phases mean, and the shaded times behind them. */
function phaseLegend() {
  const spans = new Map(data.spans.slice(0, SPANS_NAMED).map((span) => [span.name, span.kind]));
  const shades = [...spans].map(([name, kind]) => el("li", {}, el("span", { class: `key span ${kind}` }, ""), name));
  const entries = data.phases.map((phase, place) =>
    el("li", {}, el("span", { class: `key phase-${place % 8}` }, phase.letter), phase.name),
  );
  return el("ul", { class: "legend" }, entries, shades);
}
