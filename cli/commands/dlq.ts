import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { command, text } from '../declare.ts';
import { Failure, Misuse } from '../failure.ts';
import { words } from '../language.ts';
import { column } from '../output/output.ts';
import { changedSchema, done } from './shared.ts';

/** The project's folder: above `cli/dist`, where this runs. */
const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

const LETTERS = {
  type: 'array',
  items: {
    type: 'object',
    properties: { id: { type: 'string' }, sent_at: { type: 'string', format: 'date-time' }, body: { type: 'string' } },
    required: ['id', 'sent_at', 'body'],
    additionalProperties: false,
  },
};

interface Letter {
  readonly id: string;
  readonly sent_at: string;
  readonly body: string;
}

/** A name that stands on a command line of the system, and is nothing else there. @throws Misuse */
const plainName = (given: string): string => {
  if (!/^[\w-]{1,80}$/.test(given)) throw new Misuse(words(`not a name: ${given}`, `ce n'est pas un nom : ${given}`));
  return given;
};

const queue = {
  ...text('QUEUE', words('as in the templates: StudentEvents', 'comme dans les modèles : StudentEvents')),
  read: plainName,
};
const STAGE = {
  stage: {
    ...text(
      'NAME',
      words(
        'whose queue (local); others need AWS credentials',
        'de quel étage (local) ; les autres demandent des accès AWS',
      ),
    ),
    read: plainName,
  },
};

/**
 * Runs `npm run dlq`, which knows the queues and runs on the Node that the project brings.
 * @throws Failure with what it says
 */
async function asked<T>(step: 'list' | 'redrive', name: string, stage = 'local'): Promise<T> {
  const args = ['run', '--silent', 'dlq', '--', step, name, '--stage', stage, '--json'];
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const child = spawn(npm, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
  const [said, complaint] = await Promise.all([textOf(child.stdout), textOf(child.stderr), once(child, 'close')]);
  if (child.exitCode !== 0) throw new Failure(words(complaint.trim() || said.trim(), complaint.trim() || said.trim()));
  return JSON.parse(said) as T;
}

const list = command({
  about: words('Messages that a queue gave up on', "Les messages qu'une file a abandonnés"),
  answers: LETTERS,
  args: { queue },
  options: STAGE,
  examples: [['campus dlq list StudentEvents', words('of the Campus that runs here', 'du Campus qui tourne ici')]],
  async run({ queue, stage }) {
    const items = await asked<Letter[]>('list', queue, stage);
    const columns = [
      column('id', 'Id', 'Id', 'id'),
      column('sent_at', 'Sent', 'Envoyé', 'time'),
      column('body', 'Message', 'Message'),
    ];
    return { kind: 'rows', items, columns };
  },
});

const redrive = command({
  about: words('Send them again', 'Les envoyer de nouveau'),
  answers: changedSchema('redriven', { type: 'integer' }),
  args: { queue },
  options: STAGE,
  examples: [
    [
      'campus dlq redrive StudentEvents --stage dev',
      words('in the account of your AWS credentials', 'dans le compte de vos accès AWS'),
    ],
  ],
  async run({ queue, stage }) {
    const item = await asked<{ redriven: number }>('redrive', queue, stage);
    return done(`${item.redriven} sent again.`, `${item.redriven} renvoyés.`, { item });
  },
});

export const commands = { list, redrive };
