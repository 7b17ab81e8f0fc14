import Negotiator from 'negotiator';

/** Whether an `Accept` header (RFC 9110, 12.5.1) admits at least one of some media types; one that is missing admits all. */
export const isAcceptable = (accept: string | undefined, offered: readonly string[]): boolean =>
  accept === undefined || new Negotiator({ headers: { accept } }).mediaTypes([...offered]).length > 0;

/**
 * The media type to answer in, by an `Accept` header (RFC 9110, 12.5.1): of those that it prefers alike the one it names
 * first, and where it accepts none of them the first that is offered.
 * @param offered the media types that we can answer in, our own preference first; parameters are compared too
 */
export function preferredType<const T extends string>(accept: string | undefined, offered: readonly [T, ...T[]]): T {
  const preferred = new Negotiator({ headers: { accept } }).mediaType(offered);
  return (preferred as T | undefined) ?? offered[0];
}
