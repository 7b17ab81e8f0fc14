import { endpoint } from '../../platform/http/endpoint.ts';
import { enterSheets } from './council/enter-sheets.ts';
import { readRemarkHistory, readSheetHistory } from './council/history.ts';
import { readProgrammeHistory } from './council/programme-history.ts';
import { readSheets } from './council/read-sheets.ts';
import { enterRemarks, readRemarks } from './council/remarks.ts';

export const handler = endpoint(
  readSheets,
  enterSheets,
  readSheetHistory,
  readRemarks,
  enterRemarks,
  readRemarkHistory,
  readProgrammeHistory,
);
