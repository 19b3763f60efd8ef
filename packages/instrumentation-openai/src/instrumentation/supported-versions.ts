const OLDEST_MAJOR = 5;
const NEWEST_MAJOR = 7;

/** As it is told in a log. */
export const SUPPORTED: string = `>=${OLDEST_MAJOR}.0.0 <${NEWEST_MAJOR + 1}.0.0`;

/** Whether the tests run with this major of `openai`. */
export function isSupported(version: string): boolean {
  const major = Number.parseInt(version, 10);
  return major >= OLDEST_MAJOR && major <= NEWEST_MAJOR;
}
