import { AsyncLocalStorage } from 'node:async_hooks';
import type { Language } from './language.ts';

/** What every line of code under one request may know of it. */
export interface Scope {
  readonly requestId: string;
  readonly language: Language;
  /** When the work on it began, in milliseconds since the epoch. */
  readonly startedAt?: number;
  /** The context whose code this is. Where one process serves them all, the environment names whoever was called last. */
  readonly service?: string | undefined;
}

const storage = new AsyncLocalStorage<Scope>();

/** Runs `work` with `scope` as its surroundings. */
export const within = <T>(scope: Scope, work: () => T): T => storage.run(scope, work);

/** The request that this code runs under, if it runs under one. */
export const currentScope = (): Scope | undefined => storage.getStore();

/** Gives what runs work under the request at hand, whenever it is called: for what goes on after its answer began. */
export const scopeKept = (): (<T>(work: () => T) => T) => AsyncLocalStorage.snapshot();
