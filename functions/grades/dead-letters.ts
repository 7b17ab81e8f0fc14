import { deadLettersOf } from '../../platform/http/dead-letters.ts';

/** What grades could not handle, and how it is taken up again. */
export const { show: showGradesLetters, redrive: redriveGradesLetters } = deadLettersOf('grades');
