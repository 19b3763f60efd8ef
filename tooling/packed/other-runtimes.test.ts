import { expect, test } from 'vitest';
import { otherRuntimes } from './other-runtimes.ts';

test.each([
  ['linux', 'x64', ['@oven/bun-linux-x64', '@deno/linux-x64-glibc']],
  ['darwin', 'arm64', ['@oven/bun-darwin-aarch64', '@deno/darwin-arm64']],
  ['win32', 'x64', ['@oven/bun-windows-x64', '@deno/win32-x64']],
] as const)(
  'on %s and %s the binaries come from their own packages',
  (platform, arch, packages) => {
    expect(otherRuntimes(platform, arch).map((runtime) => runtime.package)).toEqual(packages);
  },
);
