/* global uPlot */
// Runs in the page, after uPlot and the data of the plots. Colours are asked for at each drawing, so that a page that
// turns dark or goes to a printer is drawn again in other colours.
(() => {
  const plots = JSON.parse(document.getElementById('plots').textContent);
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const faint = (name, part) => `color-mix(in srgb, ${colour(name)} ${part}%, transparent)`;
  const font = '12px ui-sans-serif, system-ui, "Segoe UI", sans-serif';
  const Heights = { latency: 320, amount: 220, shares: 220, cost: 300 };

  const number = (value) => Number(value.toPrecision(3)).toLocaleString('en');
  const time = (value) => (value >= 1000 ? `${number(value / 1000)} s` : `${number(value)} ms`);
  const money = (value) => `$${number(value)}`;
  const formatOf = ({ kind, unit }) => {
    if (kind === 'latency') {
      return time;
    }
    if (kind === 'cost') {
      return money;
    }
    return (value) => `${number(value)}${unit}`;
  };

  const Looks = {
    line: (side) => ({ width: 2.5, stroke: () => colour(side), points: { show: false } }),
    thin: (side) => ({ width: 1.25, stroke: () => colour(side), points: { show: false } }),
    dots: (side) => ({
      ...{ width: 0, paths: () => null, stroke: () => faint(side, 45) },
      points: { show: true, size: 4, width: 0, fill: () => faint(side, 45) },
    }),
    failures: (side) => ({
      width: 0,
      paths: () => null,
      stroke: () => colour(side),
      points: { show: false },
      scale: 'n',
    }),
    asked: () => ({ width: 0, fill: () => faint('soft', 22), stroke: () => colour('soft'), points: { show: false } }),
    bars: (side) => ({ width: 0, fill: () => colour(side), stroke: () => colour(side), points: { show: false } }),
  };

  function seriesOf(plot) {
    const format = formatOf(plot);
    const bars = plot.series.filter(({ as }) => as === 'bars');
    return plot.series.map((one) => {
      const isCount = one.as === 'failures';
      const value = (_u, v) => (v === null || v === undefined ? '' : isCount ? number(v) : format(v));
      const series = { label: one.label, value, spanGaps: true, ...Looks[one.as](one.side) };
      if (one.as !== 'bars') {
        return series;
      }
      // Two bars share a moment; places in a row are for one bar each.
      const shares = plot.kind === 'amount';
      const align = shares ? (bars.indexOf(one) === 0 ? -1 : 1) : 0;
      return { ...series, paths: uPlot.paths.bars({ size: [shares ? 0.42 : 0.8, 48], align, radius: 0.12 }) };
    });
  }

  /** The room between the median and the 95th percentile of a side, where both are there. */
  function bandsOf({ kind, series }) {
    if (kind !== 'latency') {
      return [];
    }
    return series.flatMap(({ as, side }, i) =>
      as === 'thin' ? [{ series: [i + 1, i], fill: () => faint(side, 16) }] : [],
    );
  }

  function axis(more) {
    return {
      ...{ font: font, stroke: () => colour('soft'), grid: { stroke: () => colour('rule'), width: 1 } },
      ...{ ticks: { show: false } },
      ...more,
    };
  }

  function yScaleOf({ kind, columns, series }) {
    if (kind !== 'latency') {
      return { range: (_u, _low, high) => [0, high > 0 ? high * 1.12 : 1] };
    }
    const values = columns.slice(1).flatMap((column, i) => (series[i].as === 'failures' ? [] : column));
    const there = values.filter((value) => value > 0);
    const [low, high] = [Math.min(...there, 10), Math.max(...there, 10)];
    // Down to the 1, 2 or 5 below, and some air above for the failures.
    return { distr: 3, range: () => [nicePower(low), high * 1.9] };
  }

  function nicePower(value) {
    const power = 10 ** Math.floor(Math.log10(value));
    return power * ([5, 2, 1].find((step) => step * power <= value) ?? 1);
  }

  /** The vertical lines: what happened, and when. */
  function drawMarks(u, { marks, kind }) {
    const { ctx } = u;
    const { left, top, width, height } = u.bbox;
    const ratio = uPlot.pxRatio;
    for (const { at, label } of marks) {
      const x = Math.round(u.valToPos(at, 'x', true));
      ctx.save();
      ctx.strokeStyle = colour('wrong');
      ctx.lineWidth = 1.5 * ratio;
      ctx.setLineDash([5 * ratio, 4 * ratio]);
      ctx.beginPath();
      ctx.moveTo(x, top);
      ctx.lineTo(x, top + height);
      ctx.stroke();
      if (kind === 'latency' || kind === 'cost') {
        ctx.font = `600 ${font.replace('12px', `${12 * ratio}px`)}`;
        ctx.fillStyle = colour('wrong');
        const half = ctx.measureText(label).width / 2;
        ctx.textAlign = 'center';
        ctx.textBaseline = 'bottom';
        ctx.fillText(label, Math.min(Math.max(x, left + half), left + width - half), top - 5 * ratio);
      }
      ctx.restore();
    }
  }

  /** A cross along the upper edge for each moment in which requests failed, a row for each side. */
  function drawFailures(u, { series }) {
    const { ctx } = u;
    const ratio = uPlot.pxRatio;
    const rows = series.flatMap((one, i) => (one.as === 'failures' ? [{ ...one, column: i + 1 }] : []));
    ctx.save();
    ctx.lineWidth = 2 * ratio;
    rows.forEach(({ column, side }, row) => {
      ctx.strokeStyle = colour(side);
      const [y, arm] = [u.bbox.top + (10 + row * 12) * ratio, 3.5 * ratio];
      u.data[column].forEach((count, i) => {
        if (!count) {
          return;
        }
        const x = u.valToPos(u.data[0][i], 'x', true);
        ctx.beginPath();
        ctx.moveTo(x - arm, y - arm);
        ctx.lineTo(x + arm, y + arm);
        ctx.moveTo(x - arm, y + arm);
        ctx.lineTo(x + arm, y - arm);
        ctx.stroke();
      });
    });
    ctx.restore();
  }

  function xAxisOf({ kind }) {
    if (kind === 'shares') {
      return axis({ show: false });
    }
    if (kind === 'cost') {
      return axis({ size: 34, values: (_u, splits) => splits.map((value) => `${number(value)}/s`) });
    }
    return axis({ size: 34, values: (_u, splits) => splits.map((value) => `${number(value)} s`) });
  }

  /** On a logarithmic axis 1, 10, 100 have a label, and 2 and 5 between them where there is room for it. */
  function yAxisOf(plot) {
    const format = formatOf(plot);
    const isShort = ({ scales }) => Math.log10(scales.y.max / scales.y.min) < 2.2;
    const isShown = (u, value) => plot.kind !== 'latency' || (isShort(u) ? /^[125]/ : /^1/).test(value.toExponential());
    return axis({
      size: 62,
      values: (u, splits) => splits.map((value) => (value !== null && isShown(u, value) ? format(value) : null)),
      grid: {
        ...{ stroke: () => colour('rule'), width: 1 },
        filter: (u, splits) => splits.map((value) => (isShown(u, value) ? value : null)),
      },
    });
  }

  /** Lets the style sheet draw the legend's marks, which are to change with the colours of the page. */
  function nameLegend(u, { series }) {
    const rows = [...u.root.querySelectorAll('.u-legend .u-series')].slice(1);
    rows.forEach((row, i) => {
      row.classList.add(series[i].as, ...(series[i].side ? [series[i].side] : []));
    });
  }

  function xValue({ kind }, value) {
    if (value === null || value === undefined || kind === 'shares') {
      return '';
    }
    return kind === 'cost' ? `${number(value)} orders/s` : `${number(value)} s`;
  }

  function draw(element) {
    const plot = plots[element.dataset.plot];
    const isLabelled = plot.kind === 'latency' || plot.kind === 'cost';
    const options = {
      ...{
        width: element.clientWidth,
        height: Heights[plot.kind],
        padding: [isLabelled ? 24 : 10, 12, plot.kind === 'shares' ? 8 : 0, 0],
      },
      ...{ legend: { markers: { show: false } } },
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 }, sync: { key: element.dataset.together } },
      scales: {
        x: { time: false, range: () => plot.range },
        y: yScaleOf(plot),
        n: { auto: false, range: () => [0, 1] },
      },
      axes: [xAxisOf(plot), yAxisOf(plot)],
      series: [{ label: plot.kind === 'cost' ? 'load' : 'at', value: (_u, v) => xValue(plot, v) }, ...seriesOf(plot)],
      bands: bandsOf(plot),
      hooks: {
        ready: [(u) => nameLegend(u, plot)],
        draw: [
          (u) => {
            drawFailures(u, plot);
            drawMarks(u, plot);
            element.dataset.drawn = `${u.ctx.canvas.width}x${u.ctx.canvas.height}`;
          },
        ],
      },
    };
    return { element, height: options.height, u: new uPlot(options, plot.columns, element) };
  }

  const drawn = [...document.querySelectorAll('[data-plot]')].map(draw);
  const again = () => {
    for (const { u } of drawn) {
      u.redraw(false);
    }
  };
  const fill = () => {
    for (const { u, element, height } of drawn) {
      if (element.clientWidth > 0 && element.clientWidth !== u.width) {
        u.setSize({ width: element.clientWidth, height });
      }
    }
  };
  addEventListener('resize', fill);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', again);
  matchMedia('print').addEventListener('change', () => {
    fill();
    again();
  });
})();
