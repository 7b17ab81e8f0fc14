import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allProblems } from '../../platform/base/problem.ts';
import type { Context } from '../../project/contexts.ts';
import { projectRoot } from '../../project/root.ts';
import { ofType } from '../../project/template.ts';
import type { NamedOperation } from '../openapi/operations.ts';
import { BEGIN, type Pages, section, table } from './markdown.ts';

const FILE = 'docs/report.md';

const count = (contexts: readonly Context[], type: string): number =>
  contexts.flatMap(({ resources }) => ofType({ Resources: resources }, type)).length;

/** `docs/report.md`: written by hand, with the size of the system counted. */
export function reportPage(contexts: readonly Context[], operations: readonly NamedOperation[]): Pages {
  const file = join(projectRoot, FILE);
  const written = existsSync(file) ? (readFileSync(file, 'utf8').split(BEGIN)[0] ?? '') : '';
  const open = operations.filter(({ operation }) => operation.access.public).length;
  const rows = [
    ['contexts', contexts.length],
    ['operations', operations.length],
    ['of them without a token', open],
    ['Lambda functions', contexts.flatMap(({ lambdas }) => lambdas).length],
    ['tables', count(contexts, 'AWS::DynamoDB::Table')],
    ['queues', count(contexts, 'AWS::SQS::Queue')],
    ['documented problems', allProblems.size],
  ] as const;
  const size = table(
    ['what', 'how many'],
    rows.map(([what, many]) => [what, String(many)]),
  );
  return new Map([[FILE, `${written}${BEGIN}\n\n${section('Size, counted by `npm run docs`', size)}`]]);
}
