export { startForTests as default } from './campus.ts';
