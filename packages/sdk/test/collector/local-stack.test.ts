// infra/ with real programs on ports of this machine: an application, both Collectors, and what stands behind them.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Collector,
  type CollectorConfig,
  freePorts,
  startCollector,
} from '@llm-otel/tooling/collector';
import { openAiChatStream } from '@llm-otel/llm-conventions';
import { createAgentTracing, createGenAi } from '@llm-otel/sdk/agents';
import { type OtlpSink, startOtlpSink } from '@llm-otel/testing';
import { expect, test, vi } from 'vitest';
import { startWithSink } from '../start-with-sink.ts';

const infra = join(import.meta.dirname, '../../../../infra');
const read = (path: string): string => readFileSync(join(infra, path), 'utf8');

interface Stack extends AsyncDisposable {
  readonly agentUrl: string;
  readonly metricsPort: number;
}

/** Agent and gateway as they stand in infra/, with the traces of the gateway sent to `traces`. */
async function startStack(traces: CollectorConfig): Promise<Stack> {
  const [agentHttp, agentGrpc, gatewayHttp, gatewayGrpc, metricsPort, ...health] =
    await freePorts(7);
  const config = (path: string, http = 0, grpc = 0): string =>
    read(`collectors/jaeger/${path}`)
      .replaceAll('0.0.0.0:4318', `127.0.0.1:${http}`)
      .replaceAll('0.0.0.0:4317', `127.0.0.1:${grpc}`)
      .replaceAll('0.0.0.0:13133', `127.0.0.1:${health.pop()}`)
      .replaceAll('0.0.0.0:8889', `127.0.0.1:${metricsPort}`)
      .replaceAll('gateway:4317', `127.0.0.1:${gatewayGrpc}`)
      .replaceAll('/var/lib/otelcol/queue', '{folder}/queue');
  const quiet = { service: { telemetry: { metrics: { level: 'none', readers: [] } } } };
  const gateway = await startCollector({
    config: [config('gateway.yaml', gatewayHttp, gatewayGrpc), quiet, traces],
  });
  let agent: Collector;
  try {
    agent = await startCollector({ config: [config('agent.yaml', agentHttp, agentGrpc), quiet] });
  } catch (error) {
    await gateway[Symbol.asyncDispose]();
    throw error;
  }
  return {
    agentUrl: `http://127.0.0.1:${agentHttp}`,
    metricsPort: metricsPort ?? 0,
    async [Symbol.asyncDispose]() {
      await agent[Symbol.asyncDispose]();
      await gateway[Symbol.asyncDispose]();
    },
  };
}

const redaction = { version: 1, presets: ['secrets', 'pii'] } as const;

async function* answerChunks(): AsyncGenerator<object> {
  const usage = { prompt_tokens: 120, completion_tokens: 40 };
  yield await Promise.resolve({ choices: [{ delta: { content: 'Thanks' } }] });
  yield { choices: [{ delta: {}, finish_reason: 'stop' }], usage };
}

/** Some runs of agents, one of which fails. */
async function runApplication(endpoint: string): Promise<void> {
  const { telemetry } = await startWithSink({
    serviceName: 'desk',
    endpoint,
    content: 'span',
    redaction,
  });
  const agents = createAgentTracing();
  const genAi = createGenAi({ content: telemetry.content });
  for (let run = 0; run < 5; run++) {
    await agents
      .run({ agent: { name: 'writer' } }, () =>
        genAi.inference(
          {
            provider: 'openai',
            model: 'gpt-5-mini',
            stream: true,
            inputMessages: [
              {
                role: 'user',
                parts: [{ type: 'text', content: ['ada', 'example.com'].join('@') }],
              },
            ],
          },
          async (call) => {
            if (run === 0) throw new TypeError('no model answered');
            const answer = call.stream(answerChunks(), openAiChatStream);
            for await (const _ of answer) continue;
          },
        ),
      )
      .catch(() => undefined);
  }
  await telemetry.shutdown();
}

const toSink = (sink: OtlpSink): CollectorConfig => ({
  exporters: { otlp_http: { endpoint: sink.url } },
  service: { pipelines: { traces: { exporters: ['otlp_http'] } } },
});

function versionOf(program: string): string | undefined {
  const { status, stdout, stderr } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  return status === 0 ? `${stdout}${stderr}`.split('\n')[0] : undefined;
}

/** Says what is left out, which a report of tests may hide. */
function unless(isThere: boolean, reason: string): [boolean, string] {
  if (!isThere) process.stdout.write(`skipped: ${reason}\n`);
  return [!isThere, reason];
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = new Promise((resolve) => child.once('close', resolve));
  child.kill();
  await closed;
}

test('traces go through both tiers to the back end, and metrics to where Prometheus asks', async () => {
  await using sink = await startOtlpSink();
  await using stack = await startStack(toSink(sink));

  await runApplication(stack.agentUrl);
  await sink.waitFor(10, 30_000);

  expect(sink.spans).toHaveLength(10);
  expect(sink.spans[0]?.resource.attributes).toMatchObject({
    'service.name': 'desk',
    'deployment.environment.name': 'local',
    'os.type': 'linux',
  });
  const page = await (await fetch(`http://127.0.0.1:${stack.metricsPort}/metrics`)).text();
  expect(page).toContain('gen_ai_client_inference_duration_seconds_count');
});

