import { tmpdir } from 'node:os';
import { runCaptured } from './run-captured.mjs';

/** What an install can end with, from the texts of npm and pnpm, and what to do about it. */
const causes = [
  {
    pattern: /ERR_PNPM_OUTDATED_LOCKFILE|ERR_PNPM_LOCKFILE_CONFIG_MISMATCH/,
    explain: () =>
      'pnpm-lock.yaml does not fit the package.json files: run "pnpm install" and commit the lock file.',
  },
  {
    pattern: /ERR_PNPM_NO_OFFLINE|ENOTCACHED/,
    explain: () =>
      'Offline, and not every package is in the cache: run this once with a connection to the registry.',
  },
  {
    pattern: /CERT_|certificate|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)/i,
    explain: (/** @type {string} */ registry) =>
      `The certificate of the package registry${registry} is not trusted: name your authority with NODE_EXTRA_CA_CERTS=<file> and "npm config set cafile <file>".`,
  },
  {
    pattern:
      /\b(E401|E403|407|ERR_PNPM_FETCH_40[137])\b|Unauthorized|Forbidden|Proxy Authentication/,
    explain: (/** @type {string} */ registry) =>
      `The package registry${registry} or a proxy refuses access: log in with "npm login", or check "npm config get registry" and HTTPS_PROXY.`,
  },
  {
    pattern:
      /ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ERR_SOCKET_TIMEOUT|NETWORK_ERROR|error sending request|connect error|dns error|ERR_PNPM_(META_)?FETCH|E50\d/i,
    explain: (/** @type {string} */ registry) =>
      `The package registry${registry} cannot be reached: check the connection, choose another one with "npm config set registry <url>", or set HTTPS_PROXY where a proxy is needed; once installed, everything works offline.`,
  },
];

/**
 * One line that says what to do after a failed install; undefined where the output tells of something else.
 * @param {string} output
 * @param {Record<string, string | undefined>} env
 * @returns {Promise<string | undefined>}
 */
export async function explainInstallError(output, env) {
  const cause = causes.find(({ pattern }) => pattern.test(output));
  return cause?.explain(await configuredRegistry(env));
}

/**
 * Its address with a space in front, or nothing where npm does not tell it.
 * @param {Record<string, string | undefined>} env
 */
async function configuredRegistry(env) {
  const args = ['config', 'get', 'registry', '--loglevel=error'];
  const { code, stdout } = await runCaptured('npm', args, { cwd: tmpdir(), env });
  const url = stdout.trim().split('\n').at(-1) ?? '';
  // npm keeps an address with a password to itself.
  return code === 0 && URL.canParse(url) ? ` ${new URL(url).origin}` : '';
}
