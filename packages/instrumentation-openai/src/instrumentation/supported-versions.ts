import type { VersionRange } from '@llm-otel/llm-conventions/client';

/** The releases of `openai` that the tests run with. */
export const SUPPORTED: VersionRange = { from: '5.0.0', below: '8.0.0' };
