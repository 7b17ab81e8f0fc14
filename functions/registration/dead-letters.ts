import { deadLettersOf } from '../../platform/http/dead-letters.ts';

/** What registration could not handle, and how it is taken up again. */
export const { show: showRegistrationLetters, redrive: redriveRegistrationLetters } = deadLettersOf('registration');
