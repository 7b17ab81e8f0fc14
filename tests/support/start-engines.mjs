// jest loads its global set-up itself: a module in plain JavaScript leaves the TypeScript behind it to Node.
export { startEngines as default } from './engines.ts';
