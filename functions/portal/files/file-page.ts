import type { Role } from '../../../platform/http/access.ts';
import { type Page, page } from '../kit/page.ts';
import { only } from '../kit/roles.ts';
import type { Visit } from '../kit/visit.ts';

/** Where a service makes a file, and of which type it is. */
export interface Source {
  readonly path: string;
  readonly type: string;
}

export const PDF = 'application/pdf';

/** A file that a service makes for this visitor, handed on while it comes. @param roles everybody, unless said: the service decides */
export const filePage = (path: string, source: (visit: Visit) => Source, roles?: readonly Role[]): Page => {
  const get = (visit: Visit) => {
    const { path: at, type } = source(visit);
    return visit.api.file(at, type);
  };
  return page({ path, isFile: true, get: roles ? only(roles, get) : get });
};
