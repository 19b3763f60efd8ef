import { expect, test } from 'vitest';
import { runNode } from './run-node.ts';

async function loadedModules(options: object, environment: Record<string, string> = {}) {
  const { ended } = runNode(['loaded-modules.ts', JSON.stringify(options)], environment);
  const { stdout, stderr } = await ended;
  expect(stderr).toBe('');
  const { enabled, loaded } = JSON.parse(stdout) as { enabled: boolean; loaded: string[] };
  return {
    enabled,
    sdk: loaded.filter((url) => /@opentelemetry\/(?!api\/)/.test(url)),
    parts: loaded.filter((url) =>
      /packages\/(?:redaction|sampling|exporters-resilient|propagation|llm-conventions|agent-tracing)\//.test(
        url,
      ),
    ),
  };
}

const nothing = { enabled: false, sdk: [], parts: [] };

test.each([{ OTEL_SDK_DISABLED: 'true' }, { OTEL_ENABLED: 'false' }])(
  'with %o neither the SDK nor any of our parts is loaded, whatever the options say',
  async (environment) => {
    await expect(loadedModules({ enabled: true }, environment)).resolves.toEqual(nothing);
  },
);

test('with enabled: false neither the SDK nor any of our parts is loaded', async () => {
  await expect(loadedModules({ enabled: false })).resolves.toEqual(nothing);
});

test('switched on, the SDK and the parts are loaded, so the test above can fail', async () => {
  const { enabled, sdk, parts } = await loadedModules({}, { NODE_ENV: 'test' });

  expect(enabled).toBe(true);
  expect(sdk.some((url) => url.includes('sdk-trace'))).toBe(true);
  expect(parts.some((url) => url.includes('redaction'))).toBe(true);
  // Nobody asked for metrics or logs.
  expect(sdk.filter((url) => /sdk-(?:logs|metrics)/.test(url))).toEqual([]);
});
