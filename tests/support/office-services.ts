/** Every page of the school office that shows something. */
export const OFFICE_PAGES = [
  '/portal/students',
  '/portal/students/new',
  '/portal/students/restore',
  '/portal/students/1/record',
  '/portal/students/1/edit',
  '/portal/students/1/guardians',
  '/portal/students/1/contacts',
  '/portal/students/1/class',
  '/portal/students/1/accept',
  '/portal/students/1/leave',
  '/portal/students/1/notify',
  '/portal/students/1/remove',
  '/portal/students/1/pay',
  '/portal/students/1/waive',
  '/portal/students/1/payments/l1/reverse',
  '/portal/fees/new',
  '/portal/year',
  '/portal/year/new',
  '/portal/year/t1/close',
  '/portal/year/t1/reopen',
  '/portal/year/rollover',
  '/portal/school',
  '/portal/programme',
  '/portal/programme/4eB',
  '/portal/programme/4eB/copy',
  '/portal/shop',
  '/portal/shop/new',
  '/portal/shop/1',
  '/portal/shop/1/retire',
  '/portal/shop/orders',
  '/portal/shop/orders/01a217b5-f551-73fb-92cb-2adb7842a20e',
  '/portal/shop/orders/01a217b5-f551-73fb-92cb-2adb7842a20e/ship',
  '/portal/shop/orders/01a217b5-f551-73fb-92cb-2adb7842a20e/deliver',
  '/portal/shop/orders/01a217b5-f551-73fb-92cb-2adb7842a20e/refund',
  '/portal/operations',
  '/portal/dead-letters',
  '/portal/dead-letters/grades/redrive',
  '/portal/import',
  '/portal/import/i1',
  '/portal/export',
  '/portal/accounts',
  '/portal/accounts/victor',
  '/portal/accounts/victor/remove',
] as const;

const day = '2026-11-05';
const at = `${day}T08:30:00.000Z`;

/** A student as the services tell of them; every text is `word`. */
const studentCalled = (word: string) => ({
  id: 1,
  ...{ name: word, first_name: word, last_name: word, email: word, phone: word, matricule: word },
  ...{ birth_date: '2009-01-15', birth_place: word, sex: 'F', class_name: word },
  // Of whoever the tests sign in as: a name of an account holds no markup.
  username: 'victor',
  contacts: [{ name: word, relation: word, phone: word, email: word, username: word, legal: true, pays: true }],
  enrolments: [{ year: word, class_name: word, from: day, repeats: false }],
  guardians: [word],
  ...{ status: 'enrolled', paid: false, notified: true, registered_at: at },
});

const importOf = (word: string) => ({
  ...{ id: 'i1', state: 'done', dry_run: true, accepted: 1, unchanged: 0, rejected: 1, rows: 2, rows_done: 2 },
  errors: [{ row: 3, field: 'phone', code: 'invalid_phone', detail: word }],
  warnings: [{ row: 2, field: null, code: 'average_differs', detail: word }],
  ...{ more_errors: 0, columns: [{ header: word, field: 'name' }], failed_rows: word, failed_rows_url: null },
  refusal: null,
});

const receiptOf = (word: string) => ({
  ...{ number: word, payment_id: 'l1', student_id: 1, name: word, class_name: word, amount: 50_000, currency: 'XOF' },
  ...{ method: word, reference: word, received_on: day, payer: word, recorded_by: word, at },
  reversed: { at, reason: word },
});

const LETTERS = ['registration', 'grades', 'auth', 'orders', 'health'];

/** What one of them could not handle. */
const lettersSaying = (word: string) => ({
  waiting: 3,
  letters: [
    { id: word, sent_at: at, expires_at: at, event: { type: 'campus.student.marked', subject: word } },
    { id: word, sent_at: at, expires_at: at, event: { type: word, subject: word } },
    { id: word, sent_at: at, expires_at: at, event: null },
  ],
});

/** What the services answer to the pages of the school office; every text in it is `word`. */
export const officeServicesSaying = (word: string): Readonly<Record<string, unknown>> => ({
  'GET /students': [studentCalled(word)],
  'GET /students/1': studentCalled(word),
  'GET /students/1/guardians/history': [{ guardians: [{ username: word, relation: word, legal: true }] }],
  'GET /students/1/payments/l1/receipt': receiptOf(word),
  'GET /fees/due': [
    { student_id: 1, name: word, class_name: word, due: 50_000, since: day, balance: 50_000, currency: 'XOF' },
  ],
  'GET /imports/i1': importOf(word),
  'GET /status': { version: word },
  'GET /persons': [],
  ...Object.fromEntries(LETTERS.map((one) => [`GET /dead-letters/${one}`, lettersSaying(word)])),
  'GET /school': { name: word, address: word, phone: word, time_zone: word, year_starts: '08-01' },
});
