import { type Html, html } from '../../../platform/http/html.ts';

/** A point of a line: where it stands in time, what it is worth, and what is said of it. */
export interface Dot {
  readonly at: string;
  readonly value: number;
  readonly label: string;
}

interface Line {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly dots: readonly Dot[];
  readonly from: number;
  readonly to: number;
  /** What is said of where the line begins and ends. */
  readonly ends: readonly [string, string];
  /** A value that is marked by a line across: a class's mean, or a pass mark. */
  readonly mark?: { readonly value: number; readonly label: string } | undefined;
}

const WIDTH = 340;
const HEIGHT = 150;
const MARGIN = { left: 28, right: 6, top: 12, bottom: 24 };

const round = (value: number): number => Math.round(value * 10) / 10;

/** A scale from values to pixels. */
const scale =
  ([from, to]: readonly [number, number], [start, end]: readonly [number, number]) =>
  (value: number): number =>
    round(start + (to === from ? 0.5 : (value - from) / (to - from)) * (end - start));

/** Values over time as a line with a dot for each; say them in a table beside it. */
export function lineChart({ id, title, description, dots, from, to, ends, mark }: Line): Html {
  const times = dots.map(({ at }) => Date.parse(at));
  const x = scale([Math.min(...times), Math.max(...times)], [MARGIN.left + 6, WIDTH - MARGIN.right - 6]);
  const y = scale([from, to], [HEIGHT - MARGIN.bottom, MARGIN.top]);
  const points = dots.map(({ value }, i) => `${x(times[i] ?? 0)},${y(value)}`).join(' ');
  const steps = [from, (from + to) / 2, to];
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="${id}-title ${id}-text">
<title id="${id}-title">${title}</title><desc id="${id}-text">${description}</desc>
${steps.map((step) => html`<line class="grid" x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${y(step)}" y2="${y(step)}"/><text class="tick" x="${MARGIN.left - 6}" y="${y(step) + 4}" text-anchor="end">${round(step)}</text>`)}
${mark && html`<line class="mark" x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${y(mark.value)}" y2="${y(mark.value)}"/><text class="tick" x="${MARGIN.left + 4}" y="${y(mark.value) + 15}">${mark.label}</text>`}
<text class="tick" x="${MARGIN.left}" y="${HEIGHT - 6}">${ends[0]}</text><text class="tick" x="${WIDTH - MARGIN.right}" y="${HEIGHT - 6}" text-anchor="end">${ends[1]}</text>
<polyline class="line" points="${points}"/>
${dots.map(({ value, label }, i) => html`<circle class="dot" cx="${x(times[i] ?? 0)}" cy="${y(value)}" r="4"><title>${label}</title></circle>`)}
</svg>`;
}

/** A figure on its scale as a thin bar, with the class's mean as a tick on it. Said in words by the text beside it. */
export function bar(value: number, most: number, mean?: number): Html {
  const at = scale([0, most], [0, 100]);
  return html`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="8"/><rect class="fill" width="${at(value)}" height="8"/>${mean !== undefined && html`<rect class="tick" x="${Math.max(0, at(mean) - 0.5)}" width="1" height="8"/>`}</svg>`;
}

interface Histogram {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** How many stand in each twentieth of the scale. */
  readonly counts: readonly number[];
  readonly scale: number;
  readonly mean?: number | undefined;
  /** Draws also the bars of nobody and the mean of nothing, for a script that moves them. */
  readonly moves?: boolean;
}

/** How a class's figures are spread: a bar for each twentieth of the scale, with the mean marked. */
export function histogram({ id, title, description, counts, scale: most, mean, moves }: Histogram): Html {
  const highest = Math.max(1, ...counts);
  const x = scale([0, counts.length], [MARGIN.left, WIDTH - MARGIN.right]);
  const y = scale([0, highest], [HEIGHT - MARGIN.bottom, MARGIN.top]);
  const across = scale([0, most], [MARGIN.left, WIDTH - MARGIN.right]);
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="${id}-title ${id}-text">
<title id="${id}-title">${title}</title><desc id="${id}-text">${description}</desc>
${counts.map((count, i) => (count > 0 || moves) && html`<rect class="fill" x="${x(i) + 1}" width="${round(x(i + 1) - x(i) - 2)}" y="${y(count)}" height="${round(HEIGHT - MARGIN.bottom - y(count))}"/>`)}
<line class="grid" x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${HEIGHT - MARGIN.bottom}" y2="${HEIGHT - MARGIN.bottom}"/>
${[0, most / 4, most / 2, (most * 3) / 4, most].map((step) => html`<text class="tick" x="${across(step)}" y="${HEIGHT - 8}" text-anchor="${step === most ? 'end' : 'middle'}">${round(step)}</text>`)}
${(mean !== undefined || moves) && html`<line class="mark" transform="translate(${across(mean ?? 0)})" y1="${MARGIN.top}" y2="${HEIGHT - MARGIN.bottom}"/>`}
</svg>`;
}
