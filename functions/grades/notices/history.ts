/** What a mark or a result was from a moment on. */
export interface Version {
  readonly version: number;
  /** When it was entered, in ISO 8601. */
  readonly at: string;
  /** What families see of it, in any words that differ where it does; undefined where it was taken away. */
  readonly what: string | undefined;
}

/** What families are told of one mark or result. */
export interface Told {
  readonly version: number;
  readonly at: string;
  readonly kind: 'new_mark' | 'corrected_mark';
  /** Whether it is what stands today. */
  readonly stands: boolean;
}

/** When a result may be seen by families: at its release, or when somebody released it before. */
interface Release {
  readonly release_at?: string | undefined;
  readonly released_at?: string | undefined;
}

/** From when on families see what was entered at once; undefined where nothing held it back. */
const releaseOf = ({ release_at, released_at }: Release): string | undefined => released_at ?? release_at;

/**
 * What of a mark's history families are told: that it is there, and each time that it became another. What was changed
 * before its release is told as one, as of the release; so no answer tells that it was entered earlier, or how often.
 * @param versions the oldest first
 * @param release of an assessment that may be seen by now
 */
export function told(versions: readonly Version[], release: Release = {}): Told[] {
  const from = releaseOf(release) ?? '';
  const hidden = versions.filter(({ at }) => at <= from).at(-1);
  const seen = [
    ...(hidden ? [{ ...hidden, at: from }] : []),
    ...versions.filter(({ at, version }) => at > from && version > (hidden?.version ?? 0)),
  ];
  const steps = seen.filter(({ what }, i) => what !== undefined && what !== seen[i - 1]?.what);
  return steps.map(({ version, at }, i) => ({
    version,
    at,
    kind: i === 0 ? 'new_mark' : 'corrected_mark',
    stands: i === steps.length - 1,
  }));
}
