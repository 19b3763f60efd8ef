import type { SamplingResult } from '@llm-otel/core';

export const DROP: SamplingResult = Object.freeze({ decision: 0 });
/** Recorded for a tail policy, and not sampled as far as other services are told. */
export const RECORD: SamplingResult = Object.freeze({ decision: 1 });
export const KEEP: SamplingResult = Object.freeze({ decision: 2 });
