import { expect, test } from 'vitest';
import { explainInstallError } from './explain-install-error.mjs';

// npm is asked for its registry; this one exists nowhere else.
const env = { ...process.env, npm_config_registry: 'http://registry.invalid:81/path/' };

test.each([
  ['npm error code ECONNREFUSED\nnpm error FetchError: request to http://x/pnpm failed'],
  ['npm error code EAI_AGAIN'],
  ['ERR_PNPM_RESOLVING_NPM_RESOLVER_NETWORK_ERROR'],
  ['├─▶ error sending request\n├─▶ client error (Connect)\n├─▶ dns error'],
])('an unreachable registry is told in one line: %j', async (output) => {
  const message = await explainInstallError(output, env);

  expect(message).toMatch(
    /^The package registry http:\/\/registry\.invalid:81 cannot be reached: /,
  );
  expect(message).toMatch(/npm config set registry <url>.*HTTPS_PROXY.*offline/);
  expect(message).not.toMatch(/\n/);
});

test.each([
  ['npm error code UNABLE_TO_GET_ISSUER_CERT_LOCALLY', /NODE_EXTRA_CA_CERTS/],
  ['invalid peer certificate: UnknownIssuer, error sending request', /NODE_EXTRA_CA_CERTS/],
  ['npm error code E401', /npm login/],
  ['ERR_PNPM_OUTDATED_LOCKFILE', /run "pnpm install"/],
  ['npm error code ENOTCACHED', /Offline/],
])('%s has an explanation of its own', async (output, explanation) => {
  await expect(explainInstallError(output, env)).resolves.toMatch(explanation);
});

test('an unknown failure is left as it is', async () => {
  await expect(explainInstallError('ENOSPC: no space left', env)).resolves.toBeUndefined();
});
