/** Releases of a client that are known: from `from` on, and below `below`, as `5.0.0` and `8.0.0`. */
export interface VersionRange {
  readonly from: string;
  readonly below: string;
}

/** Whether a release is in the range. One before the release `below`, such as its betas, is not known either. */
export function isWithin(version: string, { from, below }: VersionRange): boolean {
  return compare(version, from) >= 0 && compare(version, below) < 0;
}

/** The range as it is told in a log. */
export function rangeText({ from, below }: VersionRange): string {
  return `>=${from} <${below}`;
}

function compare(one: string, other: string): number {
  const [left, right] = [numbersOf(one), numbersOf(other)];
  const index = left.findIndex((part, at) => part !== right[at]);
  return index === -1 ? 0 : (left[index] ?? 0) - (right[index] ?? 0);
}

/** Major, minor and patch. What is no number counts as 0. */
function numbersOf(version: string): readonly number[] {
  const parts = version.split(/[-+]/)[0]?.split('.') ?? [];
  return [0, 1, 2].map((index) => Number.parseInt(parts[index] ?? '', 10) || 0);
}
