import { allProblems, type ProblemKind } from '../../platform/base/problem.ts';
import type { NamedOperation } from '../openapi/operations.ts';
import { exampleOf, problemsOf } from '../openapi/problems.ts';
import { MADE, type Pages, table } from './markdown.ts';
import { remediesInFrench } from './remedies.fr.ts';
import { remedies } from './remedies.ts';

/** A code that so many operations answer is not worth a list. */
const MOST_LISTED = 12;

function answeredBy(code: string, operations: readonly NamedOperation[]): string {
  const routes = operations
    .filter(({ operation }) => [...problemsOf(operation).values()].flat().some((one) => one.code === code))
    .map(({ operation }) => operation.route);
  if (routes.length === 0) return 'the gateway itself';
  if (routes.length > MOST_LISTED) return 'many operations';
  return routes.map((route) => `\`${route}\``).join(', ');
}

function page(code: string, kind: ProblemKind, operations: readonly NamedOperation[]): string {
  const known = remedies[code];
  if (!known) throw new Error(`tools/docs/remedies.ts says nothing of ${code}`);
  return `${MADE}
# \`${code}\`

**${kind.status}** · ${kind.title.en} · *${kind.title.fr}*

**Cause.** ${known.cause}

**What to do.** ${known.remedy}

**Answered by** ${answeredBy(code, operations)}.

\`\`\`json
${JSON.stringify(exampleOf(code, kind), null, 2)}
\`\`\`
`;
}

function index(problems: readonly [string, ProblemKind][]): string {
  const rows = problems.map(([code, kind]) => [
    `[\`${code}\`](${code}.md)`,
    String(kind.status),
    kind.title.en,
    kind.title.fr,
  ]);
  return `${MADE}
# Problems

Every refusal is \`application/problem+json\` (RFC 9457) with one of these codes. Codes are stable: programs decide by
them, people read \`title\` and \`detail\` (French unless \`Accept-Language\` prefers English).

${table(['code', 'status', 'title', 'titre'], rows)}
`;
}

/** What the running API tells of each problem, in both languages. */
function catalogue(problems: readonly [string, ProblemKind][]): string {
  const entries = problems.map(([code, { status, title }]) => {
    const [english, french] = [remedies[code], remediesInFrench[code]];
    if (!english || !french) throw new Error(`tools/docs/remedies.ts or remedies.fr.ts says nothing of ${code}`);
    const cause = { fr: french.cause, en: english.cause };
    return [code, { status, title, cause, remedy: { fr: french.remedy, en: english.remedy } }];
  });
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
}

/** `docs/problems`: a page for each code, and their index; and the same for the API itself. */
export function problemPages(operations: readonly NamedOperation[]): Pages {
  const problems = [...allProblems].sort(([a], [b]) => a.localeCompare(b));
  return new Map([
    ['docs/problems/README.md', index(problems)],
    ['functions/about/problems.json', catalogue(problems)],
    ...problems.map(([code, kind]) => [`docs/problems/${code}.md`, page(code, kind, operations)] as const),
  ]);
}
