import type { Case } from './calls.ts';
import { endings } from './endings.ts';
import { loops } from './loops.ts';
import { objects } from './objects.ts';
import { streams } from './streams.ts';
import { text } from './text.ts';
import { vectors } from './vectors.ts';

/** The ordinary calls of an application, each as it is written without any telemetry. */
export const cases: readonly Case[] = [
  ...text,
  ...streams,
  ...endings,
  ...loops,
  ...objects,
  ...vectors,
];
