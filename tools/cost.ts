import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command } from '../project/command.ts';
import { projectRoot, textOf } from '../project/root.ts';
import type { Template } from '../project/template.ts';
import { COST_BEGIN, costSection } from './docs/cost.ts';

const PAGE = 'docs/cost.md';

/** @throws Error where the stage was not packaged */
function packaged(stage: string): Template {
  const file = join(projectRoot, '.build/packages', stage, 'cloudformation-template-update-stack.json');
  if (!existsSync(file)) throw new Error('there is no package of it: npm run test:deploy makes them');
  return JSON.parse(readFileSync(file, 'utf8')) as Template;
}

await command({
  usage: 'npm run docs:cost',
  about: `Writes the tables of ${PAGE} anew, from what npm run test:deploy packaged last.`,
  options: {},
  failure: 'No tables',
  words: [0, 0],
  async run() {
    const [written = ''] = textOf(PAGE).split(COST_BEGIN);
    writeFileSync(join(projectRoot, PAGE), written + costSection({ dev: packaged('dev'), prod: packaged('prod') }));
  },
});
