import type { LEAST } from './least.ts';

/** Round trips of one's own and of peers, read units and write units. */
export type Taken = readonly [own: number, peers: number, reads: number, writes: number];

/**
 * What each operation of the day takes, in a school of one class: a test holds it. Whoever makes one take more says why in
 * the commit; whoever gains takes it down. `npm run bench -- units` tells the same of a large school.
 */
export const TAKEN: Readonly<Record<keyof typeof LEAST, Taken>> = {
  'sign in': [4, 0, 1, 3],
  'let a call in (the authorizer)': [1, 0, 1, 0],
  'who am I': [1, 0, 1, 0],
  'read a person': [1, 0, 1, 0],
  'a page of 20 persons': [1, 0, 1, 0],
  'read a health record': [2, 2, 3, 1],
  'add a measurement': [2, 2, 3, 6],
  'register a student': [3, 0, 1, 14],
  'read a student': [1, 0, 1, 0],
  'a page of 20 students': [1, 0, 2, 0],
  'my students': [2, 0, 2, 0],
  'what a student owes': [2, 0, 1.5, 0],
  'confirm a payment': [4, 0, 2.5, 11],
  'notify the grades': [3, 0, 1, 9],
  'add a mark': [1, 0, 0, 8],
  'enter the results of 32': [3, 0, 37, 134],
  'read the marks, as the student': [2, 0, 3, 0],
  'read the marks, as a teacher': [3, 0, 4, 0],
  'the report of a student': [5, 0, 9, 0],
  'statistics of a class': [3, 0, 2.5, 0],
  'statistics of a class, after a mark': [6, 0, 7.5, 1],
  'the ten best': [6, 0, 5.5, 0],
  'the ten best, after a mark': [15, 0, 16.5, 2],
  'my notices': [6, 0, 10, 0],
  'a page of 20 articles': [2, 0, 21, 0],
  'read an article': [1, 0, 1, 0],
  'buy an article': [2, 0, 1, 13],
  'order an article': [3, 2, 3, 13],
  'pay an order': [3, 0, 1, 13],
  'read an order': [1, 0, 1, 0],
  'my purchases': [1, 0, 0.5, 0],
};
