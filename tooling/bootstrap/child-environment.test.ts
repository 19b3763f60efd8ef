import { expect, test } from 'vitest';
import { childEnvironment } from './child-environment.mjs';

test('what an outer npm or pnpm exports about itself is not passed on', () => {
  const env = childEnvironment({
    PATH: '/bin',
    npm_config_user_agent: 'npm/11',
    npm_config_verify_deps_before_run: 'false',
    npm_config_node_gyp: '/usr/lib/node-gyp',
    npm_package_json: '/x/package.json',
    npm_lifecycle_event: 'test',
    npm_execpath: '/usr/bin/npm',
    INIT_CWD: '/x',
    NODE: '/usr/bin/node',
  });

  expect(
    Object.keys(env).filter((name) => /^npm_(?!config_fetch)|INIT_CWD|^NODE$/.test(name)),
  ).toEqual([]);
  expect(env['PATH']).toBe('/bin');
});

test('where packages come from, and the way there, is passed on', () => {
  const about = {
    npm_config_registry: 'http://127.0.0.1:4873/',
    'npm_config_@scope:registry': 'http://127.0.0.1:4874/',
    npm_config_https_proxy: 'http://127.0.0.1:3128',
    npm_config_cafile: '/etc/ca.pem',
    npm_config_userconfig: '/home/me/.npmrc',
    npm_config_strict_ssl: 'false',
    NPM_CONFIG_REGISTRY: 'http://127.0.0.1:4875/',
    HTTPS_PROXY: 'http://127.0.0.1:3128',
  };

  expect(childEnvironment(about)).toMatchObject(about);
});

test('pnpm is told about the registry in variables of its own, unless the user did', () => {
  const env = childEnvironment({
    NPM_CONFIG_REGISTRY: 'http://127.0.0.1:4875/',
    npm_config_https_proxy: 'http://127.0.0.1:3128',
    pnpm_config_https_proxy: 'http://127.0.0.1:3129',
  });

  expect(env).toMatchObject({
    pnpm_config_registry: 'http://127.0.0.1:4875/',
    pnpm_config_https_proxy: 'http://127.0.0.1:3129',
  });
});

test('a registry that does not answer is not waited for, unless the user wants it', () => {
  expect(childEnvironment({})).toMatchObject({ npm_config_fetch_retries: '2' });
  expect(childEnvironment({ npm_config_fetch_retries: '9' })).toMatchObject({
    npm_config_fetch_retries: '9',
    pnpm_config_fetch_retries: '9',
  });
});

test('the telemetry of tools is off', () => {
  expect(childEnvironment({})).toMatchObject({ TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' });
});
