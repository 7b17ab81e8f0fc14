import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { packagedFile } from '../../../platform/base/packaged-file.ts';
import type { File } from './page.ts';

const TYPES: Readonly<Record<string, string>> = {
  'style.css': 'text/css; charset=utf-8',
  'portal.js': 'text/javascript; charset=utf-8',
  'grid.js': 'text/javascript; charset=utf-8',
  'icon.svg': 'image/svg+xml',
};

/** What the pages load, each with a mark that changes with it: it may then be kept for ever. */
export interface Assets {
  readonly files: Readonly<Record<string, File>>;
  readonly marks: Readonly<Record<string, string>>;
}

/**
 * A script as it is sent: what stands in it for its readers stays here, and with it the space before its lines, and the
 * ends of those that end in what ends or begins something. So nothing of a script may be a template of several lines.
 */
const sentAs = (name: string, text: string): string =>
  name.endsWith('.js') ? text.replaceAll(/^\s*(?:\/\/.*)?\n|^ +/gm, '').replaceAll(/(?<=[;{},(])\n/g, '') : text;

let loading: Promise<Assets> | undefined;

async function load(): Promise<Assets> {
  const read = Object.entries(TYPES).map(async ([name, type]) => {
    const text = sentAs(name, await readFile(packagedFile(`functions/portal/assets/${name}`), 'utf8'));
    const mark = createHash('sha256').update(text).digest('base64url').slice(0, 10);
    return { name, mark, file: { type, text } };
  });
  const all = await Promise.all(read);
  return {
    files: Object.fromEntries(all.map(({ name, file }) => [name, file])),
    marks: Object.fromEntries(all.map(({ name, mark }) => [name, mark])),
  };
}

/** All of them, read once. */
export function assets(): Promise<Assets> {
  loading ??= load();
  // What could not be read is tried again by the next request.
  loading.catch(() => {
    loading = undefined;
  });
  return loading;
}
