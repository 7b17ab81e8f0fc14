import { schoolPart } from '../../platform/http/part.ts';
import { streamingEndpoint } from '../../platform/http/streaming.ts';
import { INDEXES } from './students/student-index.ts';
import { table } from './table.ts';

export const exportRegistration = schoolPart({
  name: 'registration',
  table,
  kinds: {
    student: /^STUDENT#\d+ STUDENT$/,
    deleted_student: /^STUDENT#\d+ DELETED$/,
    ledger_line: /^STUDENT#\d+ LEDGER#/,
    naming_of_guardians: /^GUARDIANS#/,
    student_of_account: /^ACCOUNT#/,
    distinction: /^(?:EMAIL|PHONE|MATRICULE|USERNAME)#/,
    payment_reference: /^REFERENCE#/,
    last_receipt: /^RECEIPTS#/,
    unsettled_retention: /^UNSETTLED /,
    import: /^IMPORT#/,
    school: /^SCHOOL /,
  },
  derived: Object.values(INDEXES).flatMap(({ partition, sort }) => [partition, sort]),
});

export const handler = streamingEndpoint(exportRegistration);
