import { execFileSync } from 'node:child_process';
import { createContext } from '../tests/support/tables.ts';
import type { Bench, Round } from './frame.ts';
import { figure, over } from './lives.ts';
import { engines, GET_GRADES, seedMarks } from './support.ts';
import { Unpacked } from './unpacked.ts';

/** What the first fifty calls of a process cost, and calls once it is warm; the very first, which loads, apart. */
const program = `
  import { writeFileSync } from 'node:fs';
  import { handler } from './index.mjs';
  const event = ${JSON.stringify(GET_GRADES)};
  async function costOf(calls) {
    const before = process.cpuUsage();
    for (let i = 0; i < calls; i += 1) await handler({ ...event });
    const { user, system } = process.cpuUsage(before);
    return (user + system) / calls;
  }
  const [first, early] = [await costOf(1), await costOf(50)];
  await costOf(400);
  writeFileSync(2, JSON.stringify({ first, early, steady: await costOf(200) }));
  process.exit(0);
`;

export const bench: Bench = {
  about:
    'What a function costs that has just started: the CPU time of the first fifty calls of `GET /get_grades/{student_id}` after the very first, against calls once V8 has compiled what runs often.',
  rows: [
    {
      what: 'a call of the first fifty ÷ a steady one',
      unit: '×',
      better: 'lower',
      goal: 2,
      of: over('early', 'steady'),
    },
    { what: 'the very first call', unit: 'µs', better: 'lower', of: figure('first') },
    { what: 'a call of the first fifty', unit: 'µs', better: 'lower', of: figure('early') },
    { what: 'a steady call', unit: 'µs', better: 'lower', of: figure('steady') },
  ],
  async *measure() {
    await using _ = await engines();
    await createContext('grades');
    await seedMarks();
    using lambdas = new Unpacked();
    const file = lambdas.program(await lambdas.lambda('functions/grades/marks'), 'calls.mjs', program);
    while (true)
      yield JSON.parse(
        String(execFileSync('sh', ['-c', '"$0" "$1" 2>&1 >/dev/null', process.execPath, file])),
      ) as Round;
  },
};
