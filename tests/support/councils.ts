import { json, type PeerStub, refuses } from './peer.ts';

/** What the grades service knows of the years and of what the councils decided. */
export interface Councils {
  readonly terms: readonly object[];
  /** The lines of a class's sheet, by its name as it is asked for. */
  readonly sheets?: Readonly<Record<string, readonly object[]>>;
  /** The names of the classes that are taught in a year, by its id. */
  readonly taught?: Readonly<Record<string, readonly string[]>>;
  /** Lines a page. */
  readonly page?: number;
}

/** A school year of the grades service. */
export const yearTerm = (name: string, state = 'closed', more: object = {}): object => {
  const [first = '', last = ''] = name.split('-');
  const dates = { starts_on: `${first}-10-01`, ends_on: `${last}-07-31` };
  return { id: `year-${name}`, name, ...dates, weight: 1, open: state === 'open', state, ...more };
};

/** Makes the stand-in for the grades service tell of them, as pages that lead to each other under a stage. */
export function behaveAs(stub: PeerStub, { terms, sheets = {}, taught = {}, page = 200 }: Councils): void {
  stub.behave((request, response) => {
    const url = new URL(request.url ?? '', 'http://peer');
    const class_name = /^\/classes\/([^/]+)\/sheets$/.exec(url.pathname)?.[1];
    const inYear = url.pathname === '/classes' ? (taught[url.searchParams.get('year') ?? ''] ?? []) : undefined;
    const lines =
      inYear?.map((one) => ({ class_name: one })) ??
      (class_name === undefined ? terms : sheets[decodeURIComponent(class_name)]);
    if (!lines) return refuses(404, 'class_not_found')(request, response);
    const from = Number(url.searchParams.get('cursor') ?? 0);
    if (from + page < lines.length) {
      url.searchParams.set('cursor', String(from + page));
      response.setHeader('Link', `</dev${url.pathname}${url.search}>; rel="next"`);
    }
    json(200, lines.slice(from, from + page))(request, response);
  });
}
