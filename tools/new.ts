import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command, Misuse } from '../project/command.ts';
import { projectRoot } from '../project/root.ts';
import { newOperation } from './new/operation.ts';

/** Puts what was written into the order and shape that the linter wants. */
function tidy(files: readonly string[]): void {
  const biome = join(projectRoot, 'node_modules/@biomejs/biome/bin/biome');
  const sources = files.filter((file) => file.endsWith('.ts'));
  spawnSync(process.execPath, [biome, 'check', '--write', ...sources], { cwd: projectRoot });
}

await command({
  usage: 'npm run new -- operation <context> <verb-noun> [--route "GET /path"] [--lambda <name>]',
  about: `
Makes an operation with all that belongs to it: its file, its lines in the Lambda and in context.yml, its row in the
authorisation matrix, a request in http/, and a first test, which fails until it says what is promised. By hand:
docs/adding-an-operation.md.

npm run new -- operation persons list-names
npm run new -- operation grades read-remark --route "GET /students/{student_id}/remark" --lambda marks`,
  options: {
    route: { type: 'string', value: 'ROUTE', help: 'method and path; made of the name where it is not given' },
    lambda: { type: 'string', value: 'NAME', help: 'who serves it; the first Lambda of the context else' },
  },
  failure: 'Nothing was made',
  words: [3, 3],
  async run({ route, lambda }, [kind, context = '', name = '']) {
    if (kind !== 'operation') throw new Misuse(`"${kind}" cannot be made, an operation can`);
    const files = newOperation({ context, name, route, lambda });
    for (const [file, text] of files) writeFileSync(join(projectRoot, file), text);
    tidy([...files.keys()]);
    const [source, test] = files.keys();
    process.stdout.write(
      `${[...files.keys()].join('\n')}\n\nNow: say in ${test} what is promised, have ${source} keep it, "npm test -- ${test}";\nthen "npm run openapi" and "npm run docs".\n`,
    );
  },
});
