import { join } from 'node:path';
import { projectRoot } from '../project/root.ts';
import type { Bench } from './frame.ts';
import { figure, lives, NOTHING, node, over } from './lives.ts';

const programs = { help: node(join(projectRoot, 'cli/campus.mjs'), '--help'), nothing: NOTHING };

export const bench: Bench = {
  about:
    'What the command line costs before it does anything: `campus --help` against Node doing nothing (`node -e 0`).',
  rows: [
    { what: '`campus --help` ÷ `node -e 0`', unit: '×', better: 'lower', goal: 2, of: over('help ms', 'nothing ms') },
    { what: 'the same in CPU time', unit: '×', better: 'lower', of: over('help cpu', 'nothing cpu') },
    { what: '`campus --help`', unit: 'ms', better: 'lower', of: figure('help ms') },
  ],
  async *measure() {
    lives(programs, 2);
    while (true) yield lives(programs);
  },
};
