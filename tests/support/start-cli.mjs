import '../../cli/build.mjs';

export { startForTests as default } from './campus.ts';
