// Which published starts the plan keeps, and which it moves, by how much.

const MOVED_SHOWN = 12;

function movedPart() {
  const published = shops.filter(
    (shop) => shop.published !== undefined && shop.is !== "done" && shop.is !== "left_out",
  );
  if (!published.length) {
    return null;
  }
  const moved = published
    .filter((shop) => shop.moved)
    .sort((a, b) => Math.abs(b.moved) - Math.abs(a.moved) || a.start - b.start);
  const lost = published.filter((shop) => shop.is === "undated");
  const later = moved.filter((shop) => shop.moved > 0).length;
  const lead = `${counted(published.length, "date")}: ${movedCounts(published.length - moved.length - lost.length, moved.length - later, later, lost.length)}`;
  if (!moved.length && !lost.length) {
    return part("moved", lead, el("p", { class: "empty" }, t("moved.none")));
  }
  const most = Math.max(1, ...moved.map((shop) => Math.abs(shop.moved)));
  const columns = [
    [t("gantt.shop"), ""],
    [t("moved.published"), "day"],
    [t("moved.now"), "day"],
    [t("moved.days"), "n"],
    ["", "bar-cell"],
  ];
  const cells = (shop) => [
    shopButton(shop),
    dayText(shop.published),
    shop.cost ? dayText(shop.start) : t("state.undated"),
    shop.cost ? signed(shop.moved) : "–",
    shop.cost ? shift(shop.moved / most) : "",
  ];
  return part("moved", lead, longTable(t("moved.caption"), columns, [...lost, ...moved], cells, MOVED_SHOWN));
}

/** "34 kept, 23 earlier", without what there is none of. */
function movedCounts(kept, earlier, later, lost) {
  return Object.entries({ kept, earlier, later, lost })
    .filter(([, count]) => count)
    .map(([kind, count]) => t(`moved.${kind}`, { n: number(count) }))
    .join(", ");
}

/** A bar to the left of the middle for earlier, to the right for later. */
function shift(part) {
  return svg(
    "svg",
    { class: "meter shift", viewBox: "-50 0 100 8", preserveAspectRatio: "none", "aria-hidden": "true" },
    svg("rect", {
      class: part < 0 ? "earlier" : "later",
      x: Math.min(0, 50 * part),
      y: 0,
      width: Math.abs(50 * part),
      height: 8,
    }),
    svg("line", { x1: 0, x2: 0, y1: 0, y2: 8 }),
  );
}

/** A table that shows its first rows until asked for all; paper gets more of them. `makeRow` makes a row's cells. */
function longTable(caption, columns, items, makeRow, shown) {
  const box = el("div", { class: "scroll" });
  let most = shown;
  const draw = (count) => {
    const more = button(t("list.all", { n: number(items.length) }), () => {
      most = items.length;
      draw(most);
    });
    box.replaceChildren(
      table(caption, columns, items.slice(0, count).map(makeRow)),
      ...(count < items.length ? [more] : []),
    );
  };
  draw(most);
  const note = paperBox(() => cutNote(items.length, PAPER.tableRows));
  papers.push({ fill: () => draw(PAPER.tableRows), clear: () => draw(most) });
  return [box, note];
}
