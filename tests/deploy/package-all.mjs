export { packageAll as default } from './packaged.ts';
