import { gunzipSync } from 'node:zlib';

const BLOCK = 512;

/** One file of a packed npm package. */
export interface TarEntry {
  /** Without the leading `package/`. */
  readonly path: string;
  readonly content: Buffer;
}

/** The regular files in a packed npm package (gzip over ustar). */
export function tarEntries(tarball: Uint8Array): TarEntry[] {
  const tar = gunzipSync(tarball);
  const entries: TarEntry[] = [];
  let longName: string | undefined;
  for (let at = 0; at + BLOCK <= tar.length && tar[at] !== 0;) {
    const prefix = text(tar, at + 345, 155);
    const name = text(tar, at, 100);
    const size = Number.parseInt(text(tar, at + 124, 12).trim(), 8);
    const type = String.fromCharCode(tar[at + 156] ?? 0);
    const content = tar.subarray(at + BLOCK, at + BLOCK + size);
    if (type === 'x') {
      longName = /^\d+ path=(.*)$/m.exec(content.toString('utf8'))?.[1];
    } else {
      const path = longName ?? (prefix === '' ? name : `${prefix}/${name}`);
      longName = undefined;
      if (type === '0' || type === '\0')
        entries.push({ path: path.replace(/^[^/]+\//, ''), content });
    }
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return entries;
}

function text(tar: Buffer, start: number, length: number): string {
  const field = tar.subarray(start, start + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end === -1 ? length : end);
}
