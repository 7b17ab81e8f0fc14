import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, matchesGlob } from 'node:path';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import { projectRoot, textOf } from '../../project/root.ts';
import { sourceFiles } from '../support/project.ts';
import { INSTRUMENTED } from './places.mjs';

/** What everything stands on, and what counts money and marks. */
export const MUTATED = ['platform', 'functions/orders', 'functions/registration', 'functions/grades'] as const;

/** One small change of the code, which sleeps in the instrumented text until its id is called. */
export interface Mutant {
  readonly id: string;
  readonly file: string;
  readonly kind: string;
  /** The first and the last line of what it replaces, from 1. */
  readonly from: number;
  readonly to: number;
  readonly column: number;
  readonly original: string;
  readonly replacement: string;
}

const quiet = () => {};
const log = { debug: quiet, trace: quiet, info: quiet, warn: quiet, error: quiet, fatal: quiet };
const levels = ['Debug', 'Trace', 'Info', 'Warn', 'Error', 'Fatal'].map((name) => [`is${name}Enabled`, () => false]);
const logger = { ...log, ...Object.fromEntries(levels) } as ConstructorParameters<typeof Instrumenter>[0];

interface Position {
  readonly line: number;
  readonly column: number;
}

function between(text: string, start: Position, end: Position): string {
  const lines = text.split('\n').slice(start.line, end.line + 1);
  const last = lines.length - 1;
  lines[last] = (lines[last] ?? '').slice(0, end.column);
  lines[0] = (lines[0] ?? '').slice(start.column);
  return lines.join('\n');
}

/** Puts all mutants into a copy of the code under .build and tells them; what they are called is the same each time. */
export async function plantMutants(): Promise<Mutant[]> {
  const files = sourceFiles(...MUTATED)
    .filter((path) => path.endsWith('.ts') && !/\.test\.ts$|\/demo\.ts$/.test(path))
    .sort()
    .map((name) => ({ name, mutate: true as const, content: textOf(name) }));
  const options = { plugins: null, excludedMutations: [], ignorers: [] };
  const planted = await new Instrumenter(logger).instrument(files, options);
  rmSync(join(projectRoot, INSTRUMENTED), { recursive: true, force: true });
  for (const { name, content } of planted.files) {
    const path = join(projectRoot, INSTRUMENTED, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  return planted.mutants.map(({ id, fileName, mutatorName, replacement, location: { start, end } }) => ({
    id,
    file: fileName,
    kind: mutatorName,
    from: start.line + 1,
    to: end.line + 1,
    column: start.column,
    original: between(readFileSync(join(projectRoot, fileName), 'utf8'), start, end),
    replacement,
  }));
}

/**
 * Whether a mutant is asked for.
 * @param patterns files by name or glob, each with or without its lines: `platform/http/body.ts:60-95`
 */
export function isAskedFor(mutant: Mutant, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const [, glob = '', from = '1', to = 'Infinity'] = /^(.*?)(?::(\d+)-(\d+))?$/.exec(pattern) ?? [];
    const inLines = mutant.from >= Number(from) && mutant.to <= Number(to);
    return inLines && (matchesGlob(mutant.file, glob) || mutant.file.startsWith(`${glob}/`));
  });
}
