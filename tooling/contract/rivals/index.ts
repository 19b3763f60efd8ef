export { compareRivals } from './compare-rivals.ts';
export {
  instrumentation,
  makeInstrumentation,
  openlit,
  OPENLIT_VERSION,
  type Rival,
  startOpenlit,
  wrapper,
} from './rival.ts';
export { callsCompared } from './rival-table.ts';
export { RivalFolder } from './rival-folder.ts';
export { runWithRival } from './run-with-rival.ts';
export type { Recorded } from './saw-rightly.ts';
