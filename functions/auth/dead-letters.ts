import { deadLettersOf } from '../../platform/http/dead-letters.ts';

/** What auth could not handle, and how it is taken up again. */
export const { show: showAuthLetters, redrive: redriveAuthLetters } = deadLettersOf('auth');
