import { streamingSite } from '../../platform/http/streaming.ts';
import { papers } from './files/papers.ts';
import { schoolFiles } from './files/school.ts';
import { serve } from './kit/serve.ts';

export const handler = streamingSite({ pages: [...papers, ...schoolFiles], serve });
