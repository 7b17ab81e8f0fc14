/** Loads the demo data into the tables of a stack at an emulator: `node localstack/deployment/demo.ts campus-prod`. */
import { lambdaEnvironment, stackResources } from './stack.ts';

const [, , stack = ''] = process.argv;
Object.assign(process.env, await lambdaEnvironment(await stackResources(stack)));
// Loaded only now: SDK clients and stores read the environment as they are made.
const { loadDemo } = await import('../demo.ts');
await loadDemo();
