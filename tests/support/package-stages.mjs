export { packageStages as default } from '../deploy/packaged.ts';
