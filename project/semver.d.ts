declare module 'semver' {
  /** Whether a version lies in a range. */
  export function satisfies(version: string, range: string): boolean;
}
