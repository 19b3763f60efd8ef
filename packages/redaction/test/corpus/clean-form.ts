import type { Draw } from './draw.ts';

/** A value of telemetry that looks like a secret and is none. What is cut out of one is damage. */
export interface CleanForm {
  readonly trap: string;
  /** The attribute it stands under. */
  readonly key: string;
  readonly make: (draw: Draw) => string;
}

export function form(trap: string, key: string, ...forms: readonly string[]): CleanForm {
  return { trap, key, make: (draw) => draw.form(draw.pick(forms)) };
}
