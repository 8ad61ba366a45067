import uPlot from 'uplot';
import type { NumberFormat } from '../page/number-format.ts';
import type { Picture, Series } from '../service/feed.ts';
import { toChartData } from './to-chart-data.ts';
import { toChartOptions } from './to-chart-options.ts';

const LEAST_DRAG_PX = 8;

/** Creates a chart that fills its container. Dragging across it selects a span, in milliseconds since 1970. */
export const createChart = (
  container: HTMLElement,
  numbers: () => NumberFormat,
  onChoose: (from: number, to: number) => void,
) => {
  let drawn: { plot: uPlot; key: string } | undefined;
  let axis = { from: 0, to: 1 };
  const create = (series: readonly Series[]): uPlot => {
    const options = toChartOptions(series, numbers);
    return new uPlot(
      {
        ...options,
        ...toSize(container),
        ms: 1,
        scales: { x: { range: () => [axis.from, axis.to] } },
        cursor: {
          dataIdx: findNearest,
          drag: { x: true, y: false, setScale: false, dist: LEAST_DRAG_PX },
        },
        hooks: { setSelect: [choose], setCursor: [showLastValue] },
      },
      [[], ...options.series.slice(1).map(() => [])],
      container,
    );
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
    draw({ series, span }: Picture): void {
      const data = toChartData(series);
      axis = { from: span.from, to: Math.max(span.end, data[0].at(-1) ?? 0) };
      const key = JSON.stringify(series.map(({ eventType, history }) => [eventType, history.kind]));
      if (drawn?.key !== key) {
        drawn?.plot.destroy();
        drawn = { plot: create(series), key };
      }
      drawn.plot.setData(data);
      showLastValue(drawn.plot);
    },
  };
};

/** The place nearest to the pointer at which a series has a value: of two series, each has places of its own. */
function findNearest(plot: uPlot, index: number, hovered: number): number {
  const column = plot.data[index] ?? [];
  for (let away = 0; away < column.length; away += 1) {
    if (column[hovered - away] != null) return hovered - away;
    if (column[hovered + away] != null) return hovered + away;
  }
  return hovered;
}

/** Shows the newest values in the legend while the pointer is elsewhere. */
const showLastValue = (plot: uPlot): void => {
  if (plot.cursor.idx != null) return;
  const idxs = plot.data.map((column) => column.findLastIndex((value) => value != null));
  plot.setLegend({ idxs }, false);
};

const toSize = ({ clientWidth }: HTMLElement) => ({
  width: clientWidth,
  height: Math.round(Math.min(340, Math.max(220, clientWidth * 0.42))),
});
