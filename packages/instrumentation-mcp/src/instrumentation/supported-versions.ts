/** The packages of the SDK, and what the tests run of each. */
export const SDK_PACKAGES = {
  '@modelcontextprotocol/sdk': { oldest: [1, 10], below: 2 },
  '@modelcontextprotocol/client': { oldest: [2, 0], below: 3 },
  '@modelcontextprotocol/server': { oldest: [2, 0], below: 3 },
} as const;

export type SdkPackage = keyof typeof SDK_PACKAGES;

/** As it is told in a log. */
export function supportedRange(name: SdkPackage): string {
  const { oldest, below } = SDK_PACKAGES[name];
  return `>=${oldest.join('.')}.0 <${below}.0.0`;
}

export function isSupported(name: SdkPackage, version: string): boolean {
  const { oldest, below } = SDK_PACKAGES[name];
  const [major = Number.NaN, minor = Number.NaN] = version
    .split('.', 2)
    .map((part) => Number.parseInt(part, 10));
  return major < below && (major > oldest[0] || (major === oldest[0] && minor >= oldest[1]));
}
