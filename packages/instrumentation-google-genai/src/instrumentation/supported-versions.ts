import type { VersionRange } from '@llm-otel/llm-conventions/client';

/** The releases of `@google/genai` that the tests run with. */
export const SUPPORTED: VersionRange = { from: '1.0.0', below: '4.0.0' };
