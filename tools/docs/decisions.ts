import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../project/root.ts';
import { BEGIN, type Pages, section, table } from './markdown.ts';

const FOLDER = 'docs/decisions';
const INDEX = `${FOLDER}/README.md`;

const textOf = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');

/** A row of the index. @throws Error when the record's title is not its number and what was decided */
function row(name: string): [record: string, decision: string] {
  const [, number, decision] = /^# (\d{4}) · (.+)$/m.exec(textOf(`${FOLDER}/${name}`)) ?? [];
  if (!number || !decision || !name.startsWith(`${number}-`)) throw new Error(`${name} has no title of its number`);
  return [`[${number}](${name})`, decision];
}

/** `docs/decisions/README.md`: written by hand, with an index of every record. */
export function decisionIndex(): Pages {
  const records = readdirSync(join(projectRoot, FOLDER)).filter((name) => /^\d{4}-.+\.md$/.test(name));
  const index = section('The records', table(['record', 'what was decided'], records.sort().map(row)));
  return new Map([[INDEX, `${textOf(INDEX).split(BEGIN)[0]?.trimEnd()}\n\n${BEGIN}\n\n${index}`]]);
}
