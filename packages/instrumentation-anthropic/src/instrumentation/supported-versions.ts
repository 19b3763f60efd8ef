import type { VersionRange } from '@llm-otel/llm-conventions/client';

/** The releases of `@anthropic-ai/sdk` that the tests run with. */
export const SUPPORTED: VersionRange = { from: '0.90.0', below: '2.0.0' };
