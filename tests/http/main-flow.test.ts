import { test } from '@jest/globals';
import { runMainFlow } from '../support/main-flow.ts';

test('a student is enrolled, pays, is made known to the grades service over SQS, gets marks and keeps them', async () => {
  await runMainFlow();
});
