/** What the stages of previews begin with: as nothing else does, for a role may act on all that begin so. */
const PREFIX = 'pull';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

/** The stage of the preview of a pull request: `pull123`. */
export const stageOf = (pull: number): string => `${PREFIX}${pull}`;

/** The pull request whose preview a stack is; undefined where it is none. @param stack a stack's name */
export function pullOf(stack: string): number | undefined {
  const [, digits] = new RegExp(`^campus-${PREFIX}([1-9]\\d*)$`).exec(stack) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

/** A stack, as CloudFormation lists it. */
export interface Listed {
  readonly name: string;
  /** When it was deployed last, milliseconds since the epoch. */
  readonly deployed: number;
}

/** What may stay: previews of these pull requests, unless nobody has deployed them for so many days. */
export interface Staying {
  readonly open: readonly number[];
  readonly days: number;
}

/**
 * The pull requests whose previews are to go, of the stacks that there are. What was deployed in the last hour stays, too:
 * its pull request may have been opened after somebody looked which are open. @param now milliseconds since the epoch */
export const outdated = (stacks: readonly Listed[], { open, days }: Staying, now: number): number[] =>
  stacks.flatMap(({ name, deployed }) => {
    const pull = pullOf(name);
    if (pull === undefined) return [];
    const age = now - deployed;
    return age <= HOUR || (open.includes(pull) && age <= days * DAY) ? [] : [pull];
  });

/** Pull requests by their numbers, as they are typed: `12,15`, or nothing for none. @throws Error for anything else */
export function pullsIn(text: string): number[] {
  const words = text.split(',').filter((word) => word.trim() !== '');
  return words.map((word) => {
    const pull = Number(word);
    if (!Number.isInteger(pull) || pull < 1) throw new Error(`${word} is no number of a pull request`);
    return pull;
  });
}
