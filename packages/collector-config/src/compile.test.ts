import { InvalidOptionError } from '@llm-otel/sampling/policy';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { compile, type CompileInput, formatClauses, RefusedError } from './index.ts';

const debug = { type: 'debug' } as const;
const exporters = [debug];

interface Config {
  readonly exporters: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly processors: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly service: {
    readonly pipelines: Readonly<
      Record<string, { readonly processors: string[]; readonly exporters: string[] }>
    >;
  };
}

function fileOf(path: string, input: Partial<CompileInput>, collectorVersion?: string): string {
  const { files } = compile({ exporters, ...input }, { collectorVersion });
  return files.find((file) => file.path === path)?.text ?? '';
}

const configOf = (...args: Parameters<typeof fileOf>): Config => parse(fileOf(...args)) as Config;

test('without a policy everything is kept and nothing is taken out', () => {
  const { processors, service } = configOf('gateway.yaml', {});

  expect(processors['tail_sampling']?.['policies']).toEqual([
    { name: 'everything', type: 'always_sample' },
  ]);
  expect(service.pipelines['traces']?.processors).toEqual(['memory_limiter', 'tail_sampling']);
  expect(service.pipelines['logs']?.processors).toEqual(['memory_limiter']);
});

test('memory_limiter stands first in every pipeline, and every component that is named is there', () => {
  for (const path of ['agent.yaml', 'gateway.yaml']) {
    const config = configOf(path, {
      redaction: { version: 1, presets: ['strict'], prompts: false },
    });
    for (const { processors, exporters } of Object.values(config.service.pipelines)) {
      expect(processors[0]).toBe('memory_limiter');
      expect(Object.keys(config.processors)).toEqual(expect.arrayContaining(processors));
      expect(Object.keys(config.exporters)).toEqual(expect.arrayContaining(exporters));
    }
  }
});

test('exporters have the names of the release', () => {
  const names = (version: string): string[] =>
    Object.keys(configOf('agent.yaml', {}, version).exporters);

  expect(names('0.152.0')).toEqual(['loadbalancing', 'loadbalancing/metrics']);
  expect(names('v0.153')).toEqual(['load_balancing', 'load_balancing/metrics']);
});

test('agents write the environment on the resources of every signal', () => {
  const { processors, service } = configOf('agent.yaml', { fleet: { environment: 'production' } });

  expect(Object.keys(processors['transform/environment'] ?? {})).toEqual([
    'error_mode',
    'trace_statements',
    'metric_statements',
    'log_statements',
  ]);
  for (const pipeline of Object.values(service.pipelines)) {
    expect(pipeline.processors).toEqual(['memory_limiter', 'transform/environment']);
  }
});

test('a back end gets the signals it is for', () => {
  const { service } = configOf('gateway.yaml', {
    exporters: [
      { type: 'otlp_http', endpoint: 'https://a.example', signals: ['traces'] },
      { type: 'otlp_grpc', name: 'b', endpoint: 'b:4317', signals: ['traces', 'logs'] },
    ],
  });

  expect(
    Object.entries(service.pipelines).map(([signal, { exporters }]) => [signal, exporters]),
  ).toEqual([
    ['traces', ['otlp_http', 'otlp_grpc/b']],
    ['logs', ['otlp_grpc/b']],
  ]);
});

test('what is delivered later waits on disk, without an end', () => {
  const { exporters } = configOf('gateway.yaml', {
    exporters: [{ type: 'otlp_http', endpoint: 'https://a.example/x$y' }],
  });

  expect(exporters['otlp_http']).toMatchObject({
    endpoint: 'https://a.example/x$$y',
    retry_on_failure: { max_elapsed_time: '0s' },
    sending_queue: { storage: 'file_storage' },
  });
});

