import { parseArgs } from 'node:util';
import { createMissingSecrets } from './parameters.ts';

const { values } = parseArgs({ options: { stage: { type: 'string', default: 'dev' } } });
const made = await createMissingSecrets(values.stage);
process.stdout.write(made.length > 0 ? `Made ${made.join(' and ')}.\n` : `Stage ${values.stage} has its secrets.\n`);
