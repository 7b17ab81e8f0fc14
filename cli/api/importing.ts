import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { request as request_ } from 'node:http';
import { request as requestTls } from 'node:https';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { components } from '../../clients/campus.ts';
import { type Office, sent } from '../declare.ts';
import { EXIT, Failure, Refused } from '../failure.ts';
import { words } from '../language.ts';
import { bytesShown, progressOf } from '../output/progress.ts';
import { number } from '../output/shown.ts';
import { readJson, writeJson } from '../session/files.ts';
import { configFolder } from '../session/folder.ts';
import { take } from './take.ts';

/** Up to here a file goes in one request; beyond, it is uploaded and worked through in the background. */
const AT_ONCE_BYTES = 300_000;

const LOOK_EACH_MS = 500;

/** How often a lost connection is borne beyond what each request bears: importing the same twice changes nothing. */
const TRIES = 4;

type Report = components['schemas']['RegistrationReport'];
type View = components['schemas']['ImportView'];

/** How a file is to be read, and whether anything is to be changed. */
export interface How {
  readonly dry_run?: true | undefined;
  readonly columns?: string | undefined;
  readonly header_row?: number | undefined;
}

/** What became of a file, and its rows that were refused, as a file to mend. */
export type Imported = Omit<Report, 'failed_rows'> & { readonly failedRows: string | null };

/** Does what may be done twice until it is answered. @throws whatever it throws in the end */
async function stubbornly<T>(act: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++)
    try {
      return await act();
    } catch (error) {
      const isLost = error instanceof Failure && error.exit === EXIT.unreachable;
      if (!isLost || attempt >= TRIES) throw error;
    }
}

const reported = ({
  dry_run,
  accepted,
  unchanged,
  rejected,
  errors,
  more_errors,
  warnings,
  columns,
}: Report | View) => ({
  ...{ dry_run, accepted, unchanged, rejected },
  ...{ errors, more_errors, warnings, columns },
});

async function atOnce({ api }: Office, file: string, { dry_run, ...how }: How): Promise<Imported> {
  const query = sent({ ...how, dry_run: dry_run && ('true' as const) });
  const body = readFileSync(file);
  const report = await stubbornly(async () =>
    take(
      api.POST('/students/import', {
        params: { query },
        headers: { 'Content-Type': 'application/octet-stream' },
        body: '',
        bodySerializer: () => new Uint8Array(body),
      }),
    ),
  );
  return { ...reported(report), failedRows: report.failed_rows };
}

/** Which import goes on: by the school, the file as it is, and how it is read. */
const rememberedIn = (env: NodeJS.ProcessEnv): string => join(configFolder(env), 'imports.json');

type Remembered = Readonly<Record<string, string>>;

async function nameOf({ session }: Office, file: string, how: How): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify([session.school.url, session.credentials?.username, how]));
  await pipeline(createReadStream(file), hash);
  return hash.digest('base64url');
}

function remember(env: NodeJS.ProcessEnv, name: string, id: string | undefined): void {
  const { [name]: _, ...others } = readJson<Remembered>(rememberedIn(env)) ?? {};
  writeJson(rememberedIn(env), id === undefined ? others : { ...others, [name]: id });
}

/** An import that was begun and broken off; undefined where there is none, or it is over. */
async function broken({ api, env }: Office, name: string): Promise<View | undefined> {
  const id = readJson<Remembered>(rememberedIn(env))?.[name];
  if (id === undefined) return undefined;
  try {
    const view = await take(api.GET('/imports/{id}', { params: { path: { id } } }));
    // What was never uploaded is begun anew: its address is over soon.
    return view.state === 'waiting' ? undefined : view;
  } catch (error) {
    if (error instanceof Refused && error.refusal.status === 404) return undefined;
    throw error;
  }
}

interface Upload {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Sends a file as it lies there to where the school asked for it. @throws Failure */
async function uploaded({ terminal }: Office, file: string, { method, url, headers }: Upload): Promise<void> {
  const { size } = statSync(file);
  const progress = progressOf(terminal, (count) => bytesShown(count, terminal.language));
  let bytes = 0;
  try {
    const send = new URL(url).protocol === 'https:' ? requestTls : request_;
    const request = send(url, { method, headers, timeout: 30_000 });
    const status = new Promise<number>((resolve, reject) => {
      request.once('response', (response) => resolve(response.resume().statusCode ?? 0));
      request.once('error', reject);
      request.once('timeout', () => request.destroy(new Error('timeout')));
    });
    const counted = async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        bytes += chunk.length;
        progress.at(bytes, size);
        yield chunk;
      }
    };
    const [, code] = await Promise.all([pipeline(createReadStream(file), counted, request), status]);
    if (code >= 300) throw new Error(`HTTP ${code}`);
  } catch (error) {
    const { message } = error as Error;
    throw new Failure(
      words(`the upload broke off: ${message}`, `l'envoi s'est interrompu : ${message}`),
      EXIT.unreachable,
    );
  } finally {
    progress.end();
  }
}

async function begun(office: Office, file: string, name: string, { columns, ...how }: How): Promise<View> {
  const { api, env } = office;
  const body = { bytes: statSync(file).size, ...sent({ ...how, columns: columns?.split(',') }) };
  const view = await take(api.POST('/imports', { body: body as never }));
  await stubbornly(() => uploaded(office, file, view.upload as Upload));
  remember(env, name, view.id);
  return stubbornly(() => take(api.POST('/imports/{id}/start', { params: { path: { id: view.id } } })));
}

/** Looks on until it is over. */
async function watched({ api, terminal }: Office, begun: View): Promise<View> {
  const progress = progressOf(terminal, (count) => number(count, terminal.language, 0));
  try {
    for (let view = begun; ; ) {
      if (view.state === 'done' || view.state === 'failed') return view;
      progress.at(view.rows_done, view.rows ?? undefined);
      await pause(LOOK_EACH_MS);
      view = await stubbornly(() => take(api.GET('/imports/{id}', { params: { path: { id: view.id } } })));
    }
  } finally {
    progress.end();
  }
}

/** The rows that were refused: with what was told, or where they lie because they are many. */
async function failedRowsOf({ failed_rows, failed_rows_url }: View): Promise<string | null> {
  if (failed_rows !== null || failed_rows_url === null) return failed_rows;
  return (await fetch(failed_rows_url)).text();
}

async function inBackground(office: Office, file: string, how: How): Promise<Imported> {
  const { env, terminal } = office;
  const name = await nameOf(office, file, how);
  const before = await stubbornly(() => broken(office, name));
  if (before && !terminal.quiet)
    terminal.err(
      `${terminal.say(words(`It goes on where it was: ${before.rows_done} rows are done.`, `Reprise : ${before.rows_done} lignes sont faites.`))}\n`,
    );
  const view = await watched(office, before ?? (await stubbornly(() => begun(office, file, name, how))));
  remember(env, name, undefined);
  if (view.state === 'failed')
    throw new Failure(
      words(view.refusal?.detail ?? 'the import failed', view.refusal?.detail ?? "l'import a échoué"),
      EXIT.invalid,
    );
  return { ...reported(view), failedRows: await failedRowsOf(view) };
}

/**
 * Takes a file of students in: a small one at once, a large one in the background, where it goes on though this process
 * ends. @throws Refused, Failure
 */
export async function imported(office: Office, file: string, how: How): Promise<Imported> {
  if (statSync(file).size > AT_ONCE_BYTES) return inBackground(office, file, how);
  try {
    return await atOnce(office, file, how);
  } catch (error) {
    if (error instanceof Refused && error.refusal.status === 413) return inBackground(office, file, how);
    throw error;
  }
}
