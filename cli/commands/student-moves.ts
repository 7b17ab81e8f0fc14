import { tagged, take } from '../api/take.ts';
import { choice, command, many, type Office, sent, text } from '../declare.ts';
import { Misuse } from '../failure.ts';
import { words } from '../language.ts';
import { className, done, studentId } from './shared.ts';

/** What `accept` and `move` print: each student as they stand then. */
const STUDENTS = { type: 'array', items: { $ref: '#/components/schemas/StudentView' } };

/** The day by the clock of whoever types: nobody writes a date that is today's. */
function today(): string {
  const now = new Date();
  const two = (part: number) => String(part).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** Changes students one after the other, each as it was read. */
async function amended({ api }: Office, ids: readonly number[], body: object) {
  const items = [];
  for (const id of ids) {
    const params = { path: { id } };
    const { etag } = await tagged(api.GET('/students/{id}', { params }));
    items.push(
      await take(api.PATCH('/students/{id}', { params: { ...params, header: sent({ 'If-Match': etag }) }, body })),
    );
  }
  return items;
}

export const accept = command({
  about: words(
    'Accept students who asked to be enrolled: into the class that they asked for, or another',
    'Accepter des étudiants qui ont demandé leur inscription : dans la classe demandée, ou une autre',
  ),
  answers: STUDENTS,
  args: { id: many(studentId) },
  options: { class: text('CLASS', className) },
  examples: [
    ['campus students list --status pending', words('who waits', 'qui attend')],
    ['campus students accept 12 13 --class "4e A"', words('two of them', "deux d'entre eux")],
  ],
  async run({ id, class: class_name }, office) {
    const item = await amended(office, id, { status: 'enrolled', ...sent({ class_name }) });
    return done(`Accepted: ${id.join(', ')}.`, `Acceptés : ${id.join(', ')}.`, { item });
  },
});

export const move = command({
  about: words(
    'Put students into another class; it takes those back who had left',
    'Mettre des étudiants dans une autre classe ; reprend aussi qui était parti',
  ),
  answers: STUDENTS,
  args: { id: many(studentId) },
  options: {
    class: text('CLASS', className),
    from: text('DATE', words('since when, like 2026-11-10 (today)', "depuis quand, comme 2026-11-10 (aujourd'hui)")),
  },
  examples: [['campus students move 12 13 --class "4e B"', words('from today on', "à partir d'aujourd'hui")]],
  async run({ id, class: class_name, from }, office) {
    if (!class_name) throw new Misuse(words('--class is missing', '--class manque'));
    const item = await amended(office, id, { class_name, ...sent({ from }) });
    return done(`In ${class_name}: ${id.join(', ')}.`, `En ${class_name} : ${id.join(', ')}.`, { item });
  },
});

export const leave = command({
  about: words(
    'A student leaves the school: out of lists and ranks from that day on; campus students move takes them back',
    "Un étudiant quitte l'école : hors des listes et des rangs dès ce jour ; campus students move le reprend",
  ),
  answers: 'leaveStudent',
  args: { id: studentId },
  options: {
    on: text('DATE', words('the first day without them (today)', "le premier jour sans lui (aujourd'hui)")),
    reason: text('TEXT', words('why; it is kept', 'pourquoi ; la raison est gardée')),
  },
  examples: [['campus students leave 12 --reason Déménagement', words('from today on', "à partir d'aujourd'hui")]],
  async run({ id, on = today(), reason }, { api }) {
    if (!reason) throw new Misuse(words('--reason is missing', '--reason manque'));
    const item = await take(api.POST('/students/{id}/leave', { params: { path: { id } }, body: { on, reason } }));
    return done(`Student ${id} has left on ${on}.`, `L'étudiant ${id} est parti le ${on}.`, { item });
  },
});

export const restore = command({
  about: words(
    'Bring back a student who was removed, within 30 days, with marks and ledger',
    'Rétablir un étudiant supprimé, dans les 30 jours, avec ses notes et son compte',
  ),
  answers: 'restoreStudent',
  args: { id: studentId },
  options: {
    without: many(
      choice(
        ['username', 'email', 'phone', 'matricule'],
        words('without what somebody else has by now; may be repeated', "sans ce qu'un autre a pris ; peut se répéter"),
      ),
    ),
  },
  examples: [
    ['campus students restore 12', words('as they were', "tel qu'il était")],
    ['campus students restore 12 --without email', words('somebody else has it', "quelqu'un d'autre l'a")],
  ],
  async run({ id, without }, { api }) {
    const body = without ? { body: { without: [...without] } } : {};
    const item = await take(api.POST('/students/{id}/restore', { params: { path: { id } }, ...body }));
    return done(`${item.name} is back as number ${id}.`, `${item.name} est de retour sous le numéro ${id}.`, { item });
  },
});
