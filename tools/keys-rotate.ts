import { randomBytes } from 'node:crypto';
import { type KeyRing, parseKeyRing } from '../functions/auth/key-ring.ts';
import { command } from '../project/command.ts';
import { newSigningKey } from '../project/new-secrets.ts';
import { inFolder, inParameterStore, type SecretStore } from '../project/secrets.ts';
import { addKey, promoteKey, RotationError, retireKey, textOfRing } from './key-rotation.ts';

const today = (): string => `${new Date().toISOString().slice(0, 10)}-${randomBytes(3).toString('hex')}`;

const STEPS: Readonly<Record<string, (ring: KeyRing, kid: string | undefined) => KeyRing>> = {
  add: (ring, kid = today()) => addKey(ring, kid),
  promote: (ring, kid) => promoteKey(ring, chosen(kid)),
  retire: (ring, kid) => retireKey(ring, chosen(kid)),
  status: (ring) => ring,
};

function chosen(kid: string | undefined): string {
  if (!kid) throw new RotationError('--kid must say which key');
  return kid;
}

const say = (line: string): boolean => process.stdout.write(`${line}\n`);

function show({ keys }: KeyRing): void {
  for (const [i, { kid }] of keys.entries()) say(`${kid}  ${i === 0 ? 'signs and verifies' : 'verifies'}`);
}

async function rotate(store: SecretStore, step: string, kid: string | undefined): Promise<void> {
  const text = await store.read();
  const take = STEPS[step];
  if (!take) throw new RotationError(`there is no step ${step}`);
  if (text === undefined && step !== 'add') throw new RotationError(`${store.description} does not exist yet`);
  // The first key of a new stage signs at once: there is nobody yet who does not know it.
  const ring = text === undefined ? { keys: [newSigningKey(kid ?? today())] as const } : take(parseKeyRing(text), kid);
  if (step !== 'status') await store.write(textOfRing(ring));
  show(ring);
}

await command({
  usage: 'npm run keys:rotate -- <step> [--kid <id>] [--stage <stage>]',
  about: `
Rotates the keys that sign access tokens, without a moment in which a good token is refused:

  status             which keys there are, and which one signs
  add                adds a key that only verifies            then wait 5 minutes
  promote --kid <id> has it sign                              then wait 16 minutes
  retire  --kid <id> removes a key`,
  options: {
    kid: { type: 'string', value: 'ID', help: 'the id of the key; "add" makes one from the date when it is not given' },
    stage: {
      type: 'string',
      value: 'NAME',
      help: 'the keys of a deployed stage, in the parameter store; else those of the local data folder (CAMPUS_DATA)',
    },
  },
  failure: 'Keys not rotated',
  words: [1, 1],
  async run({ kid, stage }, [step = '']) {
    const name = 'jwt-signing-key';
    const store = stage ? inParameterStore(stage, name) : inFolder(process.env.CAMPUS_DATA || '.campus', name);
    await rotate(store, step, kid);
  },
});
