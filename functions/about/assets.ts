import { readFile } from 'node:fs/promises';
import { packagedFile } from '../../platform/base/packaged-file.ts';

/** What the pages load, and its media type; the files lie in `pages/`, in the project and in the deployed package. */
const TYPES: Readonly<Record<string, string>> = {
  'style.css': 'text/css; charset=utf-8',
  'try.js': 'text/javascript; charset=utf-8',
};

interface Asset {
  readonly type: string;
  readonly text: string;
}

const loaded = new Map<string, Promise<string>>();

/** A file that a page loads, read once; undefined when there is none of this name. */
export async function findAsset(name: string): Promise<Asset | undefined> {
  const type = Object.hasOwn(TYPES, name) ? TYPES[name] : undefined;
  if (!type) return undefined;
  const text = loaded.get(name) ?? readFile(packagedFile(`functions/about/pages/${name}`), 'utf8');
  loaded.set(name, text);
  // What could not be read is tried again by the next request.
  text.catch(() => loaded.delete(name));
  return { type, text: await text };
}
