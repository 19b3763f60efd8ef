// As much of version ranges as package.json files of the packages looked at here use.

type Version = readonly [major: number, minor: number, patch: number];

/** The three numbers of a version; what follows them (`-rc.1`) is ignored. */
export function parseVersion(text: string): Version | undefined {
  const [, major, minor, patch] = /^[v=]?(\d+)\.(\d+)\.(\d+)/.exec(text) ?? [];
  return major === undefined ? undefined : [Number(major), Number(minor), Number(patch)];
}

export function compareVersions(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

/**
 * Whether `version` is in `range`: `^`, `~`, comparisons, `x` and missing parts, joined by blanks (and) and `||` (or).
 * `undefined` where one of them cannot be read, a workspace or a git address.
 */
export function satisfies(version: string, range: string): boolean | undefined {
  const parsed = parseVersion(version);
  if (parsed === undefined) return undefined;
  let known = true;
  const fits = range.split('||').some((part) => {
    const comparators = part
      .trim()
      .replaceAll(/([<>=^~])\s+/g, '$1')
      .split(/\s+/);
    return comparators.every((comparator) => {
      const bounds = boundsOf(comparator);
      if (bounds === undefined) known = false;
      return bounds !== undefined && within(parsed, bounds);
    });
  });
  return fits ? true : known ? false : undefined;
}

interface Bounds {
  /** Inclusive. */
  readonly from?: Version;
  /** Exclusive. */
  readonly to?: Version;
}

function within(version: Version, { from, to }: Bounds): boolean {
  return (
    (from === undefined || compareVersions(version, from) >= 0) &&
    (to === undefined || compareVersions(version, to) < 0)
  );
}

function boundsOf(comparator: string): Bounds | undefined {
  if (comparator === '' || comparator === '*' || comparator === 'x') return {};
  const [, operator = '', major, minor, patch] =
    /^(>=|<=|>|<|=|\^|~)?v?(\d+)(?:\.(\d+|x|\*))?(?:\.(\d+|x|\*))?/.exec(comparator) ?? [];
  if (major === undefined) return undefined;
  const [a, b, c] = [Number(major), numberOf(minor), numberOf(patch)];
  const from: Version = [a, b ?? 0, c ?? 0];
  // The first version that is past everything the written parts stand for.
  const past: Version =
    b === undefined ? [a + 1, 0, 0] : c === undefined ? [a, b + 1, 0] : [a, b, c + 1];
  switch (operator) {
    case '>=':
      return { from };
    case '>':
      return { from: past };
    case '<':
      return { to: from };
    case '<=':
      return { to: past };
    case '~':
      return { from, to: b === undefined ? [a + 1, 0, 0] : [a, b + 1, 0] };
    case '^':
      return { from, to: a > 0 || b === undefined ? [a + 1, 0, 0] : b > 0 ? [0, b + 1, 0] : past };
    default:
      return { from, to: past };
  }
}

function numberOf(part: string | undefined): number | undefined {
  return part === undefined || part === 'x' || part === '*' ? undefined : Number(part);
}
