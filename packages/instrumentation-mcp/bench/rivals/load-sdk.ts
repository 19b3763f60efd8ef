import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Sdk } from '../../test/contract/sdk.ts';
import { type LibraryV1, sdkV1 } from '../../test/contract/sdk-v1.ts';
import { type LibraryV2, sdkV2 } from '../../test/contract/sdk-v2.ts';

const load = createRequire(import.meta.url);

const PACKAGE_V1 = '@modelcontextprotocol/sdk';
const MODULES_V1 = [
  'types',
  'inMemory',
  'client/index',
  'client/stdio',
  'client/streamableHttp',
  'server/completable',
  'server/index',
  'server/mcp',
  'server/stdio',
  'server/streamableHttp',
].map((name) => `${PACKAGE_V1}/${name}.js`);
const MODULES_V2 = ['server', 'server/stdio', 'client', 'client/stdio', 'node'].map(
  (name) => `@modelcontextprotocol/${name}`,
);

interface StdioServerLibrary {
  readonly StdioServerTransport: new () => object;
}

function loadAll(modules: readonly string[]): object {
  return Object.assign({}, ...modules.map((name) => load(name) as object)) as object;
}

/** A module of version 1 as an application requires it, for those that want it handed over. */
export function moduleOfV1(name: string): object {
  return load(`${PACKAGE_V1}/${name}.js`) as object;
}

/** All that a release exports, for those that want its classes handed over. */
export function exportsOf(name: string): object {
  return loadAll(name === 'SDK 1' ? MODULES_V1 : MODULES_V2);
}

/** A version of the SDK in CommonJS, since rivals patch what is required, with its transport for a server's standard streams. */
export function loadSdk(
  name: string,
  rival: string,
): { readonly sdk: Sdk; readonly ownStreams: () => object } {
  const server = join(import.meta.dirname, 'stdio-server.ts');
  const stdioServer: Sdk['stdioServer'] = (journal) => [
    '--no-warnings',
    server,
    rival,
    name,
    ...(journal === undefined ? [] : [journal]),
  ];
  const library = exportsOf(name);
  return {
    sdk:
      name === 'SDK 1'
        ? sdkV1(library as LibraryV1, stdioServer)
        : sdkV2(library as LibraryV2, stdioServer),
    ownStreams: () => new (library as StdioServerLibrary).StdioServerTransport(),
  };
}
