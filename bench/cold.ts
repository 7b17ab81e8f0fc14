import { createContext } from '../tests/support/tables.ts';
import type { Bench } from './frame.ts';
import { figure, lives, NOTHING, over } from './lives.ts';
import { engines, GET_GRADES, seedMarks } from './support.ts';
import { Unpacked } from './unpacked.ts';

/** Loads the bundle beside it and answers once. */
const once = `
  import { handler } from './index.mjs';
  const { statusCode, body } = await handler(${JSON.stringify(GET_GRADES)});
  if (statusCode !== 200) throw new Error(body);
  process.exit(0);
`;

const load = "await import('./index.mjs'); process.exit(0);";

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
    {
      what: 'the students loaded ÷ `node -e 0`, CPU',
      unit: '×',
      better: 'lower',
      of: over('students cpu', 'nothing cpu'),
    },
    {
      what: 'the authorizer loaded ÷ `node -e 0`, CPU',
      unit: '×',
      better: 'lower',
      of: over('authorizer cpu', 'nothing cpu'),
    },
  ],
  async *measure() {
    await using _ = await engines();
    await createContext('grades', 'registration', 'auth');
    await seedMarks();
    using lambdas = new Unpacked();
    const marks = await lambdas.lambda('functions/grades/marks');
    const students = await lambdas.lambda('functions/registration/students');
    const authorizer = await lambdas.lambda('functions/auth/authorizer');
    const programs = {
      nothing: NOTHING,
      marks: [lambdas.program(marks, 'once.mjs', once)],
      loaded: [lambdas.program(marks, 'load.mjs', load)],
      students: [lambdas.program(students, 'load.mjs', load)],
      authorizer: [lambdas.program(authorizer, 'load.mjs', load)],
    };
    lives(programs, 1);
    while (true) yield lives(programs);
  },
};
