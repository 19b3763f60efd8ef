import type { MetricExporter } from '@llm-otel/core/setup';
import { describe, expect, test, vi } from 'vitest';
import { gitHubToken } from '../test/made-secrets.ts';
import type { DataPoint, Metric, ResourceMetrics } from './metric-types.ts';
import { redactMetrics } from './redact-metrics.ts';
import { redactingMetricExporter } from './redacting-metric-exporter.ts';
import { createRedactor } from './redactor.ts';

const HIDDEN = '[REDACTED:github_token]';

function metricOf(...dataPoints: DataPoint[]): Metric {
  return { descriptor: { name: 'calls', description: '', unit: '1' }, dataPoints };
}

function collected(...metrics: Metric[]): ResourceMetrics {
  const resource = { attributes: { 'service.name': 'desk' } };
  return { resource, scopeMetrics: [{ scope: { name: 'app' }, metrics }] };
}

function pointsOf(metrics: ResourceMetrics): (readonly DataPoint[])[] {
  return metrics.scopeMetrics.flatMap((scope) => scope.metrics.map(({ dataPoints }) => dataPoints));
}

function unreadable<T extends object>(object: T, member: keyof T): T {
  return Object.defineProperty(object, member, {
    enumerable: true,
    get() {
      throw new Error('no');
    },
  });
}

describe('metrics', () => {
  test('with nothing to hide are handed on as they are', () => {
    const metrics = collected(metricOf({ attributes: { model: 'm', tries: 3 }, exemplars: [] }));

    expect(redactMetrics(createRedactor())(metrics)).toBe(metrics);
  });

  test('lose a secret wherever it stands, and keep everything else', () => {
    const redactor = createRedactor();
    const note = `see ${gitHubToken}`;
    const metrics = {
      resource: { attributes: { note }, schemaUrl: 'u' },
      scopeMetrics: [
        {
          scope: { name: `lib ${note}`, version: '1', attributes: { note } },
          metrics: [
            {
              descriptor: { name: `n ${note}`, description: note, unit: note, valueType: 0 },
              dataPointType: 3,
              isMonotonic: true,
              dataPoints: [
                {
                  attributes: { note, list: ['a', note], model: 'm', [gitHubToken]: 1 },
                  value: 4,
                  exemplars: [{ filteredAttributes: { note }, value: 2 }],
                },
                { attributes: { model: 'm' }, value: 5 },
              ],
            },
          ],
        },
      ],
    };
    const before = structuredClone(metrics);

    const redacted = redactMetrics(redactor)(metrics);

    expect(JSON.stringify(redacted)).not.toContain(gitHubToken);
    expect(redacted).toEqual(
      JSON.parse(JSON.stringify(metrics).replaceAll(gitHubToken, HIDDEN)) as unknown,
    );
    expect(pointsOf(redacted)[0]?.[1]).toBe(metrics.scopeMetrics[0]?.metrics[0]?.dataPoints[1]);
    expect(metrics).toEqual(before);
    expect(redactor.report()).toEqual({ redacted: { github_token: 10 }, failed: 0 });
  });

  test('collected again give the same resource, scope, descriptor and attributes, counted once', () => {
    const redactor = createRedactor();
    const redact = redactMetrics(redactor);
    const point = { attributes: { note: gitHubToken } };
    const metrics = collected({
      ...metricOf(point),
      descriptor: { name: 'calls', description: gitHubToken, unit: '' },
    });
    const resource = { attributes: { note: gitHubToken } };

    const [a, b] = [1, 2].map(() => redact({ ...metrics, resource }));

    expect(a?.resource.attributes).toEqual({ note: HIDDEN });
    expect(b?.resource).toBe(a?.resource);
    const [one, two] = [a!, b!].map(({ scopeMetrics }) => scopeMetrics[0]!.metrics[0]!);
    expect(two?.descriptor).toBe(one?.descriptor);
    expect(two?.dataPoints[0]?.attributes).toBe(one?.dataPoints[0]?.attributes);
    expect(redactor.report().redacted).toEqual({ github_token: 3 });
  });

  test.each([
    ['a text', { note: 'fine' }, (it: Record<string, unknown>) => (it.note = gitHubToken)],
    ['one more', { note: 'fine' }, (it: Record<string, unknown>) => (it.more = gitHubToken)],
    [
      'in a list',
      { note: ['fine'] },
      (it: Record<string, unknown>) => ((it.note as string[])[0] = gitHubToken),
    ],
  ])('attributes that the application changed since are looked at again: %s', (_, made, change) => {
    const redact = redactMetrics(createRedactor());
    const metrics = collected(metricOf({ attributes: made }));

    expect(redact(metrics)).toBe(metrics);
    change(made);

    expect(JSON.stringify(redact(metrics))).not.toContain(gitHubToken);
  });

  test('are handed on as they are by a redactor that is switched off', () => {
    const metrics = collected(metricOf({ attributes: { note: gitHubToken } }));

    expect(redactMetrics(createRedactor({ version: 1, enabled: false }))(metrics)).toBe(metrics);
  });
});

