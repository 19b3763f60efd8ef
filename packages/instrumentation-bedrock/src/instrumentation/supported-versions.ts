import type { VersionRange } from '@llm-otel/llm-conventions/client';

/** The releases of `@aws-sdk/client-bedrock-runtime` that the tests run with: from the first one with `Converse` on. */
export const SUPPORTED: VersionRange = { from: '3.587.0', below: '4.0.0' };
