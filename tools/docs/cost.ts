import { bill, calling, idle, type Line, together, total } from '../../deploy/cost/bill.ts';
import { breakEven, MACHINES, monthly, sparedByAMillion } from '../../deploy/cost/machine.ts';
import type { Template } from '../../project/template.ts';
import { MADE_OF_PACKAGES, table } from './markdown.ts';

/** The school that the page speaks of. */
const STUDENTS = 300;
const CALLS_A_MONTH = STUDENTS * 20 * 20;

/** What the page shows. */
export interface Templates {
  readonly dev: Template;
  readonly prod: Template;
}

/** The bills of a month: of an idle `dev`, of an idle `prod`, and of a `prod` that a small school uses. */
export const bills = ({ dev, prod }: Templates) => ({
  dev: bill(idle(dev)),
  prod: bill(idle(prod)),
  school: bill(together(idle(prod), calling(CALLS_A_MONTH))),
});

const dollars = (amount: number): string => amount.toFixed(2);

const units = (amount: number): string =>
  new Intl.NumberFormat('en', { maximumSignificantDigits: amount < 100 ? 2 : 4 }).format(amount);

const page = (heading: string, lines: readonly Line[]): string =>
  `## ${heading}\n\n${table(
    ['what', 'how many', 'list price', 'alone in its account'],
    [
      ...lines.map((line) => [line.what, units(line.units), dollars(line.list), dollars(line.alone)]),
      ['**together**', '', `**$${dollars(total(lines, 'list'))}**`, `**$${dollars(total(lines, 'alone'))}**`],
    ],
  )}`;

const counted = (calls: number): string =>
  `${new Intl.NumberFormat('en').format(Math.round(calls / 100_000) / 10)} million`;

/** What the same would cost on a machine that is always on. */
export const machinePage = (): string => `## Beside a machine that is always on

On a machine neither the gateway nor Lambda is paid: $${dollars(sparedByAMillion())} a million calls by the list. What the database, the log,
the traces and all that stands at idle cost, they cost there too. A small school makes ${new Intl.NumberFormat('en').format(CALLS_A_MONTH)} calls a month. One machine
is one machine: nothing takes its place when it fails or is brought up to date, and somebody has to do that.

${table(
  ['machine, with an address and 8 GB of disk', 'dollars a month', 'cheaper from so many calls a month'],
  MACHINES.map((machine) => [machine.what, dollars(monthly(machine)), counted(breakEven(machine))]),
)}

The t4g.nano has half a gigabyte, which does not hold Campus as \`npm start\` runs it; the t4g.micro has one.`;

/** @returns the made part of docs/cost.md */
export function costSection(templates: Templates): string {
  const { dev, prod, school } = bills(templates);
  const of = `${STUDENTS} students, ${new Intl.NumberFormat('en').format(CALLS_A_MONTH)} calls`;
  const parts = [
    MADE_OF_PACKAGES,
    page('An idle `dev`, dollars a month', dev),
    page('An idle `prod`', prod),
    page(`A \`prod\` that a small school uses (${of})`, school),
    machinePage(),
  ];
  return `${parts.join('\n\n')}\n`;
}
