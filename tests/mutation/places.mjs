/** Where everything that a run makes is kept, below the root. */
export const BUILD = '.build/mutation';

/** The mutated files, in the folders of their originals. */
export const INSTRUMENTED = `${BUILD}/code`;

/** The environment variable that wakes one mutant, as the instrumented code reads it. */
export const AWAKE = '__STRYKER_ACTIVE_MUTANT__';
