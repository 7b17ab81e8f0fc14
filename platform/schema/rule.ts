import type { Localized } from '../base/language.ts';

/**
 * A rule that no standard schema states, as the parameters of zod's `refine` or of a custom issue.
 * @param code stable, shown in `errors[].code`
 * @param text what the person reads
 */
export const rule = (code: string, text: Localized) => ({ params: { code, text } });
