import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command } from '../project/command.ts';
import { projectRoot, textOf } from '../project/root.ts';
import type { Template } from '../project/template.ts';
import { costSection } from './docs/cost.ts';
import { MADE_OF_PACKAGES } from './docs/markdown.ts';
import { stackSection } from './docs/stack.ts';

/** @throws Error where it was not packaged */
function packaged(name: string): Template {
  const file = join(projectRoot, '.build/packages', name, 'cloudformation-template-update-stack.json');
  if (!existsSync(file)) throw new Error('there is no package of it: npm run test:deploy makes them');
  return JSON.parse(readFileSync(file, 'utf8')) as Template;
}

function rewrite(page: string, made: string): void {
  const [written = ''] = textOf(page).split(MADE_OF_PACKAGES);
  writeFileSync(join(projectRoot, page), written + made);
}

await command({
  usage: 'npm run docs:packaged',
  about: 'Writes the tables of docs/cost.md and docs/scale.md anew, from what npm run test:deploy packaged last.',
  options: {},
  failure: 'No tables',
  words: [0, 0],
  async run() {
    rewrite('docs/cost.md', costSection({ dev: packaged('dev'), prod: packaged('prod') }));
    rewrite('docs/scale.md', stackSection(packaged));
  },
});
