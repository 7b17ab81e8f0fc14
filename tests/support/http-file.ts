import { randomInt, randomUUID } from 'node:crypto';
import { textOf } from '../../project/root.ts';
import { type Answer, call } from './http.ts';

/** One request of an `.http` file (the format of VS Code's REST Client). */
export interface FileRequest {
  readonly title: string;
  readonly name: string | undefined;
  /** The status that its `# expect` comment names; undefined where it is to succeed. */
  readonly expected: number | undefined;
  readonly text: string;
}

/** The requests of an `.http` file, in order, its `@` variables replaced except for the API's address. */
export function readHttpFile(path: string): FileRequest[] {
  return textOf(path)
    .split(/^###/m)
    .slice(1)
    .map((block) => {
      const [title = '', ...lines] = block.split('\n');
      const comments = lines.filter((line) => line.startsWith('#')).join('\n');
      return {
        title: title.trim(),
        name: /# @name (\w+)/.exec(comments)?.[1],
        expected: Number(/# expect (\d{3})/.exec(comments)?.[1]) || undefined,
        text: lines
          .filter((line) => !line.startsWith('#'))
          .join('\n')
          .trim(),
      };
    });
}

/** What `{{name.response.body.field}}`, `{{name.response.body.$.list[0].field}}` or `{{name.response.headers.Field}}` stands for. */
function fromAnswer(answers: ReadonlyMap<string, Answer>, reference: string): string {
  const [name = '', , part, ...path] = reference.replace('.$.', '.').split(/[.[\]]+/);
  const answer = answers.get(name);
  if (!answer) throw new Error(`No request before this one is called ${name}`);
  if (part === 'headers') return answer.headers.get(path[0] ?? '') ?? '';
  return String(path.reduce((value, key) => value?.[key], answer.body));
}

function filledIn(text: string, answers: ReadonlyMap<string, Answer>): string {
  return text.replaceAll(/\{\{([^}]+)\}\}/g, (_, inside: string) => {
    const [what = '', low, high] = inside.trim().split(' ');
    if (what === 'api') return '';
    if (what === '$guid') return randomUUID();
    if (what === '$randomInt') return String(randomInt(Number(low), Number(high)));
    return fromAnswer(answers, what);
  });
}

/** Sends one request, given the answers to those before it. */
export function send({ text }: FileRequest, answers: ReadonlyMap<string, Answer>): Promise<Answer> {
  const [head = '', body] = filledIn(text, answers).split(/\n\n/, 2);
  const [first = '', ...lines] = head.split('\n');
  const [method = '', path = ''] = first.split(' ');
  const headers = Object.fromEntries(lines.map((line) => line.split(/:\s*/, 2) as [string, string]));
  const { 'Content-Type': type = 'application/json', ...others } = headers;
  if (type !== 'application/json') return call(method, path, { headers, file: body });
  return call(method, path, { headers: others, ...(body && { body: JSON.parse(body) }) });
}
