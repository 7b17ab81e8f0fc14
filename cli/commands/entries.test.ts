import { describe, expect, test } from '@jest/globals';
import { entriesOf, pairOf, scoreOf } from './entries.ts';

describe('what is typed for a mark', () => {
  test.each([
    ['15,5', { score: 15.5 }],
    ['15.5', { score: 15.5 }],
    [' 7 ', { score: 7 }],
    ['', { score: null }],
    ['abs', { status: 'absent' }],
    ['Absent', { status: 'absent' }],
    ['e', { status: 'exempt' }],
    ['m', { status: 'missing' }],
  ])('%j is %j', (typed, entered) => {
    expect(scoreOf(typed)).toEqual(entered);
  });

  test.each(['12/20', 'douze', '1e1', '0x10', '--5'])('%j is none', (typed) => {
    expect(() => scoreOf(typed)).toThrow(/not a number/);
  });
});

test('a pair names a student and a mark', () => {
  expect(pairOf('12=15,5')).toEqual({ student_id: 12, score: 15.5 });
  expect(pairOf('12=')).toEqual({ student_id: 12, score: null });
  expect(() => pairOf('12')).toThrow(/STUDENT=MARK/);
  expect(() => pairOf('x=12')).toThrow(/not a student/);
});

describe('a file of marks', () => {
  test('is read with commas or semicolons, quotes, a byte order mark and empty lines', () => {
    const rows = [
      { student_id: 1, score: 12, comment: 'Bien, mieux' },
      { student_id: 2, status: 'absent' },
    ];
    expect(entriesOf('student_id,score,comment\n1,12,"Bien, mieux"\n\n2,abs,\n')).toEqual(rows);
    expect(entriesOf('\uFEFFstudent_id;name;score;comment\r\n1;Awa;12;Bien, mieux\r\n2;Binta;abs;\r\n')).toEqual(rows);
  });

  test('that is wrong is refused whole, with its line', () => {
    expect(() => entriesOf('student_id,score\n1,12\n2,douze\n')).toThrow('line 3: not a number: douze');
    expect(() => entriesOf('id,mark\n1,12\n')).toThrow(/student_id and score/);
  });
});
