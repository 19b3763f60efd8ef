/** As it is told in a log. */
export const SUPPORTED = '>=0.3.40 <2.0.0';

/** Whether the tests run with this release of `@langchain/core`, or one like it. */
export function isSupported(version: string): boolean {
  const [major = Number.NaN, minor = Number.NaN, patch = Number.NaN] = version
    .split('.', 3)
    .map((part) => Number.parseInt(part, 10));
  return major === 1 || (major === 0 && minor === 3 && patch >= 40);
}
