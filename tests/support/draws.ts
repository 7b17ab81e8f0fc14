import fc from 'fast-check';

/**
 * Properties are tried with the same data each time, so that one fails by what was changed and not by what was drawn;
 * `SEED=<number>` draws others.
 */
fc.configureGlobal({ seed: Number(process.env.SEED ?? 20_261_127) });

export { fc };
