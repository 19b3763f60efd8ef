const NEEDED = [22, 15] as const;

/** What is wrong with a version of Node.js, such as `20.19.0`. Undefined for one that will do. */
export function tooOldNode(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [neededMajor, neededMinor] = NEEDED;
  if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) return undefined;
  return `this is Node.js ${version}; it needs ${NEEDED.join('.')} or later`;
}
