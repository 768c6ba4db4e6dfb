'use strict';

// Plots of the last minutes. It keeps a quarter of an hour at one sample a second and shows the part that is asked for.
const telemetryHistory = (() => {
  const KEEP_SECONDS = 900;
  const TICK_SECONDS = [1, 5, 10, 15, 30, 60, 120, 300];
  const PLOTS = [
    {title: 'Data rate', unit: 'Gb/s', digits: 3, read: status => status.total.bytes_per_second * 8 / 1e9},
    {title: 'Heap rate', unit: 'heaps/s', digits: 1, read: status => status.total.heaps_per_second},
    {title: 'Missing heaps', unit: 'heaps', digits: 0, read: status => status.total.missing_heaps},
  ];
  const times = [];
  const series = PLOTS.map(() => []);
  let plots = [];
  let windowSeconds = 300;
  let paused = false;

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  function axis() {
    return {
      stroke: colour('--soft'),
      grid: {stroke: colour('--line'), width: 1},
      ticks: {stroke: colour('--line'), width: 1},
    };
  }

  function lastTime() {
    return times.length ? times[times.length - 1] : 0;
  }

  // Universal time, as everywhere in the data.
  function clockTimes(self, splits) {
    return splits.map(seconds => new Date(seconds * 1000).toISOString().slice(11, 19));
  }

  function options(plot, width) {
    return {
      width,
      height: 180,
      legend: {show: false},
      cursor: {show: false},
      scales: {x: {range: () => [lastTime() - windowSeconds, lastTime()]}, y: {range: (self, low, high) => [0, Math.max(high * 1.1, 1e-3)]}},
      axes: [{...axis(), space: 80, incrs: TICK_SECONDS, values: clockTimes}, {...axis(), size: 60}],
      series: [{}, {label: plot.title, stroke: colour('--accent'), width: 2, points: {show: false}}],
    };
  }

  function build() {
    const parent = document.getElementById('plots');
    parent.replaceChildren();
    // All figures are there before any is measured: how wide one is depends on how many there are.
    const figures = PLOTS.map(() => document.createElement('figure'));
    parent.append(...figures);
    plots = PLOTS.map((plot, index) => {
      const figure = figures[index];
      const caption = document.createElement('figcaption');
      figure.append(caption);
      const width = Math.max(200, figure.clientWidth - 16);
      // The canvas says nothing to a screen reader; the caption has the numbers.
      const chart = new uPlot(options(plot, width), [[], []], figure);
      chart.root.setAttribute('aria-hidden', 'true');
      return {plot, caption, chart};
    });
    draw();
  }

  function draw() {
    const from = Math.max(0, times.findIndex(time => time >= lastTime() - windowSeconds));
    plots.forEach(({plot, caption, chart}, index) => {
      const values = series[index].slice(from);
      chart.setData([times.slice(from), values]);
      const now = values.length ? values[values.length - 1] : 0;
      const most = values.reduce((a, b) => Math.max(a, b), 0);
      caption.textContent =
        `${plot.title}: ${now.toFixed(plot.digits)} ${plot.unit} now, at most ${most.toFixed(plot.digits)}`;
    });
  }

  function add(status) {
    if (times.length && status.unix_time <= times[times.length - 1]) {
      return;
    }
    times.push(status.unix_time);
    PLOTS.forEach((plot, index) => series[index].push(plot.read(status)));
    while (times[0] < status.unix_time - KEEP_SECONDS) {
      times.shift();
      series.forEach(values => values.shift());
    }
    if (!paused) {
      draw();
    }
  }

  function start() {
    document.getElementById('window').addEventListener('change', event => {
      windowSeconds = Number(event.target.value);
      draw();
    });
    document.getElementById('pause').addEventListener('click', event => {
      paused = !paused;
      event.target.setAttribute('aria-pressed', String(paused));
      draw();
    });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', build);
    let resizing = 0;
    addEventListener('resize', () => {
      clearTimeout(resizing);
      resizing = setTimeout(build, 150);
    });
    build();
  }

  return {start, add};
})();
