import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../project/root.ts';
import { breaches, described, type Exchange } from '../tests/support/conformance.ts';
import { exchangesFolder } from '../tests/support/recording.ts';
import { runJest } from './jest.ts';

/** An example of an operation, with the request that led to it. */
interface Example {
  readonly path: string;
  readonly request?: unknown;
  readonly answer?: unknown;
}

type Examples = Record<string, Record<string, Example>>;

/** Longer answers teach nothing more. */
const MOST_CHARACTERS = 1200;

const FILE = join(projectRoot, 'docs/examples.json');

/** What differs from run to run or is nobody's business, and what stands in for it. */
const SCRUBBED: readonly [RegExp, string][] = [
  [/"(password|old_password|new_password)":"[^"]*"/g, '"$1":"correct horse battery"'],
  [/"(refresh_token)":"[^"]*"/g, '"$1":"dmljdG9yADAxOTM0NzZl"'],
  [/eyJ[\w-]+\.[\w-]+\.[\w-]+/g, 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ2aWN0b3IifQ.c2lnbmF0dXJl'],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, '0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d'],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, 'a3f1'],
  [/\bu[0-9a-f]{8}\b/g, 'awa.diop'],
  [/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, '2026-11-20T09:00:00.000Z'],
];

const scrub = <T>(value: T): T => {
  const text = SCRUBBED.reduce((all, [what, by]) => all.replaceAll(what, by), JSON.stringify(value));
  return JSON.parse(text) as T;
};

function exchanges(): Exchange[] {
  if (!existsSync(exchangesFolder)) return [];
  const files = readdirSync(exchangesFolder).map((name) => readFileSync(join(exchangesFolder, name), 'utf8'));
  return files.flatMap((text) => text.trim().split('\n')).map((line) => JSON.parse(line) as Exchange);
}

/** The one that shows most: the longest that is not too long, and of equals the first by its letters. */
function best(candidates: readonly Exchange[]): Example | undefined {
  const written = candidates
    .map(scrub)
    .filter((one) => breaches(one).length === 0)
    .map(({ path, sent, received }): Example => ({ path, request: sent, answer: received }))
    .map((one) => JSON.stringify(one))
    .filter((text) => text.length <= MOST_CHARACTERS)
    .sort((a, b) => b.length - a.length || a.localeCompare(b));
  return written[0] === undefined ? undefined : (JSON.parse(written[0]) as Example);
}

// An alias has the examples of its operation.
const nameOf = ({ method, path }: Exchange): string =>
  (described(method, path)?.operation.operationId ?? '').replace(/At[A-Z]\w*$/, '');

/** Whether an example is still one; then it stays, so that a new recording changes no more than it must. */
function holds(example: Example | undefined, like: Exchange): boolean {
  if (!example) return false;
  return breaches({ ...like, path: example.path, sent: example.request, received: example.answer }).length === 0;
}

function examples(known: Examples): Examples {
  const accepted = exchanges().filter(
    ({ status, method, path, type }) =>
      status < 300 && /^(?:application\/json|$)/.test(type) && described(method, path),
  );
  const result: Examples = {};
  for (const [name, of] of [...Map.groupBy(accepted, nameOf)].sort(([a], [b]) => a.localeCompare(b))) {
    for (const [status, candidates] of Map.groupBy(of, (one) => one.status)) {
      const [like] = candidates;
      const kept = known[name]?.[status];
      const chosen = like && holds(kept, like) ? kept : best(candidates);
      if (chosen) result[name] = { ...result[name], [status]: chosen };
    }
  }
  return result;
}

rmSync(exchangesFolder, { recursive: true, force: true });
if ((await runJest(['--selectProjects', 'http'], { CAMPUS_EXAMPLES: 'record' })) !== 0)
  throw new Error('The HTTP tests fail: no examples are taken from them');
const known = JSON.parse(readFileSync(FILE, 'utf8')) as Examples;
writeFileSync(FILE, `${JSON.stringify(examples(known), null, 2)}\n`);
