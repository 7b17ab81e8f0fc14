import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { CloudEvent } from '../platform/events/cloud-event.ts';
import { deliver, told } from '../tests/support/deliver.ts';
import { createContext } from '../tests/support/tables.ts';
import type { Bench } from './frame.ts';
import { figure, over } from './lives.ts';
import { engines } from './support.ts';

const MESSAGES = 200;
/** As many as `functions/grades/context.yml` asks for at once. */
const BATCH = 10;

type Take = (batch: readonly CloudEvent[]) => Promise<unknown>;

/** What registration tells of a student, as it does: in a class, with their stay. */
const message = (type: 'notified' | 'changed', id: number, version: number): CloudEvent =>
  told(`campus.student.${type}`, {
    ...{ id, version, name: `Awa Diop ${id}`, class_name: `Classe ${id % 16}`, username: `eleve${id}` },
    ...{ phone: `+22177${id}`, matricule: `2026-${id}`, birth_date: '2010-03-14', birth_place: 'Saint-Louis' },
    enrolments: [{ year: '2026-2027', class_name: `Classe ${id % 16}`, from: '2026-10-01' }],
    ...(version > 1 && { guardians: [`parent${version}`] }),
  });

/** Messages, one batch after the other. @returns messages a second */
async function rateOf(take: Take, messages: readonly CloudEvent[]): Promise<number> {
  const startedAt = performance.now();
  for (let from = 0; from < messages.length; from += BATCH) await take(messages.slice(from, from + BATCH));
  return (1000 * messages.length) / (performance.now() - startedAt);
}

/** The consumer as it is. @throws where it did not take a message */
async function consumer(): Promise<Take> {
  const { handler } = await import('../functions/grades/on-student-event.ts');
  return async (batch) => {
    const failed = await deliver(handler, batch);
    if (failed.length > 0) throw new Error(`${failed.length} messages were not taken`);
  };
}

/** One Put for each message, one after the other: what is told, written down under its student. */
function putter(TableName: string): Take {
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));
  return async (batch) => {
    for (const { data, subject } of batch) {
      const Item = { ...(data as object), pk: `PUT#${subject}`, sk: 'PROFILE' };
      await documents.send(new PutCommand({ TableName, Item }));
    }
  };
}

export const bench: Bench = {
  about:
    'How many messages a second the consumer of what registration tells of students (`functions/grades/on-student-event.ts`) takes, in batches of ten, one batch after the other, beside a loop that writes down each message by one Put of the SDK: of students that are new, of a change, and of the same once more.',
  rows: [
    {
      what: 'messages a second of a change ÷ one Put for each',
      ...{ unit: '×', better: 'higher', goal: 10 },
      of: over('changed', 'puts'),
    },
    { what: 'new students ÷ one Put for each', unit: '×', better: 'higher', of: over('opened', 'puts') },
    { what: 'what is known ÷ one Put for each', unit: '×', better: 'higher', of: over('again', 'puts') },
    { what: 'new students', unit: '/s', better: 'higher', of: figure('opened') },
    { what: 'a change', unit: '/s', better: 'higher', of: figure('changed') },
    { what: 'what is known', unit: '/s', better: 'higher', of: figure('again') },
    { what: 'one Put for each', unit: '/s', better: 'higher', of: figure('puts') },
  ],
  async *measure() {
    await using _ = await engines();
    const { GRADES_TABLE = '' } = await createContext('grades');
    const [take, put] = [await consumer(), putter(GRADES_TABLE)];
    for (let n = 0; ; n += 1) {
      const ids = Array.from({ length: MESSAGES }, (_, i) => 1_000_000 + n * MESSAGES + i);
      const [news, changes] = (['notified', 'changed'] as const).map((type, i) =>
        ids.map((id) => message(type, id, 1 + i)),
      ) as [CloudEvent[], CloudEvent[]];
      const round = {
        puts: await rateOf(put, changes),
        opened: await rateOf(take, news),
        changed: await rateOf(take, changes),
        again: await rateOf(take, changes),
      };
      // The first warms both up.
      if (n > 0) yield round;
    }
  },
};
