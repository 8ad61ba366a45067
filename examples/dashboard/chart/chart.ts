import uPlot from 'uplot';
import type { Picture } from '../service/feed.ts';
import type { History } from '../service/history.ts';
import { toChartData } from './to-chart-data.ts';
import { toChartOptions } from './to-chart-options.ts';

const LEAST_DRAG_PX = 8;

/** Creates a chart that fills its container. Dragging across it selects a span, in milliseconds since 1970. */
export const createChart = (
  container: HTMLElement,
  onChoose: (from: number, to: number) => void,
) => {
  let drawn: { plot: uPlot; kind: History['kind']; label: string } | undefined;
  let axis = { from: 0, to: 1 };
  const create = (kind: History['kind'], label: string): uPlot => {
    const plot = new uPlot(
      {
        ...toChartOptions(kind, label),
        ...toSize(container),
        ms: 1,
        scales: { x: { range: () => [axis.from, axis.to] } },
        cursor: { drag: { x: true, y: false, setScale: false, dist: LEAST_DRAG_PX } },
        hooks: { setSelect: [choose], setCursor: [showLastValue] },
      },
      [[], ...Array.from({ length: kind === 'events' ? 1 : 3 }, () => [])],
      container,
    );
    return plot;
  };
  const choose = (plot: uPlot): void => {
    const { left, width } = plot.select;
    if (width < LEAST_DRAG_PX) return;
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    onChoose(plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x'));
  };
  new ResizeObserver(() => drawn?.plot.setSize(toSize(container))).observe(container);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () =>
    drawn?.plot.redraw(false, true),
  );
  return {
    /** @param label of the axis of values */
    draw({ history, span }: Picture, label: string): void {
      const data = toChartData(history);
      axis = { from: span.from, to: Math.max(span.end, data[0].at(-1) ?? 0) };
      if (drawn?.kind !== history.kind || drawn.label !== label) {
        drawn?.plot.destroy();
        drawn = { plot: create(history.kind, label), kind: history.kind, label };
      }
      drawn.plot.setData(data);
      showLastValue(drawn.plot);
    },
  };
};

/** Shows the newest value in the legend while the pointer is elsewhere. */
const showLastValue = (plot: uPlot): void => {
  if (plot.cursor.idx == null) plot.setLegend({ idx: plot.data[0].length - 1 }, false);
};

const toSize = ({ clientWidth }: HTMLElement) => ({
  width: clientWidth,
  height: Math.round(Math.min(340, Math.max(220, clientWidth * 0.42))),
});
