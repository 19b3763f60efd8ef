export { diskSpool } from './disk-spool.ts';
export type { DeadLetterOptions, DiskSpoolOptions } from './disk-spool-options.ts';
export type { Sensitivity } from './sensitivity.ts';
export type { BacklogOptions, OpenSpool, Spool } from './spool.ts';
