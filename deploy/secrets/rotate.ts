import { parseArgs } from 'node:util';
import { readSecret, replaceSecret } from './parameters.ts';
import { isRotationStep, rotation } from './rotation.ts';

const { values } = parseArgs({ options: { stage: { type: 'string', default: 'dev' }, step: { type: 'string' } } });
if (!isRotationStep(values.step)) throw new Error(`--step must be one of ${Object.keys(rotation).join(', ')}`);
const ring = rotation[values.step](JSON.parse(await readSecret(values.stage, 'jwt-signing-key')));
await replaceSecret(values.stage, 'jwt-signing-key', JSON.stringify(ring));
process.stdout.write(`Stage ${values.stage} has ${ring.keys.length} signing keys; ${ring.keys[0]?.kid} signs.\n`);
