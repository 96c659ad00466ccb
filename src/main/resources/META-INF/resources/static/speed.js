'use strict';
// The chart of the run's speed: asked for again every ten seconds, drawn in the colours of the page.
(() => {
  const place = document.getElementById('chart');
  const section = document.getElementById('speed');
  const words = place.dataset;
  const language = document.documentElement.lang;
  const EVERY_MS = 10000;
  let chart;

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const number = (value) => (value == null ? '' : value.toLocaleString(language));
  const time = (seconds) => (seconds == null ? '' : new Date(seconds * 1000).toLocaleString(language));

  const line = (label, name, scale) => ({
    label, scale, stroke: () => colour(name), width: 2, points: { show: (plot) => plot.data[0].length < 20, size: 5 }, value: (plot, value) => number(value),
  });
  const axis = (scale, side) => ({
    scale, side, stroke: () => colour('--soft'), size: 64, grid: { show: side === 3, stroke: () => colour('--line') },
    ticks: { stroke: () => colour('--line') },
    values: (plot, values) => values.map((value) => number(value) + (scale === '%' ? ' %' : '')),
  });

  const draw = (series) => {
    const data = [series.seconds, series.read, series.delivered, series.dead, series.share];
    section.hidden = series.seconds.length === 0;
    if (section.hidden) {
      return;
    }
    if (series.seconds.length === 1) {
      // A single moment has no width of its own, and would be drawn over years.
      data.forEach((values, of) => values.unshift(of === 0 ? values[0] - EVERY_MS / 1000 : null));
    }
    const width = place.clientWidth - 16;
    if (chart) {
      chart.setData(data);
      return;
    }
    chart = new uPlot({
      width, height: 240,
      series: [{ label: '', value: (plot, value) => time(value) }, line(words.read, '--accent', 'n'), line(words.delivered, '--good', 'n'),
        line(words.dead, '--bad', 'n'), { ...line(words.share, '--soft', '%'), width: 1, dash: [4, 4] }],
      scales: { n: { range: (plot, least, most) => [0, Math.max(1, most * 1.05)] }, '%': { range: [0, 100] } },
      axes: [{ stroke: () => colour('--soft'), grid: { show: false }, ticks: { stroke: () => colour('--line') } }, axis('n', 3), axis('%', 1)],
    }, data, place);
  };

  const ask = async () => {
    try {
      const answer = await fetch('/api/run/series', { headers: { Accept: 'application/json' } });
      if (answer.ok) {
        draw(await answer.json());
      }
    } catch {
      // The page itself tells when the connection is lost; this goes on by itself.
    }
  };

  addEventListener('resize', () => chart?.setSize({ width: place.clientWidth - 16, height: 240 }));
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => chart?.redraw());
  document.body.addEventListener('changed', ask);
  setInterval(ask, EVERY_MS);
  ask();
})();
