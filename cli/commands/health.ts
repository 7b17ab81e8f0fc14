import { listed, take } from '../api/take.ts';
import { command, number, sent, text } from '../declare.ts';
import { Misuse } from '../failure.ts';
import { words } from '../language.ts';
import { column } from '../output/output.ts';
import { done, PAGES, personId, REMOVED, removed, YES } from './shared.ts';

const VALUES = [
  column('weight', 'Weight, kg', 'Poids, kg', 'number'),
  column('height', 'Height, cm', 'Taille, cm', 'number'),
  column('bmi', 'BMI', 'IMC', 'number'),
  column('heart_rate', 'Heart rate, bpm', 'Pouls, bpm', 'number'),
  column('blood_pressure.systolic', 'Systolic, mmHg', 'Systolique, mmHg', 'number'),
  column('blood_pressure.diastolic', 'Diastolic, mmHg', 'Diastolique, mmHg', 'number'),
  column('measured_at', 'Measured', 'Mesuré', 'time'),
];

const ACCESS = [
  column('at', 'When', 'Quand', 'time'),
  column('username', 'Who', 'Qui'),
  column('role', 'Role', 'Rôle', 'word'),
  column('action', 'Did', 'A fait', 'word'),
];

const id = personId;

const FIELDS = {
  weight: number('KG', words('weight', 'poids')),
  height: number('CM', words('height', 'taille')),
  heart_rate: number('BPM', words('heart rate', 'pouls')),
  blood_pressure: text('S/D', words('blood pressure in mmHg, like 120/80', 'tension en mmHg, comme 120/80')),
  measured_at: text(
    'TIME',
    words('when, like 2026-11-26T08:00:00Z (now)', 'quand, comme 2026-11-26T08:00:00Z (maintenant)'),
  ),
};

/** A measurement as the API takes it. @throws Misuse for a blood pressure that is none */
function measurement({ blood_pressure, ...rest }: { blood_pressure?: string | undefined; [field: string]: unknown }) {
  if (blood_pressure === undefined) return sent(rest);
  const [, systolic, diastolic] = /^\s*(\d{2,3})\s*\/\s*(\d{2,3})\s*$/.exec(blood_pressure) ?? [];
  if (!systolic)
    throw new Misuse(words(`${blood_pressure} is not like 120/80`, `${blood_pressure} n'est pas comme 120/80`));
  return sent({ ...rest, blood_pressure: { systolic: Number(systolic), diastolic: Number(diastolic) } });
}

const show = command({
  about: words('The current values', 'Les valeurs actuelles'),
  answers: 'readHealth',
  args: { id },
  examples: [['campus health show 3', words('with the body-mass index', "avec l'indice de masse corporelle")]],
  async run({ id }, { api }) {
    const params = { path: { person_id: id } };
    return { kind: 'card', item: await take(api.GET('/health/{person_id}', { params })), columns: VALUES };
  },
});

const add = command({
  about: words('Add a measurement; what is not given stays', "Ajouter une mesure ; ce qui n'est pas donné reste"),
  answers: 'addMeasurement',
  args: { id },
  options: FIELDS,
  examples: [['campus health add 3 --weight 52,4 --blood-pressure 118/76', words('two values', 'deux valeurs')]],
  async run({ id, ...given }, { api }) {
    const item = await take(
      api.POST('/health/{person_id}', { params: { path: { person_id: id } }, body: measurement(given) }),
    );
    return done(`Measured: person ${id}.`, `Mesure enregistrée : personne ${id}.`, { item });
  },
});

const set = command({
  about: words(
    'Replace the current values: these and no others',
    "Remplacer les valeurs actuelles : celles-là et pas d'autres",
  ),
  answers: 'replaceHealth',
  args: { id },
  options: FIELDS,
  examples: [['campus health set 3 --weight 52 --height 165', words('a correction', 'une correction')]],
  async run({ id, ...given }, { api }) {
    const item = await take(
      api.PUT('/health/{person_id}', { params: { path: { person_id: id } }, body: measurement(given) }),
    );
    return done(`The values of person ${id} are replaced.`, `Les valeurs de la personne ${id} sont remplacées.`, {
      item,
    });
  },
});

const remove = command({
  about: words(
    'Remove all health data of a person, the history too',
    "Supprimer toutes les données de santé d'une personne, l'historique aussi",
  ),
  answers: REMOVED,
  args: { id },
  options: YES,
  examples: [['campus health remove 3', words('asks first', "demande d'abord")]],
  run: ({ id, yes }, office) =>
    removed([id], yes, office, words('health data of person', 'les données de santé de la personne'), (person_id) =>
      take(office.api.DELETE('/health/{person_id}', { params: { path: { person_id } } })),
    ),
});

const history = command({
  about: words('Every measurement, the newest first', "Chaque mesure, la plus récente d'abord"),
  answers: 'listHistory',
  args: { id },
  options: PAGES,
  examples: [['campus health history 3 --csv', words('for a spreadsheet', 'pour un tableur')]],
  async run({ id, ...wanted }, { api }) {
    const path = { person_id: id };
    const found = await listed(wanted, (query) => api.GET('/health/{person_id}/history', { params: { path, query } }));
    return { kind: 'rows', ...found, columns: [...VALUES, column('recorded_by', 'By', 'Par')] };
  },
});

const log = command({
  about: words('Who read or changed it', 'Qui les a lues ou modifiées'),
  answers: 'listAccesses',
  args: { id },
  options: PAGES,
  examples: [['campus health log 3', words('the newest first', "le plus récent d'abord")]],
  async run({ id, ...wanted }, { api }) {
    const path = { person_id: id };
    const found = await listed(wanted, (query) =>
      api.GET('/health/{person_id}/access-log', { params: { path, query } }),
    );
    return { kind: 'rows', ...found, columns: ACCESS };
  },
});

export const commands = { show, add, set, remove, history, log };
