import { deadLettersOf } from '../../platform/http/dead-letters.ts';

/** What health could not handle, and how it is taken up again. */
export const { show: showHealthLetters, redrive: redriveHealthLetters } = deadLettersOf('health');
