import { describe, expect, test } from '@jest/globals';
import { told, type Version } from './history.ts';

const version = (number: number, at: string, what: string | undefined = `${number}`): Version => ({
  version: number,
  at: `2026-11-${at}`,
  what,
});

const of = (versions: readonly Version[], release?: string) =>
  told(versions, { release_at: release && `2026-11-${release}` }).map(({ version: number, at, kind, stands }) =>
    [number, at.slice(8), kind, stands].join(' '),
  );

describe('what families are told of one mark', () => {
  test('that it is there, and each time that it became another', () => {
    const versions = [version(1, '01'), version(2, '02'), version(3, '03')];
    expect(of(versions)).toEqual(['1 01 new_mark false', '2 02 corrected_mark false', '3 03 corrected_mark true']);
  });

  test('nothing of a change that they do not see', () => {
    expect(of([version(1, '01', 'same'), version(2, '02', 'same')])).toEqual(['1 01 new_mark true']);
  });

  test('as of its release, as one, whatever was changed before', () => {
    const versions = [version(1, '01'), version(2, '02'), version(3, '09')];
    expect(of(versions, '05')).toEqual(['2 05 new_mark false', '3 09 corrected_mark true']);
    expect(of(versions, '10')).toEqual(['3 10 new_mark true']);
  });

  test('nothing of one that was taken away before its release, and what it was given anew after', () => {
    const versions = [version(1, '01'), { ...version(2, '02'), what: undefined }, version(3, '09')];
    expect(of(versions, '05')).toEqual(['3 09 new_mark true']);
  });

  test('as of when it was released, where that was before its time', () => {
    const early = { release_at: '2026-11-20', released_at: '2026-11-07' };
    expect(told([version(1, '01')], early)).toMatchObject([{ at: '2026-11-07', kind: 'new_mark' }]);
  });
});
