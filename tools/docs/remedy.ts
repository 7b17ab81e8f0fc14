/** Why a problem is answered and what its caller can do: the hand-written part of `docs/problems`. */
export interface Remedy {
  readonly cause: string;
  readonly remedy: string;
}
