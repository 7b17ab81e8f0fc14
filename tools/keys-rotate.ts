import { randomBytes } from 'node:crypto';
import { parseKeyRing } from '../functions/auth/key-ring.ts';
import type { KeySet } from '../platform/aws/key-set.ts';
import type { SecretName } from '../platform/aws/secrets.ts';
import { parseSigningRing } from '../platform/aws/signing.ts';
import { command, Misuse } from '../project/command.ts';
import { newSigningKey, newSymmetricKey } from '../project/new-secrets.ts';
import { inFolder, inParameterStore, type SecretStore } from '../project/secrets.ts';
import { addKey, promoteKey, RotationError, retireKey } from './key-rotation.ts';

const today = (): string => `${new Date().toISOString().slice(0, 10)}-${randomBytes(3).toString('hex')}`;

function chosen(kid: string | undefined): string {
  if (!kid) throw new RotationError('--kid must say which key');
  return kid;
}

const say = (line: string): boolean => process.stdout.write(`${line}\n`);

/** How the keys of one secret are read and made. */
interface Kind<K extends { readonly kid: string }> {
  readonly parse: (text: string) => KeySet<K>;
  readonly make: (kid: string) => K;
}

/** Takes a step in the text of a ring. @returns the ring after it */
function stepped<K extends { readonly kid: string }>(
  { parse, make }: Kind<K>,
  text: string | undefined,
  step: string,
  kid: string | undefined,
): KeySet<K> {
  // The first key of a new stage signs at once: there is nobody yet who does not know it.
  if (text === undefined) return { keys: [make(kid ?? today())] };
  const ring = parse(text);
  if (step === 'add') return addKey(ring, make(kid ?? today()));
  if (step === 'promote') return promoteKey(ring, chosen(kid));
  if (step === 'retire') return retireKey(ring, chosen(kid));
  return ring;
}

const STEPS = ['status', 'add', 'promote', 'retire'];

async function rotate<K extends { readonly kid: string }>(
  kind: Kind<K>,
  store: SecretStore,
  step: string,
  kid: string | undefined,
): Promise<void> {
  const text = await store.read();
  if (!STEPS.includes(step)) throw new RotationError(`there is no step ${step}`);
  if (text === undefined && step !== 'add') throw new RotationError(`${store.description} does not exist yet`);
  const { keys } = stepped(kind, text, step, kid);
  if (step !== 'status') {
    const changed = JSON.stringify({ keys });
    // Read back before anyone relies on it.
    kind.parse(changed);
    await store.write(changed);
  }
  for (const [i, key] of keys.entries()) say(`${key.kid}  ${i === 0 ? 'signs and verifies' : 'verifies'}`);
}

type Rotation = (store: SecretStore, step: string, kid: string | undefined) => Promise<void>;

const ROTATIONS: Readonly<Record<SecretName, Rotation>> = {
  'jwt-signing-key': (...how) => rotate({ parse: parseKeyRing, make: newSigningKey }, ...how),
  'signing-secret': (...how) => rotate({ parse: parseSigningRing, make: newSymmetricKey }, ...how),
};

const isSecret = (name: string): name is SecretName => Object.hasOwn(ROTATIONS, name);

await command({
  usage: 'npm run keys:rotate -- <step> [--secret <name>] [--kid <id>] [--stage <stage>]',
  about: `
Rotates the keys of a secret without a moment in which anything good is refused: those that sign access tokens, or with
--secret signing-secret those of cursors, remembered answers, forms and claim codes:

  status             which keys there are, and which one signs
  add                adds a key that only verifies            then wait 5 minutes
  promote --kid <id> has it sign                              then wait 16 minutes; of signing-secret, 31 days
  retire  --kid <id> removes a key`,
  options: {
    secret: { type: 'string', default: 'jwt-signing-key', value: 'NAME', help: 'jwt-signing-key or signing-secret' },
    kid: { type: 'string', value: 'ID', help: 'the id of the key; "add" makes one from the date when it is not given' },
    stage: {
      type: 'string',
      value: 'NAME',
      help: 'the keys of a deployed stage, in the parameter store; else those of the local data folder (CAMPUS_DATA)',
    },
  },
  failure: 'Keys not rotated',
  words: [1, 1],
  async run({ secret, kid, stage }, [step = '']) {
    if (!isSecret(secret)) throw new Misuse(`--secret is ${Object.keys(ROTATIONS).join(' or ')}`);
    const store = stage ? inParameterStore(stage, secret) : inFolder(process.env.CAMPUS_DATA || '.campus', secret);
    await ROTATIONS[secret](store, step, kid);
  },
});
