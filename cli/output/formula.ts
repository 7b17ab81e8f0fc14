/** What a spreadsheet may take for the beginning of a formula (OWASP), its wide forms too, behind our own guards. */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/;

/** Signs that begin no formula: those of amounts and of phone numbers, which a guard would spoil. */
const HARMLESS = /^[+-][\d\s().-]*$/;

/** Text that no spreadsheet runs: a single quote before what might be a formula. {@link unguarded} takes it off again. */
export const guarded = (text: string): string => (FORMULA.test(text) && !HARMLESS.test(text) ? `'${text}` : text);

/** What was guarded: one quote off, where one stands before what might be a formula. Other text as it is. */
export const unguarded = (text: string): string => (text.startsWith("'") && FORMULA.test(text) ? text.slice(1) : text);