describe('deployments', () => {
  const backend = {
    type: 'otlp_http',
    endpoint: '${env:BACKEND_URL}',
    headers: { 'x-api-key': '${env:BACKEND_KEY}' },
  } as const;

  interface Manifest {
    readonly kind: string;
    readonly metadata: { readonly name: string };
    readonly data?: Readonly<Record<string, string>>;
    readonly spec: {
      readonly replicas?: number;
      readonly serviceName?: string;
      readonly template?: {
        readonly spec: {
          readonly containers: readonly {
            readonly image: string;
            readonly env: readonly { readonly name: string }[];
          }[];
        };
      };
    };
  }

  const manifests = (input: Partial<CompileInput>): Manifest[] =>
    parseAllDocuments(fileOf('kubernetes.yaml', { exporters: [backend], ...input })).map(
      (document) => document.toJS() as Manifest,
    );

  test('Kubernetes: agents and gateways run what the two configurations say', () => {
    const all = manifests({ fleet: { gateways: 3, namespace: 'telemetry' } });
    const named = (kind: string, name: string): Manifest | undefined =>
      all.find((one) => one.kind === kind && one.metadata.name === name);

    expect(named('ConfigMap', 'gateway-config')?.data?.['config.yaml']).toBe(
      fileOf('gateway.yaml', {
        exporters: [backend],
        fleet: { gateways: 3, namespace: 'telemetry' },
      }),
    );
    expect(named('ConfigMap', 'agent-config')?.data?.['config.yaml']).toContain(
      `${named('StatefulSet', 'gateway')?.metadata.name}-2.${named('Service', 'gateway')?.metadata.name}.telemetry.svc.cluster.local:4317`,
    );
    expect(named('StatefulSet', 'gateway')?.spec).toMatchObject({
      replicas: 3,
      serviceName: 'gateway',
    });
    expect(named('DaemonSet', 'agent')).toBeDefined();
    expect(all.map(({ kind }) => kind)).toContain('PodDisruptionBudget');
  });

  test('Kubernetes: only gateways get the secrets', () => {
    const [agent, gateway] = ['DaemonSet', 'StatefulSet'].map((kind) =>
      manifests({})
        .find((one) => one.kind === kind)
        ?.spec.template?.spec.containers[0]?.env.map(({ name }) => name),
    );

    expect(agent).toEqual(['GOMEMLIMIT']);
    expect(gateway).toEqual(['GOMEMLIMIT', 'BACKEND_KEY', 'BACKEND_URL']);
  });

  test('the image is the one of the release, or yours', () => {
    const imageWith = (image: string | undefined): string | undefined =>
      manifests({ fleet: { image } }).find(({ kind }) => kind === 'DaemonSet')?.spec.template?.spec
        .containers[0]?.image;

    expect(imageWith(undefined)).toBe('otel/opentelemetry-collector-contrib:0.161.0');
    expect(imageWith('registry.example/otelcol:1')).toBe('registry.example/otelcol:1');
  });

  test('compose: each gateway that agents know is a service with a queue of its own', () => {
    const fleet = { platform: 'compose', gateways: 3 } as const;
    const { services, volumes } = parse(
      fileOf('compose.yaml', { exporters: [backend], fleet }),
    ) as {
      readonly services: Readonly<
        Record<string, { readonly environment: Readonly<Record<string, string>> }>
      >;
      readonly volumes: Readonly<Record<string, unknown>>;
    };

    expect(Object.keys(services)).toEqual(['agent', 'gateway-0', 'gateway-1', 'gateway-2']);
    expect(Object.keys(volumes)).toHaveLength(3);
    expect(services['gateway-0']?.environment).toMatchObject({ BACKEND_URL: '${BACKEND_URL:?}' });
    for (const name of ['gateway-0:4317', 'gateway-1:4317', 'gateway-2:4317']) {
      expect(fileOf('agent.yaml', { fleet })).toContain(name);
    }
  });

  test('without a platform there are only the configurations', () => {
    const { files } = compile({ exporters, fleet: { platform: 'none', gateways: ['a:4317'] } });

    expect(files.map(({ path }) => path)).toEqual(['agent.yaml', 'gateway.yaml']);
  });
});

