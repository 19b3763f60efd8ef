import { gzipSync } from 'node:zlib';
import { describe, type Manifest, type PackedPackage } from './pack.ts';

/** A gzipped ustar archive of `files`, as npm packs them. */
export function tarballOf(files: Readonly<Record<string, string>>): Buffer {
  const blocks: Buffer[] = [];
  for (const [path, text] of Object.entries(files)) {
    const content = Buffer.from(text);
    const header = Buffer.alloc(512);
    header.write(`package/${path}`, 0);
    header.write(content.length.toString(8).padStart(11, '0'), 124);
    header.write('0', 156);
    const padded = Buffer.alloc(Math.ceil(content.length / 512) * 512);
    content.copy(padded);
    blocks.push(header, padded);
  }
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

/** A packed package with the given manifest and files. */
export function packedOf(
  manifest: Partial<Manifest>,
  files: Readonly<Record<string, string>> = {},
): PackedPackage {
  const full = { name: '@llm-otel/core', version: '1.2.3', exports: {}, ...manifest };
  return describe(tarballOf({ 'package.json': JSON.stringify(full), ...files }));
}
