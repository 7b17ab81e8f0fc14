import * as z from 'zod';
import { line } from '../../../platform/schema/text.ts';
import { TermId } from '../terms/term.ts';
import { type Programme, ProgrammeView, passMark, shownBy } from './programme.ts';

/** The path of one class. */
export const ClassPath = z.object({ class_name: line(100) });

/** Of which school year; of this one, unless said. */
export const YearQuery = z.object({ year: TermId.optional() });

/** A class in the list of all. */
export const ListedClass = z.object({ class_name: z.string(), size: z.int() });

/** A member of a class. */
export const MemberView = z.object({ id: z.int(), name: z.string() });

/** A class of a year: its programme and who is in it today. */
export const ClassView = ProgrammeView.extend({
  class_name: z.string(),
  year: z.string(),
  size: z.int(),
  members: z.array(MemberView),
});

/** A class as the staff reads it; of a class without a programme, by what it goes. */
export const viewOf = (
  { class_name, year }: { class_name: string; year: string },
  programme: Programme,
  members: Readonly<Record<string, { readonly name: string }>>,
): z.input<typeof ClassView> => {
  const listed = Object.entries(members).map(([id, { name }]) => ({ id: Number(id), name }));
  const show = shownBy(programme);
  return { class_name, year, ...programme, show, pass_mark: passMark(programme), size: listed.length, members: listed };
};
