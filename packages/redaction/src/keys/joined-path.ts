/** The whole name of a key below the one that `path` names. */
export function joined(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
