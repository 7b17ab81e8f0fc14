import { allow } from '../../../platform/http/access.ts';
import { ok } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { problem } from '../problems.ts';
import { table } from '../table.ts';
import * as terms from '../terms/term-store.ts';
import { ClassPath, ClassView, viewOf, YearQuery } from './class.ts';
import { classRef } from './class-ref.ts';
import * as classes from './class-store.ts';
import { NewProgramme, type Programme } from './programme.ts';
import * as programmes from './programme-history.ts';
import { yearIn } from './read-classes.ts';

type Wanted = (typeof NewProgramme)['_output'];

/** What is to be taught: as it was sent, or as another class or year has it. @throws class_not_found */
async function wanted(body: Wanted): Promise<Programme> {
  if (!('copy_from' in body)) return body;
  const { year, class_name } = body.copy_from;
  const copied = await classes.programme(classRef(class_name), year);
  if (!copied) throw problem.class_not_found();
  return copied.programme;
}

export const setProgramme = operation({
  route: 'PUT /classes/{class_name}',
  summary: 'Set the programme of a class',
  description:
    'Subjects with coefficients and teachers, categories, the scale, what families see. It reaches the terms of the year that are open; those that closed keep theirs. With `copy_from` it is taken over from another class or year.',
  access: allow('admin'),
  path: ClassPath,
  query: YearQuery,
  body: NewProgramme,
  answers: { 200: ClassView },
  problems: [problem.class_not_found, problem.term_not_found],
  changes: table,
  versioned: true,
  handle: ({ path, query, body, caller, commit }) =>
    commit(
      async () => {
        const ref = classRef(path.class_name);
        const [calendar, listed] = await Promise.all([terms.calendar(), classes.find(ref)]);
        const year = await yearIn(calendar, query.year, ref);
        const [taught, books, members] = await Promise.all([
          classes.programme(ref, year.id),
          classes.books(ref, calendar.leavesOf(year)),
          classes.membersOf(ref, query.year === undefined ? undefined : year, calendar),
        ]);
        const named = { ref, class_name: listed?.class_name ?? path.class_name, year: year.id };
        return { version: taught?.version ?? 0, taught, books, named, members };
      },
      async ({ version, taught, books, named, members }) => {
        const programme = await wanted(body);
        return {
          writes: [
            ...classes.teach(named, taught, programme, books),
            ...programmes.noted(named, taught, programme, caller.username),
          ],
          answer: ok(viewOf(named, programme, members), { etag: version + 1 }),
        };
      },
    ),
});
