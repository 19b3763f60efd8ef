import { isWithin, rangeText, type VersionRange } from './version-range.ts';

/**
 * Says of a release of a library whether it is known, and tells of one that is not: once for each, since a library is
 * loaded file by file and in two formats. A release without a version is taken as known.
 */
export function knownReleases(
  library: string,
  range: VersionRange,
  warn: (why: string) => void,
): (version: string | undefined) => boolean {
  const told = new Set<string>();
  return (version) => {
    if (version === undefined || isWithin(version, range)) return true;
    if (!told.has(version)) {
      told.add(version);
      warn(`${library} ${version} is not observed: this release knows ${rangeText(range)}`);
    }
    return false;
  };
}
