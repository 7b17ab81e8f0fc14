import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../project/root.ts';
import { type ExamplesByOperation, openApi } from './openapi/document.ts';

/** What `openapi.json` is to contain. */
export async function openApiText(): Promise<string> {
  const examples = JSON.parse(readFileSync(join(projectRoot, 'docs/examples.json'), 'utf8')) as ExamplesByOperation;
  return `${JSON.stringify(await openApi(examples), null, 2)}\n`;
}

if (import.meta.main) writeFileSync(join(projectRoot, 'openapi.json'), await openApiText());
