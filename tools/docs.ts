import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readContexts } from '../project/contexts.ts';
import { projectRoot } from '../project/root.ts';
import { contextPages } from './docs/context-pages.ts';
import { decisionIndex } from './docs/decisions.ts';
import { eventsOf } from './docs/events.ts';
import type { Pages } from './docs/markdown.ts';
import { performancePage } from './docs/performance.ts';
import { problemPages } from './docs/problem-pages.ts';
import { reportPage } from './docs/report.ts';
import { scalePage } from './docs/scale.ts';
import { declarationsOf } from './openapi/operations.ts';

/** Every page of `docs/` that is made from the code, as it is to be. */
export async function pages(): Promise<Pages> {
  const contexts = readContexts();
  const declarations = await Promise.all(contexts.map(declarationsOf));
  const operations = declarations.flatMap((one) => one.operations);
  return new Map([
    ...contextPages(contexts, operations, await eventsOf(contexts)),
    ...decisionIndex(),
    ...performancePage(),
    ...problemPages(operations),
    ...reportPage(contexts, operations),
    ...scalePage(),
  ]);
}

if (import.meta.main) {
  for (const [path, text] of await pages()) {
    mkdirSync(dirname(join(projectRoot, path)), { recursive: true });
    writeFileSync(join(projectRoot, path), text);
  }
}
