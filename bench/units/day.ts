import type { Identity, Received } from '../../tests/support/call.ts';
import type { Campus } from './campus.ts';
import {
  assess,
  BASE,
  CLASS,
  classmatesOf,
  classOf,
  registrationOf,
  resultsOf,
  type Staff,
  usernameOf,
} from './cohort.ts';
import type { LEAST } from './least.ts';

/** On whom a day is measured. */
export interface School extends Staff {
  readonly campus: Campus;
  /** A student of a full class, and the account of that student. */
  readonly pupil: number;
  readonly student: Identity;
}

/** One of the things that are done in a school all day. */
export interface Operation {
  readonly name: keyof typeof LEAST;
  /** Whose operation it is: what it does in tables of others, it asks a peer for. */
  readonly context: string;
  /** Makes what it needs, unmeasured. @returns what `ask` is to know of it */
  readonly prepare?: (school: School) => Promise<string>;
  readonly ask: (school: School, prepared: string) => Promise<unknown>;
  /** Whether it changes something. */
  readonly changes: boolean;
  /** Whether nobody has to be signed in for it. */
  readonly open?: true;
  /** Whether it is a part of the others, and no call by itself. */
  readonly within?: true;
}

const PAGE = 20;
const CARD = { number: '4242 4242 4242 4242', exp_month: 12, exp_year: 2099, cvc: '123' };

/** A request of each day, made for the student whom it is about. */
type Request = (pupil: number) => string;
type Who = 'student' | 'teacher' | 'admin';

const asks = (who: Who, request: Request, body?: (pupil: number) => unknown): Pick<Operation, 'ask'> => ({
  ask: (school) => school.campus.as(school[who], request(school.pupil), body?.(school.pupil)),
});

const reading = (context: string, name: Operation['name'], who: Who, request: Request): Operation => ({
  ...{ name, context, changes: false },
  ...asks(who, request),
});

const changing = (
  context: string,
  name: Operation['name'],
  who: Who,
  request: Request,
  body?: (pupil: number) => unknown,
): Operation => ({ ...{ name, context, changes: true }, ...asks(who, request, body) });

const idIn = ({ body }: Received): string => body.id;
const wanted = (pupil: number) => ({ items: [{ product_id: pupil, quantity: 1 }] });
const ordered = async ({ campus, student, pupil }: School): Promise<string> =>
  idIn(await campus.as(student, 'POST /orders', wanted(pupil)));

const addMark = changing(
  'grades',
  'add a mark',
  'teacher',
  (pupil) => `POST /add_grade/${pupil}`,
  () => ({ grade: 12.5, subject: 'Matière 1' }),
);

const afterAMark = async (school: School): Promise<string> => {
  await addMark.ask(school, '');
  return '';
};

const stats: Request = (pupil) => `GET /classes/${encodeURIComponent(classOf(pupil))}/stats`;
const topTen: Request = () => 'GET /rankings/top10';

let registered = BASE + 200;

/** Somebody whom nobody knows yet, and who has no account. */
function newcomer() {
  registered += 1;
  const { username: _, ...registration } = registrationOf(registered);
  return registration;
}

const ACCOUNTS: readonly Operation[] = [
  {
    ...{ name: 'sign in', context: 'auth', changes: true, open: true },
    ask: ({ campus, student }) => campus.signIn(student.username),
  },
  {
    ...{ name: 'let a call in (the authorizer)', context: 'auth', changes: false, open: true, within: true },
    ask: ({ campus, student }) => campus.authorized(student.username),
  },
  reading('auth', 'who am I', 'student', (pupil) => `GET /users/${usernameOf(pupil)}`),
];

const PEOPLE: readonly Operation[] = [
  reading('persons', 'read a person', 'student', (pupil) => `GET /persons/${pupil}`),
  reading('persons', 'a page of 20 persons', 'teacher', () => `GET /persons?limit=${PAGE}`),
  reading('health', 'read a health record', 'student', (pupil) => `GET /health/${pupil}`),
  changing(
    ...(['health', 'add a measurement', 'student'] as const),
    (pupil) => `POST /health/${pupil}`,
    () => ({ heart_rate: 70 }),
  ),
];

const OFFICE: readonly Operation[] = [
  changing('registration', 'register a student', 'admin', () => 'POST /register', newcomer),
  reading('registration', 'read a student', 'admin', (pupil) => `GET /students/${pupil}`),
  reading('registration', 'a page of 20 students', 'admin', () => `GET /students?limit=${PAGE}`),
  reading('registration', 'my students', 'student', () => 'GET /students/mine'),
  reading('registration', 'what a student owes', 'student', (pupil) => `GET /students/${pupil}/payments`),
  changing(
    ...(['registration', 'confirm a payment', 'admin'] as const),
    (pupil) => `POST /pay/${pupil}`,
    () => ({ amount: 100, method: 'cash' }),
  ),
  changing('registration', 'notify the grades', 'admin', (pupil) => `POST /notify_grades/${pupil}`),
];

const GRADES: readonly Operation[] = [
  addMark,
  {
    ...{ name: `enter the results of ${CLASS}`, context: 'grades', changes: true },
    prepare: ({ campus, pupil, ...staff }) => assess(campus, staff, classOf(pupil), 99),
    ask: ({ campus, teacher, pupil }, id) =>
      campus.as(teacher, `PUT /assessments/${id}/results`, resultsOf(classmatesOf(pupil))),
  },
  reading('grades', 'read the marks, as the student', 'student', (pupil) => `GET /get_grades/${pupil}`),
  reading('grades', 'read the marks, as a teacher', 'teacher', (pupil) => `GET /get_grades/${pupil}`),
  reading('grades', 'the report of a student', 'student', (pupil) => `GET /grades/${pupil}`),
  reading('grades', 'statistics of a class', 'teacher', stats),
  { ...reading('grades', 'statistics of a class, after a mark', 'teacher', stats), prepare: afterAMark },
  reading('grades', 'the ten best', 'teacher', topTen),
  { ...reading('grades', 'the ten best, after a mark', 'teacher', topTen), prepare: afterAMark },
  reading('grades', 'my notices', 'student', () => 'GET /notifications'),
];

const SHOP: readonly Operation[] = [
  reading('orders', 'a page of 20 articles', 'student', () => `GET /products?limit=${PAGE}`),
  reading('orders', 'read an article', 'student', (pupil) => `GET /products/${pupil}`),
  changing(
    ...(['orders', 'buy an article', 'student'] as const),
    (pupil) => `POST /orders/${usernameOf(pupil)}/buy`,
    (pupil) => ({ article_id: pupil }),
  ),
  changing('orders', 'order an article', 'student', () => 'POST /orders', wanted),
  {
    ...{ name: 'pay an order', context: 'orders', changes: true },
    prepare: ordered,
    ask: ({ campus, student }, id) => campus.as(student, `POST /orders/${id}/payment`, { method: 'card', card: CARD }),
  },
  {
    ...{ name: 'read an order', context: 'orders', changes: false },
    prepare: ordered,
    ask: ({ campus, student }, id) => campus.as(student, `GET /orders/${id}`),
  },
  reading('orders', 'my purchases', 'student', (pupil) => `GET /orders/${usernameOf(pupil)}/purchases?limit=${PAGE}`),
];

/** What is done in a school all day. */
export const DAY: readonly Operation[] = [...ACCOUNTS, ...PEOPLE, ...OFFICE, ...GRADES, ...SHOP];
