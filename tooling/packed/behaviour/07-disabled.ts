import assert from 'node:assert/strict';
import { startOtlpSink } from '@llm-otel/testing';
import { runModule, test } from './support.ts';

// Prints every module that is loaded, ours and theirs.
const script = (start: string): string => `
import { registerHooks } from 'node:module';
const loaded = [];
registerHooks({
  load(url, context, next) {
    loaded.push(url);
    return next(url, context);
  },
});
const { startTelemetry } = await import('@llm-otel/sdk');
const telemetry = await startTelemetry(${start});
await telemetry.shutdown({ timeoutMillis: 100 });
console.log(JSON.stringify({ enabled: telemetry.enabled, loaded }));
`;

async function modulesOf(
  start: string,
  env: NodeJS.ProcessEnv = {},
): Promise<{ enabled: boolean; sdk: string[] }> {
  const { code, stdout, stderr } = await runModule(script(start), { env });
  assert.equal(code, 0, stderr);
  const { enabled, loaded } = JSON.parse(stdout) as { enabled: boolean; loaded: string[] };
  return {
    enabled,
    sdk: loaded.filter((url) => /@opentelemetry\/(?!api\/)/.test(url)),
  };
}

test('disabled by option, no module of the SDK is loaded', async () => {
  assert.deepEqual(await modulesOf('{ enabled: false }'), { enabled: false, sdk: [] });
});

test('disabled by environment, no module of the SDK is loaded', async () => {
  const env = { OTEL_SDK_DISABLED: 'true' };

  assert.deepEqual(await modulesOf('', env), { enabled: false, sdk: [] });
});

test('enabled, the SDK is loaded, so the tests before can fail', async () => {
  const { enabled, sdk } = await modulesOf(
    `{ endpoint: 'http://127.0.0.1:9', metrics: false, strict: true }`,
  );

  assert.equal(enabled, true);
  assert.ok(sdk.some((url) => url.includes('@opentelemetry/sdk-trace/')));
});

for (const type of ['module', 'commonjs'] as const) {
  test(`the register entry starts a ${type} application and sends its spans at its end`, async () => {
    await using sink = await startOtlpSink();
    const load = type === 'module' ? 'await import' : 'require';

    const { code, stderr } = await runModule(
      `const { trace } = ${load}('@opentelemetry/api'); trace.getTracer('app').startSpan('registered').end();`,
      {
        type,
        args: ['--import', '@llm-otel/sdk/register'],
        env: { OTEL_EXPORTER_OTLP_ENDPOINT: sink.url, OTEL_SERVICE_NAME: 'registered-service' },
      },
    );

    assert.equal(code, 0, stderr);
    assert.deepEqual(
      sink.spans.map((span) => [span.name, span.resource.attributes['service.name']]),
      [['registered', 'registered-service']],
    );
  });
}
