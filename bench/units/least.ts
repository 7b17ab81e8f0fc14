/** The least that an operation can take of DynamoDB, and why. */
export interface Least {
  readonly reads: number;
  readonly writes: number;
  readonly why: string;
}

const least = (reads: number, writes: number, why: string): Least => ({ reads, writes, why });

/**
 * The arithmetic minimum of each operation, by hand: a read unit for each 4 KB that has to be read as it stands (items of
 * one partition together), half of one where it may be a moment old; a write unit for each KB of each item, twice in a
 * transaction, and one for each entry of an index. What is promised is taken for granted: that a context asks another one,
 * that several changes are one transaction, that an event is told exactly where its change was made (an item more, and its
 * removal). How the tables are cut is not.
 */
export const LEAST = {
  'sign in': least(1, 3, 'the account; the try counted and forgotten, the session'),
  'let a call in (the authorizer)': least(1, 0, 'the account'),
  'who am I': least(1, 0, 'the account'),
  'read a person': least(1, 0, 'the person'),
  'a page of 20 persons': least(1, 0, '20 of 0.3 KB, of an index'),
  'read a health record': least(3, 1, 'the record and its trace; the token and the person, asked of persons'),
  'add a measurement': least(3, 6, 'record, history and trace in one; the token and the person, asked of persons'),
  'register a student': least(1, 14, 'the year; a number, then student, e-mail, phone and fee in one, five lists'),
  'read a student': least(1, 0, 'the student'),
  'a page of 20 students': least(2, 0, '20 of 0.7 KB, of an index'),
  'my students': least(2, 0, 'which they are, and each of them (one)'),
  'what a student owes': least(1.5, 0, 'student and ledger; the school’s day'),
  'confirm a payment': least(
    2.5,
    11,
    'student and ledger, last receipt, day; student, line and receipt in one, five lists',
  ),
  'notify the grades': least(1, 9, 'the student, four lists, the event and its removal'),
  'add a mark': least(0, 8, 'mark, row, head and marker in one; all else is remembered'),
  'enter the results of 32': least(
    34,
    134,
    'where it stands, 32 results, the book’s parts; two items a line and three',
  ),
  'read the marks, as the student': least(3, 0, 'the student’s partition (2), the terms'),
  'read the marks, as a teacher': least(4, 0, 'the same, and what is taught in the class'),
  'the report of a student': least(7, 0, 'the student’s partition (2), the terms, the book of the class (4)'),
  'statistics of a class': least(2.5, 0, 'the terms; what is kept, and whether it still holds'),
  'statistics of a class, after a mark': least(6.5, 1, 'the same, the book of the class (4), and what is then kept'),
  'the ten best': least(5.5, 0, 'the terms; what is kept, and whether it still holds, in four shards'),
  'the ten best, after a mark': least(
    10.5,
    2,
    'the same (the shards hold the best too), a class and its book (4), and what is then kept',
  ),
  'my notices': least(7, 0, 'of whom, the terms, the student’s partition (2), row, programme and assessments'),
  'a page of 20 articles': least(1, 0, '20 of 0.15 KB, were they in the list'),
  'read an article': least(1, 0, 'the article'),
  'buy an article': least(1, 13, 'the article; order, article, movement, line and what is owed in one, three lists'),
  'order an article': least(
    3,
    13,
    'the article; order, article, movement, reminder (removed) and count in one, two lists; the token and the account, asked of accounts',
  ),
  'pay an order': least(1, 12, 'the order; the charge, then order, article, movement, line and count in one, one list'),
  'read an order': least(1, 0, 'the order'),
  'my purchases': least(0.5, 0, 'up to 20 of 0.2 KB, of an index'),
} as const satisfies Readonly<Record<string, Least>>;