test('Prometheus has every metric that the dashboard shows, and understands each of its queries', async ({
  skip,
}) => {
  const version = versionOf('prometheus');
  skip(...unless(version !== undefined, 'there is no prometheus in PATH'));
  await using sink = await startOtlpSink();
  await using stack = await startStack(toSink(sink));
  const folder = mkdtempSync(join(tmpdir(), 'llm-otel-prometheus-'));
  const [port] = await freePorts(1);
  const config = join(folder, 'prometheus.yaml');
  writeFileSync(
    config,
    read('prometheus.yaml')
      .replace('gateway:8889', `127.0.0.1:${stack.metricsPort}`)
      .replace('5s', '200ms'),
  );
  const prometheus = spawn(
    'prometheus',
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${folder}/data`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: 'ignore' },
  );
  try {
    await runApplication(stack.agentUrl);
    const ask = async (path: string): Promise<{ status: string; data: unknown }> =>
      (await (await fetch(`http://127.0.0.1:${port}/api/v1/${path}`)).json()) as {
        status: string;
        data: unknown;
      };
    const dashboard = JSON.parse(read('grafana/dashboards/models-and-agents.json')) as {
      readonly panels: readonly { readonly targets: readonly { readonly expr: string }[] }[];
    };
    const queries = dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
    const metrics = [
      ...new Set(queries.join(' ').match(/\b(?:gen_ai|llm_otel)_\w+(?:_total|_count|_bucket)\b/g)),
    ];
    expect(metrics.length).toBeGreaterThan(8);

    await vi.waitFor(
      async () => {
        const { data } = await ask('label/__name__/values');
        expect(metrics.filter((name) => !(data as string[]).includes(name))).toEqual([]);
      },
      { timeout: 30_000, interval: 300 },
    );
    for (const query of queries) {
      const answer = await ask(
        `query?query=${encodeURIComponent(query.replaceAll('$__rate_interval', '1m'))}`,
      );
      expect(answer.status, query).toBe('success');
    }
  } finally {
    await ended(prometheus);
    rmSync(folder, { recursive: true, force: true });
  }
});

test('Jaeger has the trace: JAEGER_BIN names a Jaeger 2', async ({ skip }) => {
  const binary = process.env['JAEGER_BIN'] ?? '';
  skip(...unless(binary !== '', 'JAEGER_BIN names no Jaeger'));
  const [otlp, query, queryGrpc] = await freePorts(3);
  const folder = mkdtempSync(join(tmpdir(), 'llm-otel-jaeger-'));
  const config = join(folder, 'jaeger.yaml');
  writeFileSync(
    config,
    JSON.stringify({
      receivers: { otlp: { protocols: { grpc: { endpoint: `127.0.0.1:${otlp}` } } } },
      exporters: { jaeger_storage_exporter: { trace_storage: 'memory' } },
      extensions: {
        jaeger_storage: { backends: { memory: { memory: { max_traces: 1000 } } } },
        jaeger_query: {
          storage: { traces: 'memory' },
          http: { endpoint: `127.0.0.1:${query}` },
          grpc: { endpoint: `127.0.0.1:${queryGrpc}` },
        },
      },
      service: {
        extensions: ['jaeger_storage', 'jaeger_query'],
        telemetry: { metrics: { level: 'none' } },
        pipelines: { traces: { receivers: ['otlp'], exporters: ['jaeger_storage_exporter'] } },
      },
    }),
  );
  const jaeger = spawn(binary, ['--config', config], { stdio: 'ignore' });
  try {
    await using stack = await startStack({
      exporters: { 'otlp_grpc/jaeger': { endpoint: `127.0.0.1:${otlp}` } },
    });
    await runApplication(stack.agentUrl);

    await vi.waitFor(
      async () => {
        const answer = await fetch(`http://127.0.0.1:${query}/api/traces?service=desk&limit=20`);
        const { data } = (await answer.json()) as {
          data: { spans: { operationName: string }[] }[];
        };
        expect(data).toHaveLength(5);
        expect(data.every(({ spans }) => spans.length === 2)).toBe(true);
        expect(data[0]?.spans.map(({ operationName }) => operationName).toSorted()).toEqual([
          'chat gpt-5-mini',
          'invoke_agent writer',
        ]);
      },
      { timeout: 30_000, interval: 300 },
    );
  } finally {
    await ended(jaeger);
    rmSync(folder, { recursive: true, force: true });
  }
});

test('the compose file keeps to the Compose Specification', { timeout: 300_000 }, ({ skip }) => {
  const hasGo = spawnSync('go', ['version']).status === 0;
  skip(...unless(hasGo, 'Go is not installed'));
  const folder = mkdtempSync(join(tmpdir(), 'llm-otel-compose-'));
  try {
    const variables = Object.fromEntries(
      Array.from(read('.env').matchAll(/^(\w+)=(.*)$/gm), ([, name = '', value = '']) => [
        name,
        value,
      ]),
    );
    const file = join(folder, 'compose.yaml');
    writeFileSync(
      file,
      read('compose.yaml').replaceAll(/\$\{(\w+)\}/g, (_, name: string) => variables[name] ?? '?'),
    );
    const check = spawnSync(
      'go',
      ['run', 'github.com/compose-spec/compose-go/v2/cmd@v2.16.2', file],
      {
        encoding: 'utf8',
        cwd: folder,
      },
    );

    expect(check.stderr).not.toMatch(/level=|error|invalid/i);
    expect(check.status).toBe(0);
    expect(check.stdout).toContain('image: otel/opentelemetry-collector-contrib:');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
