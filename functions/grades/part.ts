import { schoolPart } from '../../platform/http/part.ts';
import { streamingEndpoint } from '../../platform/http/streaming.ts';
import { table } from './table.ts';

export const exportGrades = schoolPart({
  name: 'grades',
  table,
  kinds: {
    student: /^STUDENT#\d+ PROFILE$/,
    mark: /^STUDENT#\d+ MARK#/,
    marks_from: /^STUDENT#\d+ FROM#/,
    result: /^STUDENT#\d+ RESULT#/,
    sheet_put_aside: /^STUDENT#\d+ ASIDE#/,
    report_card: /^STUDENT#\d+ CARD#VERSION#/,
    standing_report_card: /^STUDENT#\d+ CARD#TERM#/,
    council_sheet: /^STUDENT#\d+ COUNCIL#/,
    change_of_council_sheet: /^STUDENT#\d+ COUNCILLED#/,
    last_import: /^STUDENT#\d+ IMPORTED$/,
    fallen_average: /^STUDENT#\d+ FELL#/,
    student_of_account: /^ACCOUNT#/,
    student_of_phone: /^PHONE#/,
    roster: /^CLASS#.* ROSTER$/,
    former_member: /^FORMER#/,
    programme: /^CLASS#.* PROGRAMME#/,
    change_of_programme: /^CLASS#.* PROGRAMMED#/,
    council_of_class: /^CLASS#.* COUNCIL#/,
    looked_at: /^CLASS#.* LOOKED#/,
    book: /^CLASS#.* T#/,
    assessment_place: /^ASSESSMENT#.* WHERE$/,
    change_of_assessment: /^ASSESSMENT#.* CHANGE#/,
    term: /^TERMS TERM#/,
    time_zone: /^TERMS ZONE$/,
    book_of_term: /^TERM#.* BOOK#/,
    class: /^CLASSES /,
    release: /^RELEASES /,
    untold_report_card: /^PUBLISHED /,
    school: /^SCHOOL /,
  },
  kept: {
    rankings: {
      at: /^RANKING#/,
      why: { fr: 'se recalculent à partir des carnets', en: 'computed anew from the books' },
    },
  },
});

export const handler = streamingEndpoint(exportGrades);
