// Where the shops are, and how far their remodels are on a day that the reader chooses.

const MAP = { width: 520, margin: 16, parallels: 51.2 };

function mapPart() {
  const placed = shops.filter((shop) => shop.at);
  if (!placed.length) {
    return null;
  }
  const view = new MapView(placed);
  const missing = shops.length - placed.length;
  return part(
    "map",
    t("map.lead"),
    view.controls,
    view.legend,
    el("div", { class: "map-box" }, view.chart, view.tip),
    missing ? el("p", { class: "empty" }, t("map.missing", { n: counted(missing, "shop") })) : "",
  );
}

/** The state of `shop` on a later day, if all goes as planned. */
function stateOn(shop, day) {
  if (day === data.today || !shop.cost) {
    return shop.is;
  }
  if (shop.finish <= day) {
    return "done";
  }
  return shop.start <= day ? "in_progress" : shop.is;
}

class MapView {
  constructor(placed) {
    this.placed = placed;
    this.day = data.today;
    this.frame();
    this.radius = Math.max(2, Math.min(5.5, 75 / Math.sqrt(placed.length)));
    this.symbols = svg("g");
    this.legend = el("div");
    this.tip = el("p", { class: "tip", "aria-hidden": "true" });
    this.chart = drawing(MAP.width, this.height, t("map.label"), this.ground(), this.symbols);
    this.chart.addEventListener("pointermove", (event) => this.point(event));
    this.chart.addEventListener("pointerleave", () => {
      this.tip.textContent = "";
    });
    this.chart.addEventListener("click", (event) => {
      const shop = this.nearest(event);
      if (shop) {
        showDetails(shop);
      }
    });
    this.controls = this.slider();
    showMatching(() => this.draw());
  }

  /** Chooses the window of degrees, and with it how they become points: a cylinder that is true in Germany's middle. */
  frame() {
    const points = [...data.map.outline, ...this.placed.map((shop) => shop.at)];
    const [lons, lats] = [0, 1].map((axis) => points.map((point) => point[axis]));
    const middle = data.map.outline.length ? MAP.parallels : (Math.min(...lats) + Math.max(...lats)) / 2;
    const narrowing = Math.cos((middle * Math.PI) / 180);
    const [west, east, south, north] = [Math.min(...lons), Math.max(...lons), Math.min(...lats), Math.max(...lats)];
    const inner = MAP.width - 2 * MAP.margin;
    this.scale = Math.min(inner / Math.max(0.2, (east - west) * narrowing), 680 / Math.max(0.2, north - south));
    this.height = Math.round(Math.max(0.2, north - south) * this.scale + 2 * MAP.margin);
    this.bounds = [west, east, south, north];
    const offset = (MAP.width - (east - west) * narrowing * this.scale) / 2;
    this.x = (lon) => offset + (lon - west) * narrowing * this.scale;
    this.y = (lat) => MAP.margin + (north - lat) * this.scale;
    for (const shop of this.placed) {
      shop.spot = [this.x(shop.at[0]), this.y(shop.at[1])];
    }
  }

  /** Lines of whole degrees, the outline and a few cities. */
  ground() {
    const [west, east, south, north] = this.bounds;
    const step = [1, 2, 5, 10, 20].find((degrees) => Math.max(east - west, north - south) / degrees <= 6) ?? 45;
    const lines = [];
    for (let lon = Math.ceil(west / step) * step; lon <= east; lon += step) {
      lines.push(
        svg("line", { class: "grid", x1: this.x(lon), x2: this.x(lon), y1: 0, y2: this.height }),
        svg("text", { class: "axis faint", x: this.x(lon) + 3, y: this.height - 3 }, `${lon}°`),
      );
    }
    for (let lat = Math.ceil(south / step) * step; lat <= north; lat += step) {
      lines.push(
        svg("line", { class: "grid", x1: 0, x2: MAP.width, y1: this.y(lat), y2: this.y(lat) }),
        svg("text", { class: "axis faint", x: 2, y: this.y(lat) - 3 }, `${lat}°`),
      );
    }
    const outline = data.map.outline
      .map(([lon, lat], place) => `${place ? "L" : "M"}${this.x(lon).toFixed(1)} ${this.y(lat).toFixed(1)}`)
      .join("");
    const places = data.map.places.map(([name, lon, lat]) =>
      svg("text", { class: "place", x: this.x(lon), y: this.y(lat) - 7 }, name),
    );
    return svg(
      "g",
      { "aria-hidden": "true" },
      lines,
      outline ? svg("path", { class: "outline", d: `${outline}z` }) : "",
      places,
    );
  }

  slider() {
    const last = Math.max(data.today, ...this.placed.filter((shop) => shop.cost).map((shop) => shop.finish));
    const text = el("output", { for: "map-day" }, dayText(this.day));
    const range = el("input", {
      type: "range",
      id: "map-day",
      min: data.today,
      max: last,
      value: this.day,
      input: () => {
        this.day = Number(range.value);
        text.textContent = dayText(this.day);
        range.setAttribute("aria-valuetext", dayText(this.day));
        this.draw();
      },
    });
    range.setAttribute("aria-valuetext", dayText(this.day));
    return el("div", { class: "slider" }, el("label", { for: "map-day" }, t("map.day")), range, text);
  }

  draw() {
    const wanted = new Set(matching);
    const paths = {};
    const counts = {};
    for (const shop of this.placed) {
      const state = stateOn(shop, this.day);
      const key = wanted.has(shop) ? state : `${state} other`;
      paths[key] =
        (paths[key] ?? "") + shapeOf(state, ...shop.spot.map((value) => Math.round(value * 10) / 10), this.radius);
      if (wanted.has(shop)) {
        counts[state] = (counts[state] ?? 0) + 1;
      }
    }
    const order = (key) => STATES.indexOf(key.split(" ")[0]) + (key.endsWith("other") ? 100 : 0);
    const keys = Object.keys(paths).sort((a, b) => order(b) - order(a));
    this.symbols.replaceChildren(...keys.map((key) => svg("path", { class: `state ${key}`, d: paths[key] })));
    this.legend.replaceChildren(stateLegend(counts));
  }

  nearest(event) {
    const box = this.chart.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * MAP.width;
    const y = ((event.clientY - box.top) / box.height) * this.height;
    const wanted = new Set(matching);
    let best = null;
    let least = 14;
    for (const shop of this.placed) {
      const distance = Math.hypot(shop.spot[0] - x, shop.spot[1] - y);
      if (distance < least && wanted.has(shop)) {
        [best, least] = [shop, distance];
      }
    }
    return best;
  }

  point(event) {
    const shop = this.nearest(event);
    this.chart.classList.toggle("pointed", Boolean(shop));
    this.tip.textContent = shop
      ? `${nameOf(shop)} · ${t(`state.${stateOn(shop, this.day)}`)}${shop.cost ? ` · ${spanText(shop.start, shop.finish)}` : ""}`
      : "";
  }
}
