import { statSync } from 'node:fs';

const EXTENSIONS = ['', '.js', '.mjs', '.cjs', '.ts', '.mts', '.cts', '.tsx', '.jsx'] as const;

/** As Node.js and compilers of TypeScript find it: `./a.js` may be `a.ts`. */
export function fileFor(path: string): string | undefined {
  const bare = path.replace(/\.[cm]?jsx?$/, '');
  const candidates = [path, bare, `${path}/index`].flatMap((base) =>
    EXTENSIONS.map((extension) => base + extension),
  );
  return candidates.find(isThere);
}

// Of Node.js. Others are for compilers and bundlers, and mostly name what is not published.
const CONDITIONS: ReadonlySet<string> = new Set([
  'node',
  'import',
  'require',
  'module-sync',
  'default',
]);

/** What `exports` or `imports` of a manifest have for a name: of several conditions the first one that Node.js may choose. */
export function firstTarget(target: unknown): string | undefined {
  if (typeof target === 'string') return target;
  if (typeof target !== 'object' || target === null) return undefined;
  return (
    Object.entries(target)
      .filter(([condition]) => CONDITIONS.has(condition) || Array.isArray(target))
      // Modules of today are what most applications are: both load the same.
      .toSorted(([one], [other]) => Number(one === 'require') - Number(other === 'require'))
      .map(([, one]) => firstTarget(one))
      .find((one) => one !== undefined)
  );
}

function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
