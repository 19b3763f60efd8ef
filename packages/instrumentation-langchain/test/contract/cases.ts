import { agents } from './agents.ts';
import type { Case } from './calls.ts';
import { chains } from './chains.ts';
import { graphs } from './graphs.ts';
import { models } from './models.ts';

/** The ordinary calls of an application, each as it is written without any telemetry. */
export const cases: readonly Case[] = [...models, ...chains, ...agents, ...graphs];
