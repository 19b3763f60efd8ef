import type { VersionRange } from '@llm-otel/llm-conventions/client';

/** The releases of `@langchain/core` that the tests run with, or ones like them. */
export const SUPPORTED: VersionRange = { from: '0.3.40', below: '2.0.0' };
