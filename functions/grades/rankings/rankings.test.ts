import { AsyncLocalStorage } from 'node:async_hooks';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { dynamo } from '../../../platform/data/client.ts';
import { teacher } from '../../../tests/support/call.ts';
import { ask, asked, assess, classOf, enter, newStudents, tell, tellGone } from '../../../tests/support/school.ts';
import { createContext } from '../../../tests/support/tables.ts';
import { handler as settle } from './settle.ts';

beforeAll(async () => {
  await createContext('grades');
});

interface Place {
  rank: number;
  student_id: number;
  average: number;
  scale: number;
}

const CLASSES = ['6e A', '5e A', '4e A', '3e A'];

/** The ten best, found the long way: among all members of every class. */
async function computed(): Promise<[number, number][]> {
  const lists = await Promise.all(
    CLASSES.map((name) => asked(`GET /grades?class_name=${name.replace(' ', '')}&limit=200`)),
  );
  const figures = lists
    .flat()
    .flatMap(({ student_id, average, scale }) =>
      average === null ? [] : [{ id: student_id as number, share: average / scale }],
    );
  const sorted = figures.sort((a, b) => b.share - a.share || a.id - b.id);
  return sorted.slice(0, 10).map(({ id, share }) => [1 + sorted.filter((other) => other.share > share).length, id]);
}

const topTen = async (query = ''): Promise<Place[]> => asked(`GET /rankings/top10${query}`, undefined, teacher);

const told = (places: readonly Place[]) => places.map(({ rank, student_id }) => [rank, student_id]);

describe('the ten best of all classes', () => {
  test('are exact right after every write, settled or not', async () => {
    const ids: number[] = [];
    for (const name of CLASSES) ids.push(...(await classOf(6, name)));
    await asked('PUT /classes/3eA', { scale: 100 });
    const versions = new Map(ids.map((id) => [id, 1]));
    const random = pseudoRandom(42);
    const pick = <T>(all: readonly T[]): T => all[random(all.length)] as T;
    const next = (id: number): number => {
      versions.set(id, (versions.get(id) ?? 1) + 1);
      return versions.get(id) ?? 1;
    };
    const assessments = new Map(await Promise.all(CLASSES.map(async (name) => [name, await assess(name)] as const)));
    for (let step = 0; step < 60; step += 1) {
      const id = pick(ids);
      const kind = random(10);
      // Few values, so that ties come up all the time.
      if (kind < 5) await ask(`POST /add_grade/${id}`, { grade: 8 + random(8) }, teacher);
      else if (kind < 7) await enter(assessments.get(pick(CLASSES)) ?? '', { [id]: random(20) });
      else if (kind === 7) await tell(id, next(id), { class_name: pick(CLASSES) });
      else if (kind === 8 && step % 3 === 0) await tellGone(id, next(id));
      else await settle();
      expect(told(await topTen())).toEqual(await computed());
    }
    await settle();
    expect(told(await topTen())).toEqual(await computed());
  }, 120_000);

  test('are as they stand, though a class is brought up to date while they are read', async () => {
    const [id = 0] = await classOf(1, 'Entre-temps');
    await asked(`POST /add_grade/${id}`, { grade: 20 }, teacher);
    const reading = new AsyncLocalStorage<true>();
    let open = (): void => undefined;
    const isSettled = new Promise<void>((resolve) => {
      open = resolve;
    });
    dynamo.middlewareStack.add(
      (next) => async (args) => {
        const { ExpressionAttributeValues: values } = args.input as {
          ExpressionAttributeValues?: Record<string, unknown>;
        };
        if (reading.getStore() && values?.[':sk'] === '!') await isSettled;
        return next(args);
      },
      { step: 'initialize', name: 'holding' },
    );
    try {
      const listed = reading.run(true, () => asked('GET /grades?limit=200', undefined, teacher));
      await settle();
      open();
      expect(await listed).toContainEqual(expect.objectContaining({ student_id: id, average: 20 }));
    } finally {
      dynamo.middlewareStack.remove('holding');
    }
  });

  test('of classes of different scales are compared by shares of them', async () => {
    const places = await topTen();
    const shares = places.map(({ average, scale }) => average / scale);
    expect(shares).toEqual(shares.toSorted((a, b) => b - a));
  });

  test('of one class rank equals equal, 1, 2, 2, 4, and leave out who has too few figures', async () => {
    const [a, b, c, d, e] = await classOf(5, 'Terminale');
    for (const [id, grade] of [
      [a, 12],
      [b, 15],
      [c, 12],
      [d, 10],
    ])
      await ask(`POST /add_grade/${id}`, { grade }, teacher);
    const places = await topTen('?class_name=terminale');
    expect(places.map(({ rank, student_id }) => [rank, student_id])).toEqual([
      [1, b],
      [2, a],
      [2, c],
      [4, d],
    ]);
    expect(places.some(({ student_id }) => student_id === e)).toBe(false);
  });
});

