// Puts the page together, again whenever its language changes, and gets it ready for paper.

let observers = [];

function showIn(next) {
  language = next;
  for (const observer of observers) {
    observer.disconnect();
  }
  observers = [];
  onMatching = [];
  papers.length = 0;
  document.documentElement.lang = language;
  document.getElementById("page").replaceChildren(...pageParts());
}

function pageParts() {
  const top = masthead();
  const overview = sideBySide(burnupPart(), moneyPart());
  const bar = filterBar();
  const places = sideBySide(mapPart(), el("div", {}, [movedPart(), undatedPart()].filter(Boolean)));
  const main = [conflictsPart(), ...overview, ganttPart(), loadPart(), ...places, listPart()].filter(Boolean);
  const order = ["conflicts", "burnup", "money", "gantt", "load", "map", "moved", "undated", "list"];
  const ids = main.flatMap((element) => [element, ...element.querySelectorAll("section")]).map((element) => element.id);
  return [
    el("a", { class: "skip", href: "#list" }, t("head.skip")),
    top,
    el(
      "div",
      { class: "tools" },
      contentsList(order.filter((id) => ids.includes(id))),
      bar,
      el("p", { class: "paper-only asked" }, ""),
    ),
    el("main", {}, main),
    el("footer", {}, t("foot.made")),
  ];
}

/** Two parts side by side where there is room; one alone where the other has nothing to show. */
function sideBySide(left, right) {
  const parts = [left, right].filter((item) => item && item.childNodes.length);
  return parts.length === 2 ? [el("div", { class: "pair" }, parts)] : parts;
}

addEventListener("beforeprint", () => {
  document.querySelector(".asked").textContent = askedText();
  for (const paper of papers) {
    paper.fill();
  }
});
addEventListener("afterprint", () => {
  for (const paper of papers) {
    paper.clear();
  }
});
showIn(language);
