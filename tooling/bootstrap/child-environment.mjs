// What says where packages come from, and how to get there. Everything else that an outer npm or pnpm exports as
// npm_config_* is its own affair: passed on, the inner one warns about names it does not know.
const aboutTheRegistry =
  /^npm_config_(registry|@[^:]+:registry|.*_registry|proxy|https?_proxy|no_?proxy|cafile|ca|cert|key|strict_ssl|cache|store_dir|userconfig|globalconfig|offline|prefer_offline|fetch_.*|network_.*|\/\/.*)$/i;

const ofNpmOnly = /^npm_config_(cache|userconfig|globalconfig)$/i;

/** A registry that does not answer is reported within seconds, not after minutes of silence. */
const patience = Object.fromEntries(
  ['npm', 'pnpm'].flatMap((client) => [
    [`${client}_config_fetch_retries`, '2'],
    [`${client}_config_fetch_retry_mintimeout`, '500'],
    [`${client}_config_fetch_retry_maxtimeout`, '2000'],
  ]),
);

const ofTheOuterRun =
  /^(npm_(config|package|lifecycle|command|execpath|node_execpath|old_pid)|PNPM_SCRIPT_SRC_DIR$|INIT_CWD$|NODE$)/;

/**
 * The environment for everything that is started: that of this process, without the traces of the npm or pnpm that
 * started it, and with telemetry and update notices of tools off. What npm is told about the registry, pnpm is told too:
 * it reads variables of its own.
 * @param {Record<string, string | undefined>} env
 * @returns {Record<string, string | undefined>}
 */
export function childEnvironment(env) {
  const kept = Object.entries(env).filter(
    ([name]) => aboutTheRegistry.test(name) || !ofTheOuterRun.test(name),
  );
  const forPnpm = kept
    .filter(([name]) => aboutTheRegistry.test(name) && !ofNpmOnly.test(name))
    .map(([name, value]) => [name.replace(/^npm_/i, 'pnpm_').toLowerCase(), value]);
  return {
    ...patience,
    ...Object.fromEntries(forPnpm),
    ...Object.fromEntries(kept),
    DO_NOT_TRACK: '1',
    TURBO_TELEMETRY_DISABLED: '1',
    TURBO_NO_UPDATE_NOTIFIER: '1',
    NO_UPDATE_NOTIFIER: '1',
    COREPACK_ENABLE_DOWNLOAD_PROMPT: '0',
  };
}