describe('what is refused', () => {
  const input: CompileInput = {
    sampling: { version: 1, rules: [{ name: 'x', keep: { rate: { tracesPerSecond: 1 } } }] },
    exporters,
  };

  test('is thrown, with what to do', () => {
    expect(() => compile(input)).toThrow(RefusedError);
    expect(() => compile(input)).toThrow('sampling.rules[0].keep.rate: use a ratio');
    try {
      compile(input);
    } catch (error) {
      expect(RefusedError.is(error)).toBe(true);
      expect((error as RefusedError).clauses).toHaveLength(1);
    }
    expect(RefusedError.is(new Error('other'))).toBe(false);
  });

  test('stands among all clauses of the policy, each with its mark', () => {
    const errors = { name: 'errors', when: { error: true }, keep: 'all' } as const;
    const rules = [errors, { name: 'x', keep: { rate: { tracesPerSecond: 1 } } }];
    const both: CompileInput = { sampling: { version: 1, rules }, exporters };
    let refusal: unknown;
    try {
      compile(both);
    } catch (error) {
      refusal = error;
    }

    const { clauses, message } = refusal as RefusedError;
    expect(clauses).toEqual(compile(both, { allowApproximate: true }).clauses);
    expect(formatClauses(clauses)).toMatch(/\n[1-9]\d* exact, \d+ approximate, 1 refused$/);
    expect(message).not.toContain('rules[0]');
  });

  test('is approximated where that is allowed, and stands above the rule', () => {
    const { files, clauses } = compile(input, { allowApproximate: true });

    expect(clauses).toMatchObject([{ fidelity: 'refused' }]);
    expect(files[1]?.text).toContain('# refused: keep.rate: 10 spans a second of each gateway');
  });

  test('a report has the worst first', () => {
    const { clauses } = compile(
      {
        sampling: {
          version: 1,
          rules: [
            { name: 'e', when: { error: true, minTokens: 1 }, keep: 'all' },
            { name: 'x', keep: { rate: { tracesPerSecond: 1 } } },
          ],
        },
        exporters,
      },
      { allowApproximate: true },
    );
    const report = formatClauses(clauses, 80);

    expect(
      report
        .split('\n')
        .filter((line) => /^[a-z]/.test(line))
        .map((line) => line.split(' ')[0]),
    ).toEqual(['refused', 'approximate', 'approximate', 'exact']);
    expect(report).toMatch(/\n\n1 exact, 2 approximate, 1 refused$/);
    expect(Math.max(...report.split('\n').map((line) => line.length))).toBeLessThanOrEqual(90);
    expect(formatClauses([])).toBe('\n0 exact, 0 approximate, 0 refused');
  });

  test.each([60, 80, 120])('fits a terminal of %d columns', (columns) => {
    const { clauses } = compile({ sampling: 'errors-and-10-percent', exporters });
    const lines = formatClauses(clauses, columns).split('\n');
    const longest = Math.max(...lines.map(({ length }) => length));

    expect(longest).toBeLessThanOrEqual(columns);
    expect(lines.some((line) => line.startsWith('exact        sampling.rules[3].keep'))).toBe(true);
  });
});

