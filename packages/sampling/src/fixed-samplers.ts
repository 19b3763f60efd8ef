import type { Sampler } from '@llm-otel/core';
import { consistentSampler } from './consistent-sampler.ts';

/** Keeps every trace and says so in the tracestate (`ot=th:0`), so that counts can be trusted. */
export const alwaysOn: Sampler = consistentSampler({ ratio: 1 });

/** Keeps none. */
export const alwaysOff: Sampler = consistentSampler({ ratio: 0 });
