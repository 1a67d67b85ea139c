// The Gantt on paper: as many rows a block as a landscape page holds, fewer below the heading, with the axis above each block.

const PAPER = { width: 1000, head: 30, row: 14, firstRows: 36, rows: 45, label: 150, most: 440, tableRows: 60 };

function ganttPaper() {
  const rows = ganttRows();
  const [first, last] = ganttRange();
  const printed = rows.slice(0, PAPER.most);
  const blocks = [ganttBlock(printed.slice(0, PAPER.firstRows), first, last)];
  for (let from = PAPER.firstRows; from < printed.length; from += PAPER.rows) {
    blocks.push(ganttBlock(printed.slice(from, from + PAPER.rows), first, last));
  }
  return [cutNote(rows.length, PAPER.most), ...blocks];
}

function ganttBlock(rows, first, last) {
  const pixels = (PAPER.width - PAPER.label) / (last - first + 1);
  const x = (day) => PAPER.label + (day - first) * pixels;
  const height = rows.length * PAPER.row;
  const chart = drawing(
    PAPER.width,
    PAPER.head + height,
    t("gantt.label"),
    ganttAxis(first, last, x, pixels, PAPER.head),
    svg(
      "g",
      { transform: `translate(0 ${PAPER.head})` },
      ganttGround(first, last, x, height),
      rows.map((shop, place) =>
        svg(
          "g",
          {},
          svg("text", { class: "paper-label", x: 0, y: (place + 0.72) * PAPER.row }, cut(nameOf(shop), 26)),
          ganttRow(shop, x, place * PAPER.row, PAPER.row, pixels),
        ),
      ),
      ganttLines(x, height),
    ),
  );
  chart.classList.add("block");
  return chart;
}

function cut(text, most) {
  const letters = [...text];
  return letters.length > most ? `${letters.slice(0, most - 1).join("")}…` : text;
}

/** Says how much of a long list paper gets; nothing where that is all. */
function cutNote(count, most) {
  return count > most ? el("p", { class: "empty" }, t("paper.cut", { n: number(most), all: number(count) })) : "";
}

const papers = [];

/** A box that `make` fills when the page is printed, and that is empty on the screen. */
function paperBox(make) {
  const box = el("div", { class: "paper" });
  papers.push({
    fill: () => box.replaceChildren(...[make()].flat().filter(Boolean)),
    clear: () => box.replaceChildren(),
  });
  return box;
}
