// infra/: everything to look at telemetry on one machine. Docker is not needed here: what can be said of its files is.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { TESTED_VERSION } from '../src/collector-version.ts';
import { compile, type CompileInput } from '../src/index.ts';

const infra = join(import.meta.dirname, '../../../infra');
const read = (path: string): string => readFileSync(join(infra, path), 'utf8');

interface Service {
  readonly profiles?: readonly string[];
  readonly image: string;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly configs?: readonly { readonly source: string; readonly target: string }[];
  readonly healthcheck?: object;
  readonly depends_on?:
    | readonly string[]
    | Readonly<Record<string, { readonly condition: string }>>;
}
interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly configs: Readonly<Record<string, { readonly file: string }>>;
  readonly volumes: Readonly<Record<string, object>>;
}

const variables = new Map(
  read('.env')
    .split('\n')
    .flatMap((line) => {
      const [, name, value] = /^(\w+)=(.*)$/.exec(line) ?? [];
      return name === undefined ? [] : [[name, value ?? ''] as const];
    }),
);
const composeText = read('compose.yaml');
const compose = parse(composeText) as Compose;
const services = Object.entries(compose.services);
const backEnds = ['jaeger', 'tempo', 'zipkin'];
const resolved = (text: string, traces: string): string =>
  text.replaceAll(/\$\{(\w+)\}/g, (_, name: string) =>
    name === 'TRACES' ? traces : (variables.get(name) ?? '?'),
  );

describe.each(backEnds)('%s', (backEnd) => {
  test('has the configurations that its policies compile to', () => {
    const input = parse(read(`collectors/${backEnd}.yaml`)) as CompileInput;

    for (const { path, text } of compile(input).files) {
      // Where they differ: npx llm-otel collector infra/collectors/NAME.yaml --out infra/collectors/NAME
      expect(read(`collectors/${backEnd}/${path}`)).toBe(text);
    }
  });

  test('is a profile of one service, which its gateway sends traces to', () => {
    expect(
      services.filter(([, { profiles }]) => profiles?.includes(backEnd)).map(([name]) => name),
    ).toEqual([backEnd]);
    const { exporters } = parse(read(`collectors/${backEnd}/gateway.yaml`)) as {
      readonly exporters: Readonly<Record<string, { readonly endpoint: string }>>;
    };
    const hosts = Object.values(exporters).map(({ endpoint }) =>
      endpoint.replace(/^http:\/\//, '').replace(/:.*$/, ''),
    );
    expect(hosts).toEqual([backEnd, '0.0.0.0']);
  });

  test('finds every file that is mounted', () => {
    for (const { file } of Object.values(compose.configs)) {
      expect(existsSync(join(infra, resolved(file, backEnd)))).toBe(true);
    }
  });
});

test('images are pinned in .env, the Collector to the release that is tested', () => {
  for (const [, { image }] of services) {
    expect(image).toMatch(/^\$\{\w+_IMAGE\}$/);
    expect(resolved(image, '')).toMatch(/^[\w./-]+:v?\d+\.\d+\.\d+$/);
  }
  expect(variables.get('COLLECTOR_IMAGE')).toBe(
    `otel/opentelemetry-collector-contrib:${TESTED_VERSION}`,
  );
  expect(backEnds).toContain(variables.get('TRACES'));
  const named = [...composeText.matchAll(/\$\{(\w+)\}/g)].map(([, name = '']) => name);
  expect(named.filter((name) => !variables.has(name))).toEqual([]);
});

test('nothing is reached from another machine', () => {
  const ports = services.flatMap(([, service]) => service.ports ?? []);

  expect(ports.length).toBeGreaterThan(8);
  expect(ports.filter((port) => !/^127\.0\.0\.1:\d+:\d+$/.test(port))).toEqual([]);
  const published = ports.map((port) => port.split(':')[1]);
  expect(new Set(published).size).toBe(published.length);
});

test('volumes and configurations are declared and used, folders are there', () => {
  const mounted = services.flatMap(([, { volumes = [] }]) =>
    volumes.map((one) => one.split(':')[0] ?? ''),
  );
  const folders = mounted.filter((one) => one.startsWith('./'));

  expect(mounted.filter((one) => !one.startsWith('./')).toSorted()).toEqual(
    Object.keys(compose.volumes).toSorted(),
  );
  expect(folders.filter((one) => !existsSync(join(infra, one)))).toEqual([]);
  const sources = services.flatMap(([, { configs = [] }]) => configs.map(({ source }) => source));
  expect(sources.toSorted()).toEqual(Object.keys(compose.configs).toSorted());
});

test('whoever waits for the health of a service waits for one that tells it', () => {
  let waits = 0;
  for (const [, { depends_on: on = [] }] of services) {
    const conditions = Array.isArray(on)
      ? (on as string[]).map((name) => [name, 'service_started'] as const)
      : Object.entries(on as Record<string, { condition: string }>).map(
          ([name, { condition }]) => [name, condition] as const,
        );
    for (const [name, condition] of conditions) {
      expect(compose.services).toHaveProperty(name);
      if (condition !== 'service_healthy') continue;
      waits++;
      expect(compose.services[name]).toHaveProperty('healthcheck');
    }
  }
  expect(waits).toBeGreaterThan(0);
});

test('Prometheus asks services, and Grafana has a source for each of the others', () => {
  const { scrape_configs: jobs } = parse(read('prometheus.yaml')) as {
    readonly scrape_configs: readonly {
      readonly static_configs: readonly { readonly targets: readonly string[] }[];
    }[];
  };
  const targets = jobs.flatMap(({ static_configs: all }) => all.flatMap((one) => one.targets));
  expect(targets).toEqual(['gateway:8889', 'agent:8888', 'gateway:8888']);
  const { datasources } = parse(read('grafana/datasources.yaml')) as {
    readonly datasources: readonly { readonly uid: string; readonly url: string }[];
  };
  const hosts = datasources.map(({ url }) => new URL(url).hostname);
  expect(hosts.filter((host) => !Object.hasOwn(compose.services, host))).toEqual([]);
  const dashboard = read('grafana/dashboards/models-and-agents.json');
  const used = [...dashboard.matchAll(/"uid": "([a-z]+)"/g)].map(([, uid]) => uid);
  expect(new Set(used)).toEqual(new Set(['prometheus']));
});
