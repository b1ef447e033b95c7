// Draws what the panels say. All words become text nodes, so that nothing in them is taken for HTML.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const charts = [];  // how each is made again, in other colors

  function element(name, within, text, kind) {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (kind) made.className = kind;
    within.append(made);
    return made;
  }
  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const palette = (i) => color("--c" + (i % 8));
  // Blue to orange the short way, as light as the theme wants it.
  const deep = (d) => `hsl(${Math.round(214 + 176 * d) % 360} 62% ${dark() ? 66 : 44}%)`;
  const dark = () => getComputedStyle(document.documentElement).colorScheme === "dark";
  const faint = (hex) => hex + "38";
  const figure = (x) => x === 0 ? "0" : Math.abs(x) >= 1e-3 && Math.abs(x) < 1e6 ? String(Number(x.toPrecision(4))) : x.toExponential(2);
  const tick = (x) => x === 0 ? "0" : Math.abs(x) >= 1e-3 && Math.abs(x) < 1e5 ? String(Number(x.toPrecision(3))) : x.toExponential(0).replace("e+", "e");

  function scale(axis, small, more) {
    const ticks = {color: color("--soft"), maxRotation: 0, autoSkipPadding: 12, font: {size: small ? 9 : 11}, callback: tick};
    if (small) ticks.maxTicksLimit = 4;
    if (axis.log)  // powers of ten alone, unless there are few
      ticks.callback = (x, i, all) => {
        const power = Math.log10(x), span = Math.log10(all[all.length - 1].value / all[0].value);
        return Math.abs(power - Math.round(power)) < 1e-9 || (span < 1.5 && [2, 5].includes(Math.round(x / 10 ** Math.floor(power + 1e-9)))) ? tick(x) : "";
      };
    return {type: axis.log ? "logarithmic" : "linear", ticks,
            grid: {color: color("--line"), drawBorder: false, drawTicks: false},
            title: {display: !small && axis.title !== "", text: axis.title, color: color("--soft"), font: {size: 11}}, ...more};
  }

  function options(one, x, y, legend) {
    return {animation: false, responsive: true, maintainAspectRatio: false, normalized: true,
            interaction: {mode: one.small ? "nearest" : "index", axis: "x", intersect: false}, scales: {x, y},
            plugins: {legend: {display: legend, position: "bottom",
                               labels: {filter: (item, all) => all.datasets[item.datasetIndex].data.length > 1 || all.datasets.length < 4,
                                        color: color("--ink"), usePointStyle: true, boxWidth: 7, boxHeight: 7, font: {size: 11}}},
                      tooltip: {callbacks: {label: (at) => `${at.dataset.label}: ${figure(at.parsed.y)}`}}}};
  }

  function lines(one) {
    const datasets = one.lines.map((line) => {
      const ink = line.depth < 0 ? palette(line.color) : deep(line.depth), dots = line.look === "dots", area = line.look === "area";
      const points = line.x.map((x, i) => ({x, y: line.y[i] === null ? NaN : line.y[i]}));
      return {label: line.name, data: points, borderColor: ink, backgroundColor: area ? faint(ink) : ink, borderWidth: area ? 1 : 1.8,
              borderDash: line.look === "dashed" ? [5, 4] : [], showLine: !dots, fill: area ? "origin" : false, stepped: area,
              pointRadius: dots ? (points.length > 60 ? 1.8 : 4) : line.look === "marked" || points.length === 1 ? 3 : 0, pointHitRadius: 6,
              pointStyle: dots || line.look === "marked" ? "circle" : "line", tension: 0};
    });
    const places = one.lines.flatMap((line) => line.x);
    const x = scale(one.x, one.small, {min: Math.min(...places), max: Math.max(...places)});
    if (x.min === x.max) delete x.min, delete x.max;
    const config = {type: "scatter", data: {datasets}, options: options(one, x, scale(one.y, one.small, {display: !one.small}), !one.small && datasets.length > 1 && datasets.length <= 8)};
    config.options.plugins.tooltip.callbacks.title = (items) => items.length ? `${one.x.title} ${figure(items[0].parsed.x)}` : "";
    return config;
  }

  function bars(one) {
    const datasets = one.groups.map((group, i) => ({label: group.name, data: group.values, backgroundColor: palette(i), maxBarThickness: 28}));
    const x = scale(one.x, one.small, {type: "category"});
    delete x.ticks.callback;
    x.grid.display = false;
    return {type: "bar", data: {labels: one.labels, datasets},
            options: options(one, x, scale(one.y, one.small, {beginAtZero: true}), datasets.length > 1)};
  }

  function chart(one, within, make) {
    const box = element("figure", within);
    if (one.title) element("figcaption", box, one.title);
    const canvas = element("canvas", element("div", box, undefined, "plot"));
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", one.title || `${one.y.title} by ${one.x.title}`);
    charts.push({canvas, make: () => make(one), drawn: null});
  }

  function table(one, within) {
    if (one.rows.length > 14) {
      within = element("details", within);
      element("summary", within, `${one.rows.length} rows`);
    }
    const made = element("table", element("div", within, undefined, "wide"));
    const long = 40, words = one.head.map((_, i) => i === 0 || one.rows.some((row) => row[i] && !/^[-−–\d.e+,% ]+$/.test(row[i])));
    const head = element("tr", element("thead", made)), body = element("tbody", made);
    one.head.forEach((name, i) => element("th", head, name, words[i] ? "text" : ""));
    for (const row of one.rows) {
      const line = element("tr", body);
      row.forEach((cell, i) => element("td", line, cell, (words[i] ? "text" : "") + (cell.length > long ? " long" : "")));
    }
  }

  function matrix(one, within) {
    const n = one.names.length, made = element("table", element("div", within, undefined, "wide"), undefined, "matrix");
    const head = element("tr", made);
    element("th", head, `${one.rows} \\ ${one.columns}`, "row");
    for (const name of one.names) element("th", head, name, "column").title = name;
    element("th", head, "right");
    for (let i = 0; i < n; ++i) {
      const row = element("tr", made), counts = one.counts.slice(i * n, i * n + n), all = counts.reduce((a, b) => a + b, 0);
      element("th", row, one.names[i], "row").title = one.names[i];
      counts.forEach((count, j) => {
        const cell = element("td", row, count || "·", count ? "" : "none");
        const share = all ? count / all : 0;
        if (count) cell.style.background = `rgb(var(--${i === j ? "tint" : "wrong"}) / ${i === j ? 0.08 + 0.4 * share : 0.18 + 0.7 * share})`;
        cell.title = `${one.names[i]} taken for ${one.names[j]}: ${count} of ${all}`;
      });
      element("th", row, all ? (100 * counts[i] / all).toFixed(1) + " %" : "–");
    }
  }

  function pictures(one, within) {
    const large = one.items.length === 1, box = element("div", within, undefined, "pictures" + (large ? " large" : ""));
    for (const item of one.items) {
      const made = element("figure", box), image = element("img", made);
      image.src = item.source;
      image.alt = item.caption;
      element("figcaption", made, item.caption);
    }
  }

  function figures(one, within) {
    const box = element("div", within, undefined, "figures");
    for (const item of one.items) {
      const made = element("div", box);
      element("b", made, item.value);
      element("span", made, item.name);
    }
  }

  const kinds = {
    chart: (one, within) => chart(one, within, lines),
    bars: (one, within) => chart(one, within, bars),
    table, matrix, pictures, figures,
    verbatim: (one, within) => element("pre", within, one.text),
    note: (one, within) => element("p", within, one.text, "note"),
    heading: (one, within) => {
      const made = element("h3", within);
      const mark = element("i", made);
      mark.style.background = `var(--c${data.runs.indexOf(one.text) % 8})`;
      if (data.runs.indexOf(one.text) < 0) mark.remove();
      made.append(one.text);
    },
  };

  function content(shown, within) {
    let row = null;  // charts that follow each other stand side by side
    for (const one of shown) {
      const plot = one.kind === "chart" || one.kind === "bars";
      if (plot && (!row || row.small !== !!one.small)) {
        row = {box: element("div", within, undefined, one.small ? "charts small" : "charts"), small: !!one.small};
      }
      if (!plot) row = null;
      kinds[one.kind](one, row ? row.box : within);
    }
  }

  function draw() {
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    for (const one of charts) {
      if (one.drawn) one.drawn.destroy();
      one.drawn = new Chart(one.canvas, one.make());
    }
    document.documentElement.dataset.drawn = String(charts.length);
  }

  const title = data.runs.join(", ");
  document.title = title + " – goodfit";
  document.querySelector("h1").textContent = title;
  const main = document.querySelector("main"), nav = document.querySelector("nav");
  let pair = null;  // panels of one chart each share a row
  for (const panel of data.panels) {
    const single = panel.shown.length === 1 && panel.shown[0].kind === "chart" && data.runs.length >= 1;
    if (single && !pair) pair = element("div", main, undefined, "pair");
    if (!single) pair = null;
    const section = element("section", pair || main, undefined, panel.title ? "" : "bare");
    section.id = panel.key;
    if (panel.title) {
      element("h2", section, panel.title);
      element("a", nav, panel.title).href = "#" + panel.key;
    }
    if (panel.reading) element("p", section, panel.reading, "reading");
    content(panel.shown, section);
  }
  document.querySelector("footer").textContent = `Made by goodfit ${data.goodfit} at ${data.made}. Charts by Chart.js ${Chart.version} (MIT License, chartjs.org).`;
  draw();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  const printing = (on) => () => {
    document.documentElement.classList.toggle("print", on);
    draw();
  };
  addEventListener("beforeprint", printing(true));
  addEventListener("afterprint", printing(false));
})();
