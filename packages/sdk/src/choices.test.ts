import { InvalidOptionError, type Sampler } from '@llm-otel/core';
import type { PropagatorName, TelemetryEnvironment } from '@llm-otel/core/setup';
import { createRedactor } from '@llm-otel/redaction';
import { diag, ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api';
import { describe, expect, test, vi } from 'vitest';
import { attributeLengths } from './attribute-lengths.ts';
import { chooseDestinations } from './choose-destinations.ts';
import { chooseMetrics } from './choose-metrics.ts';
import type { Choosing } from './choosing.ts';
import { choosePropagator } from './choose-propagator.ts';
import { redactionPolicy } from './choose-redaction.ts';
import { chooseSampling } from './choose-sampling.ts';
import { exportPlan } from './export-plan.ts';
import { presetFor } from './presets.ts';
import { spanLimits } from './span-limits.ts';
import type { TelemetryOptions } from './telemetry-options.ts';
import { withUndelivered } from './undelivered.ts';

const development = presetFor('development', undefined);
const redactor = createRedactor();

function choosing(
  options: TelemetryOptions,
  environment: TelemetryEnvironment = {},
  preset = development,
): Choosing {
  return { options, environment, plan: exportPlan(options, environment, preset), redactor };
}

async function namesOf(...from: Parameters<typeof choosing>): Promise<string[]> {
  const destinations = await chooseDestinations(choosing(...from));
  return destinations.map(({ name }) => name);
}

describe('destinations', () => {
  test('are OTLP by default, and what the variable lists where it is set', async () => {
    expect(await namesOf({})).toEqual(['otlp']);
    expect(await namesOf({}, { tracesExporters: ['otlp', 'console'] })).toEqual([
      'otlp',
      'console',
    ]);
    expect(await namesOf({}, { tracesExporters: ['none'] })).toEqual([]);
  });

  test('given in code win', async () => {
    expect(await namesOf({ destinations: [] }, { tracesExporters: ['otlp'] })).toEqual([]);
  });

  test('of a test run are none, unless a receiver is named', async () => {
    const preset = presetFor('test', undefined);

    expect(await namesOf({}, {}, preset)).toEqual([]);
    expect(await namesOf({ endpoint: 'http://127.0.0.1:9' }, {}, preset)).toEqual(['otlp']);
    expect(await namesOf({}, { otlpTracesEndpoint: 'http://127.0.0.1:9' }, preset)).toEqual([
      'otlp',
    ]);
    expect(await namesOf({}, { tracesExporters: ['console'] }, preset)).toEqual(['console']);
  });
});

describe('metrics', () => {
  test('are off where they are switched off', async () => {
    await expect(chooseMetrics(choosing({ metrics: false }))).resolves.toBeUndefined();
    await expect(
      chooseMetrics(choosing({}, { metricsExporters: ['none'] })),
    ).resolves.toBeUndefined();
    await expect(
      chooseMetrics(choosing({}, {}, presetFor('test', undefined))),
    ).resolves.toBeUndefined();
  });

  test('take the interval of the option, then that of the variable', async () => {
    const environment = { metricExportIntervalMillis: 2 };

    const option = await chooseMetrics(
      choosing({ metrics: { exportIntervalMillis: 1 } }, environment),
    );
    const variable = await chooseMetrics(choosing({}, environment));

    expect(option?.options.exports[0]?.exportIntervalMillis).toBe(1);
    expect(variable?.options.exports[0]?.exportIntervalMillis).toBe(2);
    expect(variable?.ledger?.()).toMatchObject({ signal: 'metrics', ended: 0 });
  });

  test('go to an exporter of the application where one is given', async () => {
    const exporter = {
      export: vi.fn(),
      forceFlush: async () => undefined,
      shutdown: async () => undefined,
    };

    const choice = await chooseMetrics(choosing({ metrics: { exporter } }));

    choice?.options.exports[0]?.exporter.export({}, () => undefined);
    expect(exporter.export).toHaveBeenCalledOnce();
    expect(choice?.ledger).toBeUndefined();
  });
});

describe('lengths of attributes', () => {
  test('are those of a signal before the common one', () => {
    const environment = { attributeValueLengthLimit: 900, spanAttributeValueLengthLimit: 800 };

    expect(attributeLengths({}, environment)).toEqual({ spans: 800, logs: 900 });
    expect(attributeLengths({}, { logAttributeValueLengthLimit: 700 })).toEqual({
      spans: undefined,
      logs: 700,
    });
    expect(attributeLengths({ redaction: false }, environment).spans).toBe(800);
  });

  test('are 64 characters at least, and less is told', () => {
    const warn = vi.spyOn(diag, 'warn');
    const lengths = attributeLengths({}, { attributeValueLengthLimit: 10 });
    expect(lengths).toEqual({ spans: 64, logs: 64 });
    expect(warn.mock.calls).toEqual([
      [
        'llm-otel: the length limit of 10 is less than the least there is: values are cut to 64 characters',
      ],
    ]);
    warn.mockClear();

    attributeLengths({}, { attributeValueLengthLimit: 64 });
    const given = attributeLengths(
      { redaction: { version: 1, maxValueLength: 900 } },
      { attributeValueLengthLimit: 10 },
    );
    expect(warn).not.toHaveBeenCalled();
    expect(given).toEqual({ spans: undefined, logs: undefined });
    warn.mockRestore();
  });
});

describe('propagators', () => {
  const fieldsOf = async (...propagators: PropagatorName[]): Promise<unknown> =>
    (await choosePropagator({}, { propagators }))?.fields();

  test('are W3C trace context and baggage by default', async () => {
    expect((await choosePropagator({}, {}))?.fields()).toEqual([
      'traceparent',
      'tracestate',
      'baggage',
    ]);
  });

  test('are those of the variable, or none', async () => {
    expect(await fieldsOf('baggage')).toEqual(['baggage']);
    expect(await fieldsOf('none')).toBeUndefined();
    expect(await fieldsOf('tracecontext', 'jaeger')).toEqual([
      'traceparent',
      'tracestate',
      'uber-trace-id',
    ]);
    expect(await fieldsOf('b3')).toContain('b3');
  });

  test('given in code win', async () => {
    const propagator = {
      inject: () => undefined,
      extract: () => ROOT_CONTEXT,
      fields: () => ['x'],
    };

    expect(await choosePropagator({ propagator }, { propagators: ['none'] })).toBe(propagator);
  });
});

describe('sampling', () => {
  test.each(['errors-only', 'production', 'errors-and-10-percent'] as const)(
    'the name of a preset is a policy: %s',
    (sampling) => {
      const { policy, stage } = chooseSampling({ sampling }, {}, development);
      expect(policy?.policy.rules[0]?.name).toBe('errors');
      expect(stage).toBeDefined();
    },
  );

  test.each([null, true, [], 'nonsense', 2])('%j is refused with what to use', (sampling) => {
    const choose = (): unknown => chooseSampling({ sampling: sampling as never }, {}, development);
    expect(choose).toThrow(InvalidOptionError);
    expect(choose).toThrow(/^sampling is .*: use /);
  });

  const traceIds = Array.from({ length: 400 }, () =>
    Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('hex'),
  );
  const share = (sampler: Sampler, parent = ROOT_CONTEXT): number =>
    traceIds.filter(
      (id) => sampler.shouldSample(parent, id, 'work', SpanKind.INTERNAL, {}, []).decision === 2,
    ).length / traceIds.length;
  const sampledParent = trace.setSpanContext(ROOT_CONTEXT, {
    traceId: '1'.repeat(32),
    spanId: '2'.repeat(16),
    traceFlags: 1,
  });
  const of = (environment: TelemetryEnvironment, sampling?: number): Sampler =>
    chooseSampling({ sampling }, environment, development).sampler;

  test.each([
    [{}, 1, 1],
    [{ tracesSampler: 'always_on' }, 1, 1],
    [{ tracesSampler: 'always_off' }, 0, 0],
    [{ tracesSampler: 'traceidratio', tracesSamplerRatio: 0 }, 0, 0],
    [{ tracesSampler: 'traceidratio' }, 1, 1],
    [{ tracesSampler: 'parentbased_always_on' }, 1, 1],
    [{ tracesSampler: 'parentbased_always_off' }, 0, 1],
    [{ tracesSampler: 'parentbased_traceidratio', tracesSamplerRatio: 0 }, 0, 1],
    [{ samplingRate: 0 }, 0, 1],
  ] as const)(
    '%o keeps %d of the roots, and %d of the children of kept parents',
    (environment, roots, children) => {
      expect(share(of(environment))).toBe(roots);
      expect(share(of(environment), sampledParent)).toBe(children);
    },
  );

  test('a share of roots is about kept', () => {
    // Five standard deviations.
    expect(Math.abs(share(of({ samplingRate: 0.5 })) - 0.5)).toBeLessThan(0.125);
  });

  test('the option wins over the sampler of the variable, and that over the rate', () => {
    expect(share(of({ tracesSampler: 'always_off' }, 1))).toBe(1);
    expect(share(of({ tracesSampler: 'always_off', samplingRate: 1 }))).toBe(0);
  });

  test('a policy that keeps everything needs no buffer, one that does not has one', () => {
    expect(chooseSampling({}, {}, development).stage).toBeUndefined();
    expect(chooseSampling({}, {}, presetFor('production', undefined)).stage).toBeDefined();
  });

  test('who asks for details is told that production keeps a part, unless somebody has chosen it', () => {
    const info = vi.spyOn(diag, 'info');
    const production = presetFor('production', undefined);

    for (const preset of [development, presetFor('test', undefined)])
      chooseSampling({}, {}, preset);
    chooseSampling({ sampling: 0.5 }, {}, production);
    chooseSampling({}, { samplingRate: 1 }, production);
    expect(info).not.toHaveBeenCalled();

    chooseSampling({}, {}, production);
    expect(info.mock.calls).toEqual([[expect.stringContaining('OTEL_SAMPLING_RATE=1 keeps all')]]);
    info.mockRestore();
  });
});

describe('redaction', () => {
  test('follows the variables', () => {
    expect(
      redactionPolicy(
        {},
        {
          redactionEnabled: true,
          redactPrompts: true,
          redactCompletions: false,
        },
      ),
    ).toEqual({
      version: 1,
      enabled: true,
      prompts: false,
      completions: true,
    });
    expect(redactionPolicy({}, {})).toEqual({ version: 1 });
  });

  test('given in code wins', () => {
    expect(redactionPolicy({ redaction: false }, { redactionEnabled: true }).enabled).toBe(false);
    expect(
      redactionPolicy({ redaction: { version: 1, enabled: true } }, { redactionEnabled: false })
        .enabled,
    ).toBe(true);
  });
});

test('the limits of a span are those of the option, of its own variable, of the common one', () => {
  const environment = {
    attributeCountLimit: 1,
    spanAttributeCountLimit: 2,
    spanEventCountLimit: 3,
  };

  expect(spanLimits(undefined, {})).toEqual({});
  expect(spanLimits({ attributeCountLimit: 9 }, environment)).toEqual({
    attributeCountLimit: 9,
    eventCountLimit: 3,
    attributePerEventCountLimit: 1,
    attributePerLinkCountLimit: 1,
  });
  expect(spanLimits(undefined, environment).attributeCountLimit).toBe(2);
});

test('what a ledger lost or still holds makes a report incomplete', () => {
  const to = {
    handed: 0,
    recovered: 0,
    exported: 0,
    rejected: {},
    dropped: {},
    inFlight: 0,
    spooled: 0,
  };
  const none = {
    signal: 'traces',
    ended: 0,
    sampledOut: {},
    undecided: 0,
    queued: 0,
    dropped: {},
    handed: 0,
    destinations: { to },
  } as const;
  const fine = { complete: true, problems: [] };

  expect(withUndelivered(fine, [none], [none], () => ({ spooled: 0, pending: 0 }))).toMatchObject(
    fine,
  );
  expect(
    withUndelivered(
      fine,
      [{ ...none, dropped: { early: 1 } }],
      [
        {
          ...none,
          queued: 1,
          undecided: 2,
          dropped: { early: 1, late: 2 },
          destinations: { to: { ...to, inFlight: 4, rejected: { 400: 3 } } },
        },
      ],
      () => ({ spooled: 5, pending: 7 }),
    ),
  ).toEqual({
    complete: false,
    problems: ['traces: 7 still waiting', '2 spans dropped: late', '3 spans rejected by to: 400'],
    delivered: 0,
    spooled: 5,
    rejected: 3,
    dropped: 2,
    pending: 7,
  });
});
