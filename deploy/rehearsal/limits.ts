/** The emulators that deployments are rehearsed on. */
export const EMULATORS = ['ministack', 'localstack'] as const;
export type EmulatorKind = (typeof EMULATORS)[number];

/** What an emulator cannot pass, and why. An HTTP test is run all the same, and one that passes may not be listed. */
export interface Limit {
  /** The beginning of the name of a test, or the whole name of a step. */
  readonly test: string;
  readonly reason: string;
  /** Whether a quiet machine may pass it: then passing is no fault. */
  readonly sometimes?: boolean;
}

const NO_UTF8 = 'what of a query is no UTF-8 it hands on as it was written, as if the percent signs were meant';

/** The steps of a rehearsal that an emulator may not be able to pass. */
export const BROKEN_TEMPLATE = 'a broken template rolls back and the API goes on';

/** What each emulator cannot do. */
export const LIMITS: Readonly<Record<EmulatorKind, readonly Limit[]>> = {
  ministack: [
    {
      test: 'a class whose name has a slash in it has its pages like any other',
      reason: 'it takes an escaped slash for one that parts a path',
    },
  ],
  localstack: [
    { test: BROKEN_TEMPLATE, reason: 'it makes the queue that no AWS would, whose messages hide for 999,999 seconds' },
    {
      test: 'deleting a person erases their health data, though measurements keep arriving',
      reason: 'thirty calls at once, each of which asks another function, take its one process longer than they have',
      sometimes: true,
    },
    { test: '/persons?q=%E9, whose query is no UTF-8', reason: NO_UTF8 },
    { test: '/products?q=caf%E9, whose query is no UTF-8', reason: NO_UTF8 },
    { test: '/students?last_name=%C3, whose query is no UTF-8', reason: NO_UTF8 },
  ],
};

/** How many files of HTTP tests call an emulator side by side: LocalStack's one process is busy with one. */
export const WORKERS: Readonly<Record<EmulatorKind, number>> = { ministack: 2, localstack: 1 };

/** HTTP tests that are left to the other emulator. */
export interface LeftToOther {
  /** A regular expression of the names of those that are run all the same; without a space, which parts arguments. */
  readonly names: string;
  readonly reason: string;
}

/** What a slow emulator does not repeat: the other runs all. */
export const LEFT_TO_OTHER: Readonly<Partial<Record<EmulatorKind, LeftToOther>>> = {
  localstack: {
    names: '^(?!.*:\\s(others|missing|ward)\\sis\\s\\d)(?!a\\sstranger\\scannot\\stell)',
    reason: 'whose an object is, or that there is none, the handlers tell, and no gateway knows',
  },
};