test.each([
  { type: 'otlp_http', endpoint: '${env:URL}' },
  { type: 'otlp_http', endpoint: 'http://x:${env:PORT}/${env:PATH}' },
  { type: 'otlp_http', endpoint: 'https://${env:HOST}.example:4318' },
  { type: 'otlp_http', endpoint: 'https://otlp.${env:DOMAIN}' },
  { type: 'otlp_http', endpoint: 'https://a.example/v1/$default' },
  { type: 'otlp_http', endpoint: 'http://[::1]:4318' },
  { type: 'otlp_grpc', endpoint: '[::1]:4317' },
  { type: 'otlp_grpc', endpoint: '${env:HOST}:${env:PORT}' },
  { type: 'prometheus', endpoint: '0.0.0.0:${env:PORT}' },
  { type: 'prometheus', endpoint: '0.0.0.0:9464' },
] as const)('$endpoint is an endpoint of $type', (exporter) => {
  const gateways = ['[::1]:4317', '${env:GATEWAY}', 'gateway-3:${env:PORT}'];
  const { files } = compile({ exporters: [exporter], fleet: { platform: 'none', gateways } });

  expect(parse(files[0]?.text ?? '')).toMatchObject({
    exporters: { load_balancing: { resolver: { static: { hostnames: gateways } } } },
  });
});

