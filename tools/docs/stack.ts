import { ANY_METHOD, bodyOf } from '../../deploy/template/api-body.ts';
import { ofType, type Template } from '../../project/template.ts';
import { MADE_OF_PACKAGES, table } from './markdown.ts';

/** What of the packages is counted, by what the page calls it. */
const STACKS: Readonly<Record<string, string>> = {
  '`dev`': 'dev',
  '`prod`': 'prod',
  '`prod` with CORS': 'prod-cors',
  '… and a made-up context of 90 routes on 15 functions': 'prod-cors-crowded',
};

const kilobytes = (value: unknown): string => `${Math.round(Buffer.byteLength(JSON.stringify(value)) / 1024)} KB`;

/** How many resources API Gateway makes of some paths: one for each part that another path does not have already. */
const partsOf = (paths: readonly string[]): number =>
  new Set(
    paths.flatMap((path) =>
      path
        .split('/')
        .slice(1)
        .map((_, i, all) => all.slice(0, i + 1).join('/')),
    ),
  ).size;

function rowOf(name: string, template: Template): string[] {
  const body = bodyOf(template);
  const methods = Object.values(body.paths).flatMap((one) => Object.keys(one));
  return [
    name,
    String(Object.keys(template.Resources).length),
    String(ofType(template, 'AWS::Lambda::Function').length),
    String(methods.filter((method) => !['options', ANY_METHOD].includes(method)).length),
    String(partsOf(Object.keys(body.paths))),
    kilobytes(body),
    kilobytes(template),
  ];
}

/** @param packaged a packaged template by its name @returns the made part of docs/scale.md */
export function stackSection(packaged: (name: string) => Template): string {
  const head = ['stage', 'resources', 'functions', 'routes', 'path parts', 'definition of the API', 'template'];
  const limits = ['may be', '500', '', '', '300, can be raised', '6 MB', '1 MB'];
  const rows = Object.entries(STACKS).map(([shown, name]) => rowOf(shown, packaged(name)));
  return `${MADE_OF_PACKAGES}\n\n## How large the stack is\n\n${table(head, [...rows, limits])}\n`;
}
