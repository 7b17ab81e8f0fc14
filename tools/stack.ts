import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { command, Misuse } from '../project/command.ts';
import { projectRoot } from '../project/root.ts';
import { readable } from './stack-trace.ts';

await command({
  usage: 'npm run stack -- <function> [--maps <folder>] < <file>',
  about: `
Says where in the source a failure is that a function has logged: give it the lines of the log, or the trace alone. It needs
the maps of the code that is deployed, which packaging puts into .build/functions, and the deploy workflow into the artifact
"release" of its run.`,
  options: {
    maps: { type: 'string', default: '.build/functions', value: 'FOLDER', help: 'where the maps are' },
  },
  failure: 'Not read',
  words: [1, 1],
  async run({ maps }, [name]) {
    const file = resolve(projectRoot, maps, `${name}.map`);
    if (!existsSync(file)) throw new Misuse(`there is no map of ${name}: ${file}`);
    process.stdout.write(readable(await text(process.stdin), readFileSync(file, 'utf8')));
  },
});