describe('an error names the place, the value and what to use', () => {
  const url = 'https://a.example';
  test.each<[unknown, string]>([
    [undefined, 'input is undefined: use an object with sampling, redaction, exporters, fleet'],
    [{ exporters, sampler: 1 }, 'input.sampler is 1: use one of sampling'],
    [{}, 'exporters is undefined: use a list of at least one'],
    [{ exporters: [] }, 'exporters is []'],
    [{ exporters: ['debug'] }, 'exporters[0] is "debug": use an object'],
    [{ exporters: [{ type: 'kafka' }] }, 'exporters[0].type is "kafka": use one of otlp_http'],
    [{ exporters: [{ type: 'otlp_http' }] }, 'exporters[0].endpoint is undefined: use a URL'],
    [
      { exporters: [{ type: 'otlp_http', endpoint: 'host:4318' }] },
      'exporters[0].endpoint is "host:4318"',
    ],
    [{ exporters: [{ type: 'otlp_grpc', endpoint: url }] }, 'use host:port or ${env:NAME}'],
    [{ exporters: [{ type: 'debug', endpoint: url }] }, 'use no endpoint'],
    ...['http://x:$PORT', 'http://', 'http://x:99999', 'http://a b', '${env:A}://x'].map(
      (endpoint): [unknown, string] => [
        { exporters: [{ type: 'otlp_http', endpoint }] },
        `exporters[0].endpoint is ${JSON.stringify(endpoint)}: use a URL or \${env:NAME}`,
      ],
    ),
    ...['a:0', 'a:65536', 'a:grpc', '::1:4317', '[::1]', ':4317'].map(
      (endpoint): [unknown, string] => [
        { exporters: [{ type: 'otlp_grpc', endpoint }] },
        `exporters[0].endpoint is ${JSON.stringify(endpoint)}: use host:port`,
      ],
    ),
    ...[8888, 13_133, 4317, 4318].map((port): [unknown, string] => [
      { exporters: [{ type: 'prometheus', endpoint: `0.0.0.0:${port}` }] },
      `exporters[0].endpoint is "0.0.0.0:${port}": use another port than ${port}, where a gateway has`,
    ]),
    [
      {
        exporters: [
          { type: 'prometheus', name: 'b', endpoint: '127.0.0.1:8889' },
          { type: 'prometheus' },
        ],
      },
      'exporters[1].endpoint is undefined: use another port than 8889, where a gateway has exporters[0]',
    ],
    [
      { exporters: [{ type: 'otlp_http', endpoint: url, headers: { a: 'x\u{d800}' } }] },
      'headers["a"] is [redacted]: use a text on one line, without half characters',
    ],
    [{ exporters: [debug, debug] }, 'exporters[1].name is undefined: use a name that no other'],
    [{ exporters: [{ type: 'debug', name: 'A b' }] }, 'exporters[0].name is "A b"'],
    [{ exporters: [{ type: 'debug', level: 1 }] }, 'exporters[0].level is 1'],
    [{ exporters: [{ type: 'debug', insecure: true }] }, 'exporters[0].insecure is true'],
    [{ exporters: [{ type: 'debug', compression: 'br' }] }, 'exporters[0].compression is "br"'],
    [{ exporters: [{ type: 'debug', signals: ['spans'] }] }, 'exporters[0].signals is ["spans"]'],
    [
      { exporters: [{ type: 'otlp_http', endpoint: url, headers: [] }] },
      'exporters[0].headers is []',
    ],
    [
      { exporters: [{ type: 'otlp_http', endpoint: url, headers: { 'a b': 'x' } }] },
      'headers["a b"] is "a b"',
    ],
    [
      { exporters: [{ type: 'otlp_http', endpoint: url, headers: { a: 'x\ny' } }] },
      'headers["a"] is [redacted]',
    ],
    [
      {
        exporters: [{ type: 'otlp_http', endpoint: url, headers: { Authorization: 'Bearer abc' } }],
      },
      'headers["Authorization"] is [redacted]: use a reference such as Bearer ${env:API_TOKEN}',
    ],
    [{ exporters, sampling: 'everything' }, 'sampling is "everything"'],
    [{ exporters, redaction: { version: 2 } }, 'redaction.version is 2'],
    [{ exporters, fleet: [] }, 'fleet is []'],
    [{ exporters, fleet: { size: 1 } }, 'fleet.size is 1: use one of platform'],
    [{ exporters, fleet: { platform: 'nomad' } }, 'fleet.platform is "nomad"'],
    [{ exporters, fleet: { namespace: 'A' } }, 'fleet.namespace is "A"'],
    [{ exporters, fleet: { environment: '' } }, 'fleet.environment is "": use a text'],
    [{ exporters, fleet: { image: 'a b' } }, 'fleet.image is "a b"'],
    [
      { exporters, fleet: { resourceDetection: ['moon'] } },
      'fleet.resourceDetection is ["moon"]: use a list of env, system, docker',
    ],
    [
      { exporters, fleet: { resourceDetection: ['docker'] } },
      'use no docker on Kubernetes, whose nodes have no Docker',
    ],
    [
      { exporters: [{ type: 'jaeger', signals: ['metrics'] }] },
      'exporters[0].signals is ["metrics"]: use a list of traces',
    ],
    [
      { exporters: [{ type: 'prometheus', headers: { a: 'b' } }] },
      'exporters[0].headers is {"a":"b"}: use no headers: prometheus sends nothing',
    ],
    [{ exporters: [{ type: 'debug', only: 'models' }] }, 'exporters[0].only is "models"'],
    [
      { exporters: [{ type: 'jaeger' }, { type: 'otlp_grpc', name: 'jaeger', endpoint: 'a:1' }] },
      'exporters[1].name is "jaeger": use a name that no other',
    ],
    [{ exporters, fleet: { gateways: 0 } }, 'fleet.gateways is 0: use a whole number from 1'],
    [{ exporters, fleet: { platform: 'none' } }, 'fleet.gateways is 2: use the host:port of each'],
    [{ exporters, fleet: { platform: 'none', gateways: ['a'] } }, 'fleet.gateways is ["a"]'],
    [{ exporters, fleet: { maxTraces: 1.5 } }, 'fleet.maxTraces is 1.5'],
    [
      { exporters, fleet: { decisionWaitSeconds: 5, decisionWaitAfterRootSeconds: 6 } },
      'fleet.decisionWaitAfterRootSeconds is 6: use at most the whole wait, 5',
    ],
  ])('%j', (input, message) => {
    const run = (): unknown => compile(input as CompileInput);

    expect(run).toThrow(InvalidOptionError);
    expect(run).toThrow(message);
  });

  test.each(['0.143.9', '1.0.0', 'latest', '', '0.161.0.0'])(
    'the release %j',
    (collectorVersion) => {
      expect(() => compile({ exporters }, { collectorVersion })).toThrow(
        `collectorVersion is ${JSON.stringify(collectorVersion)}: use a release from 0.144.0 on`,
      );
    },
  );
});
