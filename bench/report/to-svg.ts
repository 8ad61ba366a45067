import type { Bar, Chart } from './section.ts';
import { toText } from './statistics.ts';

const WIDTH = 900;
const LABELS = 420;
const VALUES = 90;
const ROW = 28;
const TOP = 60;
const PLOT = WIDTH - LABELS - VALUES;

// Pages embed the file as an image, so it must follow the reader's colour scheme itself.
const STYLE = `
    text { font: 13px system-ui, sans-serif; fill: #24292f }
    .title { font-size: 16px; font-weight: 600 }
    .quiet { fill: #57606a }
    .grid { stroke: #d0d7de }
    .bar { fill: #8c959f }
    .ours { fill: #0969da }
    .spread { stroke: #24292f; stroke-width: 1.5 }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3 }
      .quiet { fill: #9198a1 }
      .grid { stroke: #3d444d }
      .bar { fill: #656c76 }
      .ours { fill: #4493f8 }
      .spread { stroke: #e6edf3 }
    }`;

/** Draws medians with their quartiles as an SVG, readable on light and dark pages. */
export const toSvg = ({ title, unit, scale, bars }: Chart): string => {
  const height = TOP + bars.length * ROW + 30;
  const axis = createAxis(scale, bars);
  const rows = bars.map((bar, index) => toRow(bar, TOP + index * ROW, scale, axis.toX));
  const lines = axis.ticks.map((tick) => toTick(tick, height - 26, axis.toX(tick)));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img">
  <title>${toXml(title)}</title>
  <style>${STYLE}
  </style>
  <text class="title" x="12" y="26">${toXml(title)}</text>
  <text class="quiet" x="12" y="46">${unit}${scale === 'log' ? ', logarithmic' : ''}; median, with a line from the lower to the upper quartile</text>
  ${[...lines, ...rows].join('\n  ')}
</svg>
`;
};

type Axis = { ticks: number[]; toX(value: number): number };

function createAxis(scale: Chart['scale'], bars: Bar[]): Axis {
  const highest = Math.max(...bars.map(({ spread }) => spread.high));
  if (scale === 'linear') {
    const step = toStep(highest / 4);
    const ticks = Array.from({ length: Math.floor(highest / step) + 1 }, (_, nth) => nth * step);
    return { ticks, toX: (value) => LABELS + (value / highest) * PLOT };
  }
  const lowest = Math.floor(Math.log10(Math.min(...bars.map(({ spread }) => spread.low))));
  const decades = Math.ceil(Math.log10(highest)) - lowest;
  const ticks = Array.from({ length: decades + 1 }, (_, nth) => 10 ** (lowest + nth));
  return { ticks, toX: (value) => LABELS + ((Math.log10(value) - lowest) / decades) * PLOT };
}

/** The smallest of 1, 2, 5, 10, 20 … that is at least that much. */
function toStep(atLeast: number): number {
  const power = 10 ** Math.floor(Math.log10(atLeast));
  return (([1, 2, 5] as const).find((factor) => factor * power >= atLeast) ?? 10) * power;
}

function toRow(
  { label, spread, isOurs }: Bar,
  y: number,
  scale: Chart['scale'],
  toX: Axis['toX'],
): string {
  const [x, low, high] = [toX(spread.median), toX(spread.low), toX(spread.high)].map(round);
  const kind = isOurs ? 'ours' : 'bar';
  const middle = y + ROW / 2;
  const mark =
    scale === 'linear'
      ? `<rect class="${kind}" x="${LABELS}" y="${y + 5}" width="${round(toX(spread.median) - LABELS)}" height="${ROW - 10}" rx="2"/>`
      : `<circle class="${kind}" cx="${x}" cy="${middle}" r="6"/>`;
  return [
    `<text x="${LABELS - 10}" y="${middle + 5}" text-anchor="end">${toXml(label)}</text>`,
    mark,
    `<path class="spread" d="M${low} ${middle}H${high}"/>`,
    `<text x="${round(Math.max(toX(spread.median), toX(spread.high)) + 10)}" y="${middle + 5}">${toText(spread.median)}</text>`,
  ].join('');
}

const toTick = (tick: number, bottom: number, x: number): string =>
  `<path class="grid" d="M${round(x)} ${TOP}V${bottom}"/><text class="quiet" x="${round(x)}" y="${bottom + 18}" text-anchor="middle">${tick.toLocaleString('en')}</text>`;

const round = (value: number): number => Math.round(value * 10) / 10;

const toXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
