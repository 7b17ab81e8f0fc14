import { listed } from '../api/take.ts';
import { search } from '../commands/student-search.ts';
import type { Command, Office, Value } from '../declare.ts';
import { Failure, Misuse } from '../failure.ts';
import { type Words, words } from '../language.ts';
import { chosen, faultOf, line } from './prompts.ts';
import type { Item } from './roles.ts';

const isStudent = (path: string, name: string): boolean =>
  name === 'student' || (name === 'id' && /^(?:students|fees|guardians) /.test(path));

/** Reads a line as the command line reads it: one value, or several between spaces. */
const readAll = ({ many, read }: Value<unknown>, typed: string): unknown =>
  many ? typed.trim().split(/\s+/).map(read) : read(typed.trim());

/** What the help says of a value, as a question. */
const asSentence = ({ en, fr }: Words): Words => ({ en: capital(en), fr: capital(fr) });
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Asks for one value, checked as it is typed by what reads it on the command line. */
async function asked(office: Office, value: Value<unknown>, mayBeEmpty: boolean): Promise<unknown> {
  const { terminal } = office;
  if (value.choices)
    return chosen(
      terminal,
      asSentence(value.about),
      value.choices.map((one) => ({ value: one, label: one })),
    );
  const nothing = words('something is needed here', 'il faut quelque chose ici');
  const fault = (typed: string) =>
    typed.trim() === '' ? (mayBeEmpty ? undefined : nothing) : faultOf(() => readAll(value, typed))(typed);
  const typed = await line(terminal, { question: asSentence(value.about), fault });
  return typed.trim() === '' ? undefined : readAll(value, typed);
}

/** A student: by number, or by name and then from a list. Families choose among those they have news of. */
async function studentFor(office: Office): Promise<number> {
  const { api, terminal, session } = office;
  const isStaff = /^(?:admin|teacher)$/.test(session.credentials?.role ?? '');
  if (!isStaff) {
    const { items } = await listed({}, (query) => api.GET('/notifications', { params: { query } }));
    const known = new Map(items.map(({ student_id, name }) => [student_id, name]));
    if (known.size === 1) return [...known.keys()][0] as number;
    if (known.size > 1)
      return chosen(
        terminal,
        words('Who', 'Qui'),
        [...known].map(([value, label]) => ({ value, label })),
      );
  }
  const question = isStaff
    ? words("The student's name or number", "Le nom ou le numéro de l'étudiant")
    : words("The student's number", "Le numéro de l'étudiant");
  const typed = (await line(terminal, { question })).trim();
  if (/^[1-9]\d*$/.test(typed) && typed.length < 7) return Number(typed);
  if (!isStaff) throw new Misuse(words('not a number', "ce n'est pas un numéro"));
  const { items } = await search(api, { text: typed });
  if (items.length === 0) throw new Failure(words(`nobody is called ${typed}`, `personne ne s'appelle ${typed}`));
  const choices = items.map(({ id, name, class_name }) => ({
    value: id,
    label: `${name}${class_name ? `, ${class_name}` : ''} (${id})`,
  }));
  return items.length === 1 ? (choices[0]?.value as number) : chosen(terminal, words('Who', 'Qui'), choices);
}

/** An assessment: of a class, from a list. */
async function assessmentFor({ api, terminal }: Office): Promise<string> {
  const { items: classes } = await listed({ all: true }, (query) => api.GET('/classes', { params: { query } }));
  const class_name = await chosen(
    terminal,
    words('Class', 'Classe'),
    classes.map((one) => ({ value: one.class_name, label: one.class_name })),
  );
  const { items } = await listed({ all: true }, (query) =>
    api.GET('/assessments', { params: { query: { class_name, ...query } } }),
  );
  if (items.length === 0)
    throw new Failure(words(`${class_name} has no assessment yet`, `${class_name} n'a pas encore d'évaluation`));
  const labelOf = ({ title, subject, date }: (typeof items)[number]) =>
    [title, subject, date].filter(Boolean).join(' · ');
  return chosen(
    terminal,
    words('Assessment', 'Évaluation'),
    items.map((one) => ({ value: one.id, label: labelOf(one) })),
  );
}

/** A term, from a list. */
async function termFor({ api, terminal }: Office): Promise<string> {
  const { items } = await listed({ all: true }, (query) => api.GET('/terms', { params: { query } }));
  const years = new Map(items.map(({ id, name }) => [id, name]));
  return chosen(
    terminal,
    words('Term', 'Période'),
    items.map(({ id, name, parent }) => ({
      value: id,
      label: [name, parent && years.get(parent)].filter(Boolean).join(' · '),
    })),
  );
}

/** A mark of a student that was chosen before, from the report. */
async function resultFor({ api, terminal }: Office, student_id: number): Promise<string> {
  const { data } = await api.GET('/grades/{student_id}', { params: { path: { student_id } } });
  const results = data?.results ?? [];
  if (results.length === 0) throw new Failure(words('there is no mark', "il n'y a pas de note"));
  const labelOf = ({ score, status, out_of, subject, title }: (typeof results)[number]) =>
    [`${score ?? status}/${out_of}`, subject, title].filter(Boolean).join(' · ');
  return chosen(
    terminal,
    words('Mark', 'Note'),
    results.map((one) => ({ value: one.id, label: labelOf(one) })),
  );
}

/** Asks for all that a line of the menu needs. @throws Interrupted when it was broken off */
export async function filled(
  office: Office,
  { path, ask, given = {} }: Item,
): Promise<{ command: Command; given: Record<string, unknown> }> {
  const command = await office.find(path);
  const all: Record<string, unknown> = { ...given };
  for (const one of ask) {
    const name = one.replace('?', '');
    const value = command.args?.[name] ?? command.options?.[name];
    if (!value) throw new Error(`${path} takes no ${name}`);
    let answer: unknown;
    if (isStudent(path, name)) answer = await studentFor(office);
    else if (path === 'assessments enter') answer = await assessmentFor(office);
    else if (name === 'term') answer = await termFor(office);
    else if (name === 'result') answer = await resultFor(office, all.student as number);
    else answer = await asked(office, value, one.endsWith('?'));
    if (answer !== undefined) all[name] = value.many && !Array.isArray(answer) ? [answer] : answer;
  }
  return { command, given: all };
}
