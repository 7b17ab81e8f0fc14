import type { APIGatewayProxyEvent } from 'aws-lambda';
import { problem } from '../base/problems.ts';
import { type Condition, present } from '../data/write.ts';
import { invalidField } from '../schema/input.ts';
import { listHeader } from './headers.ts';

/** The versions that a header names, or any at all. */
type Versions = ReadonlySet<number> | '*';

/** What a record is judged by. */
export interface Judged {
  readonly version?: number;
  /** Nothing of it is to be seen, though a trace is kept of what was. */
  readonly absent?: boolean;
}

/** The most tags of one header, well under what a condition of DynamoDB may list. */
const MOST_TAGS = 50;
const TOO_MANY_TAGS = { fr: `${MOST_TAGS} étiquettes au plus`, en: `${MOST_TAGS} tags at most` };

// Weakened too: a proxy that compresses an answer weakens its tag, and ours name a version, not its bytes.
const OUR_TAG = /^(?:W\/)?"(\d{1,15})"$/;

const NOTHING: Versions = new Set();

// Of an item that stands.
const EVER = 'attribute_exists(pk)';
const NEVER = 'attribute_not_exists(pk)';

/** The versions that a header of tags names; tags that we never gave out name none. */
function versionsIn(event: APIGatewayProxyEvent, name: 'if-match' | 'if-none-match'): Versions | undefined {
  const tags = listHeader(event, name)?.split(',');
  if (!tags) return undefined;
  if (tags.length > MOST_TAGS) throw invalidField(`header/${name}`, 'too_many_tags', TOO_MANY_TAGS);
  if (tags.some((tag) => tag.trim() === '*')) return '*';
  return new Set(tags.flatMap((tag) => OUR_TAG.exec(tag.trim())?.[1] ?? []).map(Number));
}

/** The rule that a stored version is one of these; none of any version at all. */
function listed(
  prefix: string,
  versions: Versions,
): { readonly rule: string; readonly values: Record<string, number> } {
  if (versions === '*') return { rule: EVER, values: {} };
  const values = Object.fromEntries([...versions].map((version, i) => [`${prefix}${i}`, version]));
  return { rule: versions.size > 0 ? `#version IN (${Object.keys(values).join(', ')})` : NEVER, values };
}

const includes = (versions: Versions, { version = Number.NaN }: Judged): boolean =>
  versions === '*' || versions.has(version);

/** What a change is conditional on: `If-Match` and `If-None-Match` (RFC 9110, 13.1). */
export class Preconditions {
  readonly #match: Versions;
  readonly #noneMatch: Versions;

  private constructor(match: Versions = '*', noneMatch: Versions = NOTHING) {
    this.#match = match;
    this.#noneMatch = noneMatch;
  }

  /** Of a request. What a POST makes is none of what stands at its path. @throws invalid_input for too many tags */
  static of(event: APIGatewayProxyEvent, versioned: boolean): Preconditions {
    if (event.httpMethod === 'GET') return new Preconditions();
    const noneMatch = event.httpMethod === 'POST' ? undefined : versionsIn(event, 'if-none-match');
    return new Preconditions(versioned ? versionsIn(event, 'if-match') : undefined, noneMatch);
  }

  /** Whether the caller changes only what they read, and nothing newer. */
  get insist(): boolean {
    return this.#match !== '*';
  }

  /** Judges a record that was read. Where there is none, nothing stands in the way. @throws stale_version, already_there */
  mustHoldFor(record: Judged | undefined): void {
    if (!record || record.absent) return;
    if (!includes(this.#match, record)) throw problem.stale_version();
    if (includes(this.#noneMatch, record)) throw problem.already_there();
  }

  /** The same for a record that is changed unread, which has to stand. @param missing the problem where it does not */
  unread(missing: () => Error): Condition {
    const accepted = listed(':match', this.#match);
    const refused = listed(':none', this.#noneMatch);
    const values = { ...accepted.values, ...refused.values };
    const standing = present((current) => {
      if (!current) return missing();
      return includes(this.#match, current as Judged) ? problem.already_there() : problem.stale_version();
    });
    return {
      ...standing,
      when: `${standing.when} AND ${accepted.rule} AND NOT ${refused.rule}`,
      ...(Object.keys(values).length > 0 && { names: { '#version': 'version' }, values }),
    };
  }
}
