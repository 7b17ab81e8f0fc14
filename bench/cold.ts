import { createContext } from '../tests/support/tables.ts';
import type { Bench } from './frame.ts';
import { figure, lives, NOTHING, node, over } from './lives.ts';
import { answersOnce, engines, LOADS, seedMarks } from './support.ts';
import { Unpacked } from './unpacked.ts';

export const bench: Bench = {
  about:
    'A cold start, from starting Node to the first answer of `GET /get_grades/{student_id}`, with the bundle that is deployed, against Node doing nothing (`node -e 0`); and the same up to where the module is loaded.',
  rows: [
    {
      what: 'first answer of the marks ÷ `node -e 0`',
      unit: '×',
      better: 'lower',
      goal: 2.5,
      of: over('marks ms', 'nothing ms'),
    },
    { what: 'the same in CPU time', unit: '×', better: 'lower', goal: 2.5, of: over('marks cpu', 'nothing cpu') },
    { what: 'first answer of the marks', unit: 'ms', better: 'lower', of: figure('marks ms') },
    { what: 'the marks loaded ÷ `node -e 0`, CPU', unit: '×', better: 'lower', of: over('loaded cpu', 'nothing cpu') },
  ],
  async *measure() {
    await using _ = await engines();
    await createContext('grades');
    await seedMarks();
    using lambdas = new Unpacked();
    const marks = await lambdas.lambda('functions/grades/marks');
    const programs = {
      nothing: NOTHING,
      marks: node(lambdas.program(marks, 'once.mjs', answersOnce('./index.mjs'))),
      loaded: node(lambdas.program(marks, 'load.mjs', LOADS)),
    };
    lives(programs, 1);
    while (true) yield lives(programs);
  },
};
