import { take } from '../api/take.ts';
import { type Entered, scoreOf } from '../commands/entries.ts';
import type { Office } from '../declare.ts';
import { Failure } from '../failure.ts';
import { words } from '../language.ts';
import { number } from '../output/shown.ts';
import { askGrid, type Row } from './grid.ts';

const AT_ONCE = 4;

/** What each does, a few at a time. */
async function fewAtOnce<T, R>(items: readonly T[], act: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let i = 0; i < items.length; i += AT_ONCE)
    results.push(...(await Promise.all(items.slice(i, i + AT_ONCE).map(act))));
  return results;
}

/** The grid of an assessment: the members of its class, with the marks that they have. @returns what was changed */
export async function gridOf({ api, terminal }: Office, id: string): Promise<Entered[]> {
  const assessment = await take(api.GET('/assessments/{id}', { params: { path: { id } } }));
  const { class_name, term, title, out_of } = assessment;
  const { members } = await take(api.GET('/classes/{class_name}', { params: { path: { class_name } } }));
  if (members.length === 0)
    throw new Failure(words(`nobody is in ${class_name}`, `il n'y a personne en ${class_name}`));
  const results = await fewAtOnce(members, async (member) => {
    const params = { path: { student_id: member.id }, query: { term } };
    const report = await take(api.GET('/grades/{student_id}', { params }));
    return { member, result: report.results.find((one) => one.id === id) };
  });
  const rows: Row[] = results.map(({ member, result }) => ({
    id: member.id,
    name: member.name,
    before: result?.status ?? (result?.score === undefined ? '' : number(result.score, terminal.language)),
  }));
  const versions = new Map(results.map(({ member, result }) => [member.id, result?.version]));
  const changed = await askGrid(
    terminal,
    `${title} · ${class_name} · /${number(out_of, terminal.language)}`,
    rows,
    out_of,
  );
  return [...changed].map(([student_id, typed]) => {
    const version = versions.get(student_id);
    return { student_id, ...scoreOf(typed), ...(version !== undefined && { version }) };
  });
}
