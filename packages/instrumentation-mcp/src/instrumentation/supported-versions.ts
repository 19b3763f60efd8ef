import type { VersionRange } from '@llm-otel/llm-conventions/client';

/** The packages of the SDK, and what the tests run of each, or releases like it. */
export const SDK_PACKAGES: Readonly<
  Record<`@modelcontextprotocol/${'sdk' | 'client' | 'server'}`, VersionRange>
> = {
  '@modelcontextprotocol/sdk': { from: '1.10.0', below: '2.0.0' },
  '@modelcontextprotocol/client': { from: '2.0.0', below: '3.0.0' },
  '@modelcontextprotocol/server': { from: '2.0.0', below: '3.0.0' },
};

export type SdkPackage = keyof typeof SDK_PACKAGES;
