import type { Client } from 'openapi-fetch';
import { campus, type paths } from '../../clients/campus.ts';
import type { Language } from '../language.ts';
import type { Session } from '../session/session.ts';

export type Api = Client<paths>;

/** A client of the API for whoever is signed in: a token that the API no longer takes is refreshed, once. */
export function connect(session: Session, language: Language, send: (request: Request) => Promise<Response>): Api {
  return campus({
    baseUrl: session.school.url,
    language,
    fetch: async (request) => {
      const token = await session.token();
      request.headers.set('Authorization', `Bearer ${token}`);
      const again = request.clone();
      const response = await send(request);
      if (response.status !== 401) return response;
      again.headers.set('Authorization', `Bearer ${await session.token(token)}`);
      return send(again);
    },
  });
}
