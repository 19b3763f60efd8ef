// A real Collector reads every golden file: its keys, the OTTL in it, and the regular expressions.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts, startCollector, validateConfig } from '@llm-otel/tooling/collector';
import { describe, expect, test } from 'vitest';
import { compile } from '../../src/index.ts';
import { goldenCases } from '../golden/cases.ts';

const env = {
  BACKEND_URL: 'https://backend.example.com',
  BACKEND_TOKEN: 'made-up',
  REDACTION_HASH_KEY: 'made up, of thirty-two bytes and more',
};
// It makes the folder of the queue: in this test's own.
const ownFolder = {
  extensions: {
    file_storage: { directory: '{folder}/queue', compaction: { directory: '{folder}/queue' } },
  },
};

/** On ports of 127.0.0.1 that are free. */
async function onLoopback(): Promise<Record<string, unknown>> {
  const [grpc, http, health] = await freePorts(3);
  return {
    receivers: {
      otlp: {
        protocols: {
          grpc: { endpoint: `127.0.0.1:${grpc}` },
          http: { endpoint: `127.0.0.1:${http}` },
        },
      },
    },
    extensions: { health_check: { endpoint: `127.0.0.1:${health}` } },
    service: { telemetry: { metrics: { level: 'none', readers: [] } } },
  };
}

describe.each(goldenCases)('$name', ({ name }) => {
  const read = (file: string): string =>
    readFileSync(join(import.meta.dirname, '../golden', name, file), 'utf8');

  test('agent.yaml is accepted', () => {
    expect(validateConfig(read('agent.yaml'), env)).toBe('');
  });

  test('gateway.yaml is accepted', () => {
    expect(validateConfig([read('gateway.yaml'), ownFolder], env)).toBe('');
  });

  // `validate` does not look into the conditions of tail_sampling: they are read when it starts.
  test('the gateway starts with it', async () => {
    // Nothing here listens to the network.
    const [port] = await freePorts(1);
    const text = read('gateway.yaml').replaceAll(/0\.0\.0\.0:(8889|9000)/g, `127.0.0.1:${port}`);
    const config = [text, ownFolder, await onLoopback()];
    await using gateway = await startCollector({ config, env });

    expect(gateway.log).not.toMatch(/\terror\t/);
  });

  test('the agent starts with it', async () => {
    await using agent = await startCollector({
      config: [read('agent.yaml'), await onLoopback()],
      env,
    });

    expect(agent.log).not.toMatch(/\terror\t/);
  });
});

test.each(['secrets', 'strict'] as const)(
  'a gateway starts with everything that %s looks for',
  async (preset) => {
    const { files } = compile({
      redaction: { version: 1, presets: [preset] },
      exporters: [{ type: 'debug' }],
    });
    const text = files.find(({ path }) => path === 'gateway.yaml')?.text ?? '';
    await using gateway = await startCollector({ config: [text, ownFolder, await onLoopback()] });

    expect(gateway.log).not.toMatch(/\terror\t/);
  },
);

test('a mistake in a condition keeps a gateway from starting', async () => {
  const file = join(import.meta.dirname, '../golden/production-kubernetes/gateway.yaml');
  const wrong = readFileSync(file, 'utf8').replace('Substring(', 'Substrin(');

  await expect(
    startCollector({ config: [wrong, ownFolder, await onLoopback()], env }),
  ).rejects.toThrow('Substrin');
});
