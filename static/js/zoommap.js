// The county map to zoom and to hover over: drawn by ECharts on demand, from the outlines of the page's own map and from
// the numbers of the table beside it, so that chart and table cannot differ. Tooltips are drawn on the canvas: HTML ones
// would need inline styles, which the policy forbids.
const SHAPES = { i: "⬣", ii: "▲", iii: "◆", iv: "●", below: "▬" };

const holder = document.querySelector("[data-zoom-map]");
const canvas = holder.querySelector("[data-zoom-canvas]");
let chart = null;

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

function loaded() {
  if (window.echarts) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = holder.dataset.zoomMap;
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
}

function outlines() {
  const box = document.querySelector("svg.map").getAttribute("viewBox");
  const paths = [...document.querySelectorAll("path[id^='county-']")];
  const drawn = paths.map((path) => `<path name="${path.id.slice(7)}" d="${path.getAttribute("d")}"/>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}">${drawn.join("")}</svg>`;
}

function counties() {
  return [...document.querySelectorAll("tr[data-key^='area-']:not(.is-zone)")].map((row) => {
    const code = row.dataset.key.slice(5);
    const area = document.querySelector(`[data-key='map-${code}'] .map-area`);
    const level = area?.classList[1]?.slice(4) ?? "none";
    const cells = [...row.querySelectorAll("td[data-label]")].filter((cell) => cell.dataset.cell);
    const said = cells.map((cell) => `${cell.dataset.label} ${cell.textContent.trim()}`);
    const count = Number(row.querySelector("[data-cell='incidents']")?.textContent ?? 0);
    return { code, name: row.querySelector("th").textContent.trim(), level, count, said };
  }).filter((county) => document.getElementById(`county-${county.code}`));
}

function option() {
  const known = new Map(counties().map((county) => [county.code, county]));
  const fill = (level) => (SHAPES[level] ? token(`level-${level}`) : token("idle"));
  const data = [...known.values()].map((county) => ({
    name: county.code,
    value: county.count,
    itemStyle: { areaColor: fill(county.level) },
  }));
  const named = ({ name }) => {
    const county = known.get(name);
    return county?.count ? `${county.name}\n${SHAPES[county.level] ?? ""} ${county.count}` : (county?.name ?? "");
  };
  const label = { show: true, formatter: named, color: token("ink"), textBorderColor: token("surface"), textBorderWidth: 3 };
  const told = ({ name }) => [known.get(name)?.name, ...(known.get(name)?.said ?? [])].join("\n");
  return {
    aria: { enabled: true, label: { description: holder.dataset.zoomLabel } },
    tooltip: { renderMode: "richText", formatter: told, backgroundColor: token("surface"), textStyle: { color: token("ink") } },
    series: [{
      type: "map", map: "counties", roam: true, scaleLimit: { min: 1, max: 8 }, selectedMode: false, data, label,
      itemStyle: { borderColor: token("line-strong") },
      emphasis: { label, itemStyle: { borderColor: token("ink"), borderWidth: 2, areaColor: "inherit" } },
    }],
  };
}

function open() {
  canvas.hidden = false;
  window.echarts.registerMap("counties", { svg: outlines() });
  chart = window.echarts.init(canvas, null, { renderer: "canvas" });
  chart.setOption(option());
  const redraw = () => chart.setOption(option());
  new MutationObserver(redraw).observe(document.querySelector("[data-live-part]"), { subtree: true, childList: true, characterData: true });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => setTimeout(redraw));
  addEventListener("resize", () => chart.resize());
  holder.dataset.drawn = "1";
}

const say = (name, isSaid) => { holder.querySelector(`[data-zoom-${name}]`).hidden = !isSaid; };

holder.addEventListener("toggle", async () => {
  if (!holder.open || chart) return;
  say("failed", false);
  say("loading", true);
  try {
    await loaded();
    if (!chart) open();
  } catch {
    say("failed", true);
  }
  say("loading", false);
});
