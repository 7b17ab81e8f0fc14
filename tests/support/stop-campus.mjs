export { stopAfterTests as default } from './campus.ts';
