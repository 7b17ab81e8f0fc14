import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { catalogue, isGroup } from './catalogue.ts';
import type { Command } from './declare.ts';
import { EXIT_WORDS } from './failure.ts';
import { argumentShown, COMMON, optionShown, type Shown, usageOf } from './help.ts';

const root = join(import.meta.dirname, '..');

/** Every command, by how it is called. */
export async function allCommands(): Promise<[path: string, command: Command][]> {
  const found = Object.entries(catalogue).map(async ([name, entry]): Promise<[string, Command][]> => {
    if (!isGroup(entry)) return [[name, await entry.load()]];
    return Object.entries(await entry.load()).map(([below, command]) => [`${name} ${below}`, command]);
  });
  return (await Promise.all(found)).flat();
}

interface Described {
  readonly operationId?: string;
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { schema?: unknown }>> }>>;
}

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
}

const description = (): Description => JSON.parse(readFileSync(join(root, 'openapi.json'), 'utf8')) as Description;

/** The schema of what an operation answers. @throws Error when there is no such operation */
function answerOf({ paths }: Description, operationId: string): unknown {
  const operation = Object.values(paths)
    .flatMap((path) => Object.values(path))
    .find((one) => one.operationId === operationId);
  const [, answer] = Object.entries(operation?.responses ?? {}).find(([status]) => status.startsWith('2')) ?? [];
  const schema = answer?.content?.['application/json']?.schema;
  if (!schema) throw new Error(`${operationId} answers no JSON`);
  return schema;
}

const REFERENCE = /"#\/components\/schemas\/([^"]+)"/g;

/** A schema that stands alone: with the definitions that it refers to, and those that they refer to. */
function alone(title: string, schema: unknown, { components }: Description): string {
  const names = new Set<string>();
  const collect = (part: unknown): void => {
    for (const [, name = ''] of JSON.stringify(part).matchAll(REFERENCE))
      if (!names.has(name)) {
        names.add(name);
        collect(components.schemas[name]);
      }
  };
  collect(schema);
  const definitions = Object.fromEntries([...names].sort().map((name) => [name, components.schemas[name]]));
  const whole = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title,
    ...(schema as object),
    ...(names.size > 0 && { $defs: definitions }),
  };
  return `${JSON.stringify(whole, null, 2).replaceAll(REFERENCE, '"#/$defs/$1"')}\n`;
}

/** What `--json` of each command prints, as a schema of its own: `cli/schemas/students-list.json`. */
export async function schemas(): Promise<Map<string, string>> {
  const api = description();
  const made = (await allCommands()).flatMap(([path, { answers }]) => {
    if (answers === undefined) return [];
    const schema = typeof answers === 'string' ? answerOf(api, answers) : answers;
    return [[`cli/schemas/${path.replaceAll(' ', '-')}.json`, alone(`campus ${path} --json`, schema, api)] as const];
  });
  return new Map(made);
}

const cell = (text: string): string => text.replaceAll('|', '\\|');

const table = (heads: readonly [string, string], rows: readonly (readonly [string, string])[]): string =>
  [`| ${heads.join(' | ')} |`, '| --- | --- |', ...rows.map(([a, b]) => `| \`${cell(a)}\` | ${cell(b)} |`)].join('\n');

const optionRows = (options: Readonly<Record<string, Shown>>): [string, string][] =>
  Object.entries(options).map(([name, value]) => [optionShown(name, value), value.about.en]);

function section(path: string, one: Command): string {
  const { args = {}, options = {}, examples, about, answers } = one;
  const argumentRows = Object.entries(args).map(
    ([name, value]) => [argumentShown(name, value), value.about.en] as const,
  );
  const lines = examples.map(([line, what]) => `${line}\n    ${what.en}`).join('\n');
  return [
    `### campus ${path}`,
    about.en.endsWith('.') ? about.en : `${about.en}.`,
    `\`\`\`text\n${usageOf(path, one)}\n\n${lines}\n\`\`\``,
    ...(argumentRows.length > 0 ? [table(['argument', 'what it is'], argumentRows)] : []),
    ...(Object.keys(options).length > 0 ? [table(['option', 'what it does'], optionRows(options))] : []),
    ...(answers === undefined ? [] : [`\`--json\`: [schema](../cli/schemas/${path.replaceAll(' ', '-')}.json)`]),
  ].join('\n\n');
}

const HEAD = `# The command line

Made from the commands by \`npm run cli:docs\`: change them, not this page.

\`npx campus\` after \`npm ci\`: a client of the HTTP API. Without a command it opens the menu of your role; \`campus <command>
--help\` tells of each. It speaks French or English, as the locale of the terminal does (\`CAMPUS_LANG=fr\` decides).

\`\`\`sh
npx campus login
npx campus students search diop
npx campus students list --all --csv > students.csv
\`\`\`

- **Where.** \`CAMPUS_URL\`, else the profile (\`--profile\`, \`CAMPUS_PROFILE\`, \`campus profiles use\`), else
  \`http://localhost:3000\`.
- **Who.** \`campus login\` asks for the password, or reads it from a pipe (\`--password-stdin\`); it is never an argument.
  \`campus login --web\` signs in through the browser, at the portal, and shows the number that must stand there too.
  The tokens are kept in the keychain of macOS or of a Linux desktop (\`secret-tool\`; \`CAMPUS_KEYCHAIN=off\` does
  without), else in \`credentials.json\` below \`~/.config/campus\` (\`XDG_CONFIG_HOME\`, \`%APPDATA%\`, or
  \`CAMPUS_CONFIG\`), of mode 600: a file that others may read is refused. The session is refreshed by itself, by two
  processes at once too, and sent to no other address than the one that gave it.
- **Output.** On a screen, a table that fits it. In a pipe, a line for each thing with tabs between its fields, and of what
  is made just its id. \`--json\` prints what the API answers, \`--csv\` a file for a spreadsheet, in which no cell is a
  formula. Messages, questions and errors go to the error output. \`NO_COLOR\` and \`--no-color\` mean it.
- **A lost connection** is tried again under the same \`Idempotency-Key\`: nothing goes in twice.
- **Completion.** \`source <(campus completion bash)\`; likewise for zsh, fish and PowerShell.
`;

/** What `docs/cli.md` is to contain. */
export async function page(): Promise<string> {
  const exits = Object.entries(EXIT_WORDS).map(([code, about]) => [code, about.en] as const);
  const commands = await allCommands();
  return `${[
    HEAD.trimEnd(),
    '## Exit codes',
    table(['code', 'what it says'], exits),
    '## Options of every command',
    table(['option', 'what it does'], optionRows(COMMON)),
    '## Commands',
    ...commands.map(([path, one]) => section(path, one)),
  ].join('\n\n')}\n`;
}

if (import.meta.main) {
  rmSync(join(root, 'cli/schemas'), { recursive: true, force: true });
  for (const [path, text] of [...(await schemas()), ['docs/cli.md', await page()] as const]) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}
