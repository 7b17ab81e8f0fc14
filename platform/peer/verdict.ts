import * as z from 'zod';
import type { ProblemFactory } from '../http/problem.ts';
import { problem } from '../http/problems.ts';
import type { Reply } from './exchange.ts';

/** What a peer's answer means: the value asked for (none when it is missing), or a refusal of this caller. */
export type Verdict<T> = { readonly value: T | undefined } | { readonly refusal: ProblemFactory };

const PROBLEM_TYPE = 'application/problem+json';

const Missing = z.object({ status: z.literal(404), code: z.string() });

/**
 * A 404 says that the thing is missing only in the words of our own services: one of a proxy's, or of a gateway that
 * does not know the route, says nothing about the thing.
 */
const saysMissing = ({ status, type, body }: Reply): boolean =>
  status === 404 && type === PROBLEM_TYPE && Missing.parse(JSON.parse(body)).code !== problem.not_found.code;

/** Reads an answer. @throws Error when it is not one of the contract's: the peer then counts as unavailable */
export function verdict<S extends z.ZodType>(reply: Reply, schema: S): Verdict<z.output<S>> {
  const { status, type, body } = reply;
  if (status === 200 && type === 'application/json') return { value: schema.parse(JSON.parse(body)) };
  if (saysMissing(reply)) return { value: undefined };
  // The caller's session ended after our own gateway had let them in. The gateway words this one itself.
  if (status === 401) return { refusal: problem.unauthenticated };
  if (status === 403 && type === PROBLEM_TYPE) return { refusal: problem.forbidden };
  throw new Error(`answered ${status} ${type}`);
}
