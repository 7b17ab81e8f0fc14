import type * as z from 'zod';
import type { Language } from '../../platform/base/language.ts';
import { type InvalidField, Problem } from '../../platform/base/problem.ts';
import { within } from '../../platform/base/scope.ts';
import { parse } from '../../platform/schema/input.ts';

/** The fields that are refused while `work` runs for a reader of this language; none where nothing is. */
export function fieldsRefused(work: () => unknown, language: Language = 'fr'): readonly InvalidField[] {
  try {
    within({ requestId: 'test', language }, work);
    return [];
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return error.errors ?? [];
  }
}

/** Why a schema refuses a value, by field: the code, and what is read in French and in English. */
export function refusalsOf(schema: z.ZodType, value: unknown): readonly string[] {
  const [french, english] = (['fr', 'en'] as const).map((language) =>
    fieldsRefused(() => parse(schema, value, 'body'), language),
  );
  return (french ?? []).map(
    ({ pointer, code, detail }, i) => `${pointer} ${code}: ${detail} | ${english?.[i]?.detail ?? ''}`,
  );
}
