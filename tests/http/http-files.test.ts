import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readContexts } from '../../project/contexts.ts';
import { projectRoot } from '../../project/root.ts';
import type { Answer } from '../support/http.ts';
import { readHttpFile, send } from '../support/http-file.ts';

const files = readdirSync(join(projectRoot, 'http'));

test('every context has requests to try', () => {
  expect(files.sort()).toEqual(readContexts().map(({ name }) => `${name}.http`));
});

describe.each(files)('http/%s runs as it stands', (file) => {
  const answers = new Map<string, Answer>();
  const requests = readHttpFile(`http/${file}`);

  test.each(requests.map((one) => [one.title, one] as const))('%s', async (_, request) => {
    const answer = await send(request, answers);
    if (request.name) answers.set(request.name, answer);
    if (request.expected) expect(answer.status).toBe(request.expected);
    else expect(answer.status).toBeLessThan(300);
  });
});
