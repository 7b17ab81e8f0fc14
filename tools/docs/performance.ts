import { textOf } from '../../project/root.ts';
import { MADE, type Pages, section, table } from './markdown.ts';

const RESULTS = 'bench/results.json';

/** What the board writes down of a measurement. */
interface Outcome {
  readonly about: string;
  readonly date: string;
  readonly rounds: number;
  readonly rows: readonly {
    readonly what: string;
    readonly unit: string;
    readonly better: 'lower' | 'higher';
    readonly goal?: number;
    readonly median: number;
    readonly best: number;
  }[];
  readonly detail?: { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };
  readonly doubts: readonly string[];
  readonly skipped?: string;
}

interface Results {
  readonly machine: Readonly<Record<'cpu' | 'system' | 'node', string> & Record<'cores' | 'memoryGb', number>>;
  readonly benches: Readonly<Record<string, Outcome>>;
}

const digits = (value: number): string =>
  (Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3))).toLocaleString('en-US');

function lineOf({ what, unit, better, goal, median, best }: Outcome['rows'][number]): string[] {
  const reached = goal === undefined || (better === 'lower' ? median <= goal : median >= goal);
  const wanted = goal === undefined ? '' : `${better === 'lower' ? '≤' : '≥'} ${digits(goal)}`;
  const today = `${digits(median)} ${unit}`.trim();
  return [what, wanted, reached ? today : `**${today}**`, digits(best)];
}

function measured([name, { about, date, rounds, rows, detail, doubts, skipped }]: [string, Outcome]): string {
  const board = table(['what', 'goal', 'today', 'best'], rows.map(lineOf));
  const warning =
    doubts.length === 0 ? [] : ['Not to be believed of this run:', doubts.map((doubt) => `- ${doubt}`).join('\n')];
  const when = `\`npm run bench -- ${name}\`, ${date}, ${rounds === 1 ? 'one round' : `the median of ${rounds} rounds`}.`;
  const content = skipped
    ? [about, `Not measured: ${skipped}`]
    : [about, board, ...(detail ? [table(detail.head, detail.rows)] : []), ...warning, when];
  return section(name, content.join('\n\n'));
}

const introduction = ({ machine }: Results): string => `# Performance

\`npm run bench\` measures all of this anew and writes \`${RESULTS}\`, of which this page is made. Measured on ${machine.cores}
cores of ${machine.cpu} with ${machine.memoryGb} GB, ${machine.system}, Node.js ${machine.node}. What is compared is measured in turns within each
round, so that ratios travel between machines; times do not. A figure in bold has not reached its goal. [speed.md](speed.md)
says why, and what was gained.
`;

/** `docs/performance.md`: the board, as it was last measured. */
export function performancePage(): Pages {
  const results = JSON.parse(textOf(RESULTS)) as Results;
  const text = [MADE, introduction(results), ...Object.entries(results.benches).map(measured)].join('\n');
  return new Map([['docs/performance.md', text]]);
}