describe('students by average', () => {
  test('stand last without an average, in either order, on whatever page', async () => {
    const [none, low, other, high] = await classOf(4, 'Vides');
    await asked(`POST /add_grade/${low}`, { grade: 8 }, teacher);
    await asked(`POST /add_grade/${high}`, { grade: 18 }, teacher);
    for (const limit of [1, 50]) {
      expect(await pages(`GET /grades?class_name=vides&limit=${limit}`)).toEqual([high, low, none, other]);
      expect(await pages(`GET /grades?class_name=vides&order=asc&limit=${limit}`)).toEqual([low, high, none, other]);
    }
  });

  test('are found by class, name and phone, together, and paged in order', async () => {
    const ids = newStudents(4);
    const names = ['Élodie Ndiaye', 'Elo Diop', 'Moussa Diop', 'Awa Sarr Diop'];
    for (const [i, id] of ids.entries())
      await tell(id, 1, { name: names[i] ?? '', class_name: '2nde C', phone: `+22177000010${i}` });
    for (const [i, id] of ids.entries()) await ask(`POST /add_grade/${id}`, { grade: 10 + i }, teacher);
    const list = async (query: string): Promise<string[]> =>
      (await asked(`GET /grades?${query}`, undefined, teacher)).map(({ name }: { name: string }) => name);
    expect(await list('class_name=2ndec')).toEqual(names.toReversed());
    expect(await list('class_name=2nde%20C&order=asc')).toEqual(names);
    expect(await list('class_name=2nde%20C&first_name=elo')).toEqual(['Elo Diop', 'Élodie Ndiaye']);
    expect(await list('last_name=diop')).toEqual(['Awa Sarr Diop', 'Moussa Diop', 'Elo Diop']);
    expect(await list('phone=%2B221770000102')).toEqual(['Moussa Diop']);
    expect(await list('phone=%2B221770000102&first_name=awa')).toEqual([]);
    const first = await ask('GET /grades?class_name=2nde%20C&limit=3', undefined, teacher);
    expect(first.headers.Link).toContain('rel="next"');
    const all = await pages('GET /grades?limit=2');
    expect(all).toEqual((await asked('GET /grades?limit=200', undefined, teacher)).map(idOf));
    expect(new Set(all).size).toBe(all.length);
    await settle();
    expect(await pages('GET /grades?limit=2')).toEqual(all);
  });
});

const idOf = ({ student_id }: { student_id: number }): number => student_id;

async function pages(request: string): Promise<number[]> {
  const all: number[] = [];
  let next: string | undefined = request;
  while (next) {
    const page = await ask(next, undefined, teacher);
    all.push(...page.body.map(idOf));
    const link: RegExpExecArray | null = /<([^>]+)>; rel="next"/.exec(page.headers.Link ?? '');
    next = link ? `GET ${link[1]}` : undefined;
  }
  return all;
}

/** Whole numbers below a bound, the same in every run. */
function pseudoRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * below);
  };
}
