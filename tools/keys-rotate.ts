import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { type KeyRing, parseKeyRing } from '../functions/auth/key-ring.ts';
import { addKey, newSigningKey, promoteKey, RotationError, retireKey, textOfRing } from './key-rotation.ts';
import { inFolder, inParameterStore, type SecretPlace } from './secret-place.ts';

const USAGE = `npm run keys:rotate -- <step> [--kid <id>] [--stage <stage>]

Rotates the keys that sign access tokens, without a moment in which a good token is refused:

  status             which keys there are, and which one signs
  add                adds a key that only verifies            then wait 5 minutes
  promote --kid <id> has it sign                              then wait 16 minutes
  retire  --kid <id> removes a key

--kid    the id of the key; "add" makes one from the date when it is not given
--stage  the keys of a deployed stage, in the parameter store; without it those of the local data folder (CAMPUS_DATA)
`;

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

async function rotate(place: SecretPlace, step: string, kid: string | undefined): Promise<void> {
  const text = await place.read();
  const take = STEPS[step];
  if (!take) throw new RotationError(`there is no step ${step}`);
  if (text === undefined && step !== 'add') throw new RotationError(`${place.description} does not exist yet`);
  // The first key of a new stage signs at once: there is nobody yet who does not know it.
  const ring = text === undefined ? { keys: [newSigningKey(kid ?? today())] as const } : take(parseKeyRing(text), kid);
  if (step !== 'status') await place.write(textOfRing(ring));
  show(ring);
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { kid: { type: 'string' }, stage: { type: 'string' }, help: { type: 'boolean' } },
});
const [step] = positionals;
if (values.help || !step) {
  say(USAGE);
} else {
  const name = 'jwt-signing-key';
  const place = values.stage
    ? inParameterStore(values.stage, name)
    : inFolder(process.env.CAMPUS_DATA || '.campus', name);
  await rotate(place, step, values.kid).catch((error: unknown) => {
    process.stderr.write(`Keys not rotated: ${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
  });
}
