import { allowedOrigins } from '../platform/http/middleware/cors.ts';
import { beforeAnswers } from './before-answers.ts';

/** The emulator lets in whatever origin asks, with credentials. What the handlers say about origins is to count. */
export const keepToAllowedOrigins = (): Promise<void> =>
  beforeAnswers(({ headers, response }, toolkit) => {
    correct(response.output?.headers ?? response.headers ?? {}, headers.origin);
    return toolkit.continue;
  });

function correct(answered: Record<string, unknown>, origin: string | undefined): void {
  const mayCall = origin !== undefined && allowedOrigins().includes(origin);
  for (const name of Object.keys(answered)) {
    if (name === 'access-control-allow-credentials' || (!mayCall && name.startsWith('access-control-'))) {
      delete answered[name];
    }
  }
}
