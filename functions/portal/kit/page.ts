import type { Html } from '../../../platform/http/html.ts';
import type { PageMethod, Routed } from '../../../platform/http/site.ts';
import type { Download } from './download.ts';
import type { News } from './told.ts';
import type { Visit } from './visit.ts';

/** A page as it is shown. */
export interface Screen {
  readonly title: string;
  readonly body: Html;
  /** 200 unless said. */
  readonly status?: number;
  /** Seconds after which it is worth trying again. */
  readonly retryAfter?: number | undefined;
  /** Where the browser goes from here by itself: an address of the visitor's own machine. */
  readonly onward?: string;
  /** A script of its own beside the one that all pages have; it may ask this origin. */
  readonly script?: 'grid.js';
}

/** The way to another page, after a form was taken. */
export interface Move {
  /** A path of ours, without the stage. */
  readonly to: string;
  /** What is told there. */
  readonly news?: News;
  readonly cookies?: readonly string[];
}

/** A file that pages load. */
export interface File {
  readonly type: string;
  readonly text: string;
}

/** What a script of ours asked for. */
export interface Told {
  readonly json: unknown;
}

export type Reply = Screen | Move | File | Download | Told;

/** Shows a page, or takes its form: a GET never changes anything. */
export type Show = (visit: Visit) => Promise<Reply>;

/** A page: where it is, who may come, what it shows and, where it has a form, what that does. */
export interface Page extends Routed {
  /** Whether it takes a session: without one it leads to the sign-in, and from there back. */
  readonly signedIn: boolean;
  /** Whether its form may bring a file. */
  readonly takesFile: boolean;
  /** Whether it gives a file of a service, in which nothing is written by us. */
  readonly isFile: boolean;
  readonly get: Show | undefined;
  readonly post: Show | undefined;
  /** Shows what was typed before a session ended; without it the form is taken as if it had not. */
  readonly again: Show | undefined;
  /** Whether its form waits over a sign-in: not where nothing is typed into it. */
  readonly keeps: boolean;
  /** Where what its form stores is seen, if not on itself: a path of ours. */
  readonly stored: string | undefined;
}

interface Declaration {
  readonly path: string;
  readonly signedIn?: false;
  readonly takesFile?: true;
  readonly isFile?: true;
  readonly get?: Show;
  readonly post?: Show;
  readonly again?: Show;
  readonly keeps?: false;
  readonly stored?: string;
}

const USUAL = { signedIn: true, takesFile: false, isFile: false, keeps: true };

/** Declares a page. It asks for a session unless it says otherwise. */
export const page = ({ path, get, post, again, stored, ...more }: Declaration): Page => {
  const methods: PageMethod[] = [...(get ? (['GET'] as const) : []), ...(post ? (['POST'] as const) : [])];
  return { path, methods, get, post, again, stored, ...USUAL, ...more };
};

/** The way to a path with something in its query. */
export const withQuery = (path: string, query: Readonly<Record<string, string | undefined>>): string => {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
};

/**
 * A path of ours that somebody may have tampered with, as `next` in an address: anything that a browser could take for
 * another site leads home.
 */
export function inside(path: string | null | undefined): string {
  const home = '/home';
  // Visible ASCII, as every address of ours is; a backslash is a slash to a browser.
  if (!path || path.length > 2000 || !/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(path)) return home;
  const url = URL.parse(path, 'http://campus.invalid');
  // What dots leave over may begin with two slashes: another host, to a browser.
  return url?.host === 'campus.invalid' && !url.pathname.startsWith('//') ? url.pathname + url.search : home;
}
