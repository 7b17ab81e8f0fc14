import { printable, type Terminal } from '../terminal.ts';
import { csv } from './csv.ts';
import { type Column, fieldOf, type Output } from './output.ts';
import { card, table } from './table.ts';

export type Format = 'screen' | 'json' | 'csv';

const asJson = (value: unknown): string => `${JSON.stringify(value ?? null, null, 2)}\n`;

/** What another program reads: a line for each thing, tabs between its fields, nothing cut. */
const plain = (items: readonly object[], columns: readonly Column[]): string =>
  items
    .map((item) => columns.map(({ field }) => plainCell(fieldOf(item, field))).join('\t'))
    .map((line) => `${line}\n`)
    .join('');

const plainCell = (value: unknown): string =>
  value === undefined || value === null
    ? ''
    : printable(typeof value === 'object' ? JSON.stringify(value) : String(value));

const fieldsOf = (item: object): Column[] =>
  Object.keys(item).map((field) => ({ field, title: { en: field, fr: field }, kind: 'text' }));

/** Prints what `--json` prints. */
function json(output: Output, terminal: Terminal): void {
  if (output.kind === 'rows') terminal.out(asJson(output.whole ?? output.items));
  else if (output.kind === 'card') terminal.out(asJson(output.item));
  else if (output.kind === 'done' && output.item !== undefined) terminal.out(asJson(output.item));
  else if (output.kind === 'text') terminal.out(output.text);
}

function cells(output: Output, terminal: Terminal): void {
  if (output.kind === 'rows') terminal.out(csv(output.items, output.columns));
  else if (output.kind === 'card') terminal.out(csv([output.item], output.columns));
  else if (output.kind === 'text') terminal.out(output.text);
  else if (typeof output.item === 'object' && output.item !== null) {
    const items = (Array.isArray(output.item) ? output.item : [output.item]) as object[];
    terminal.out(csv(items, fieldsOf(items[0] ?? {})));
  }
}

const NONE = { en: 'Nothing found.', fr: 'Rien trouvé.' };
const MORE = {
  en: 'There are more: --limit N shows N of them, --all every one.',
  fr: 'Il y en a plus : --limit N en montre N, --all tous.',
};

function screen(output: Output, terminal: Terminal): void {
  const tell = (text: string) => terminal.quiet || terminal.err(`${text}\n`);
  if (output.kind === 'text') terminal.out(output.text);
  else if (output.kind === 'done') {
    if (terminal.seen) tell(terminal.say(output.said));
    else if (output.id !== undefined) terminal.out(`${output.id}\n`);
  } else if (output.kind === 'card') {
    terminal.out(terminal.seen ? card(output.item, output.columns, terminal) : plain([output.item], output.columns));
    if (terminal.seen && output.below) terminal.out(output.below(terminal));
  } else {
    const { items, columns } = output;
    if (terminal.seen && output.above) terminal.out(output.above(terminal));
    if (!terminal.seen) terminal.out(plain(items, columns));
    else if (items.length === 0) tell(terminal.say(NONE));
    else terminal.out(table(items, columns, terminal));
    if (terminal.seen && output.below) terminal.out(output.below(terminal));
    if (terminal.seen && output.more) tell(terminal.say(MORE));
  }
}

/** Prints what a command found or did, as it was asked for. */
export function print(output: Output, format: Format, terminal: Terminal): void {
  ({ json, csv: cells, screen })[format](output, terminal);
}