describe('what cannot be redacted', () => {
  test('is replaced where it is the value of an attribute', () => {
    const redactor = createRedactor();
    const attributes = unreadable({ model: 'm', bad: 'x' }, 'bad');

    const redacted = redactMetrics(redactor)(collected(metricOf({ attributes })));

    expect(pointsOf(redacted)).toEqual([[{ attributes: { model: 'm', bad: '[REDACTED:error]' } }]]);
    expect(redactor.report().failed).toBeGreaterThan(0);
  });

  test('is replaced as a whole where not even the names can be read', () => {
    const redactor = createRedactor();
    const attributes = new Proxy(
      {},
      {
        ownKeys() {
          throw new Error('no');
        },
      },
    );

    const redacted = redactMetrics(redactor)(collected(metricOf({ attributes })));

    expect(pointsOf(redacted)).toEqual([
      [{ attributes: { 'llm_otel.redaction': '[REDACTED:error]' } }],
    ]);
    expect(redactor.report().failed).toBeGreaterThan(0);
  });

  test('is left out where it is a data point, a metric or a scope; the others go on', () => {
    const redactor = createRedactor();
    const good = { attributes: { model: 'm' } };
    const metrics = collected(
      metricOf(good, unreadable({ attributes: {} }, 'attributes'), good),
      unreadable(metricOf(good), 'descriptor'),
    );
    const scope = unreadable({ scope: { name: 'bad' }, metrics: [metricOf(good)] }, 'scope');

    const redacted = redactMetrics(redactor)({
      ...metrics,
      scopeMetrics: [scope, ...metrics.scopeMetrics],
    });

    expect(pointsOf(redacted)).toEqual([[good, good]]);
    expect(redactor.report().failed).toBe(3);
  });

  test('is everything where the resource cannot be read', () => {
    const redactor = createRedactor();

    const redacted = redactMetrics(redactor)(
      unreadable(collected(metricOf({ attributes: { note: gitHubToken } })), 'resource'),
    );

    expect(redacted).toEqual({
      resource: { attributes: { 'llm_otel.redaction': '[REDACTED:error]' } },
      scopeMetrics: [],
    });
    expect(redactor.report().failed).toBe(1);
  });
});

describe('the metric exporter', () => {
  const base: MetricExporter = {
    export: (_, done) => done({ code: 0 }),
    forceFlush: async () => undefined,
    shutdown: async () => undefined,
  };

  test('exports what is redacted, and passes on the result', () => {
    const next = vi.fn<MetricExporter['export']>((_, done) => done({ code: 1 }));
    const done = vi.fn();

    redactingMetricExporter(createRedactor())({ ...base, export: next }).export(
      collected(metricOf({ attributes: { note: gitHubToken } })),
      done,
    );

    expect(next.mock.calls[0]?.[0]).toEqual(collected(metricOf({ attributes: { note: HIDDEN } })));
    expect(done).toHaveBeenCalledExactlyOnceWith({ code: 1 });
  });

  test('passes on every other call, to methods of a class too', async () => {
    class Vendor {
      readonly calls: unknown[] = [];
      export(): void {}
      async forceFlush(options: unknown): Promise<void> {
        this.calls.push(['flush', options]);
      }
      async shutdown(options: unknown): Promise<void> {
        this.calls.push(['shutdown', options]);
      }
      selectAggregationTemporality(type: unknown): 0 | 1 {
        this.calls.push(['temporality', type]);
        return 0;
      }
      selectAggregation(type: unknown): { type: number } {
        this.calls.push(['aggregation', type]);
        return { type: 4 };
      }
    }
    const vendor = new Vendor();
    const exporter = redactingMetricExporter(createRedactor())(vendor);

    await exporter.forceFlush({ timeoutMillis: 1 });
    await exporter.shutdown({ timeoutMillis: 2 });

    expect(exporter.selectAggregationTemporality?.('COUNTER')).toBe(0);
    expect(exporter.selectAggregation?.('HISTOGRAM')).toEqual({ type: 4 });
    expect(vendor.calls).toEqual([
      ['flush', { timeoutMillis: 1 }],
      ['shutdown', { timeoutMillis: 2 }],
      ['temporality', 'COUNTER'],
      ['aggregation', 'HISTOGRAM'],
    ]);
  });

  test('has no choice of temporality or aggregation where the one behind it has none', () => {
    const exporter = redactingMetricExporter(createRedactor())(base);

    expect(Object.keys(exporter).toSorted()).toEqual(['export', 'forceFlush', 'shutdown']);
  });

  test('hands on the very metrics while the redactor is switched off', () => {
    const received: unknown[] = [];
    const off = createRedactor({ version: 1, enabled: false });
    const exporter = redactingMetricExporter(off)({
      ...base,
      export: (metrics) => void received.push(metrics),
    });
    const metrics = { resource: { attributes: {} }, scopeMetrics: [] };

    exporter.export(metrics, () => undefined);

    expect(received[0]).toBe(metrics);
  });
});
