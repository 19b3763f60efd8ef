import { InvalidOptionError, UnknownOptionError } from '@llm-otel/core';
import { expect, test } from 'vitest';
import * as portable from './index.ts';
import { otlpGrpcDestination } from './grpc/index.ts';
import { fileDestination, memoryLimit, nodeTransport } from './node/index.ts';
import { requestBytesOption } from './owner-options.ts';
import { diskSpool } from './spool/index.ts';

/** Text that must not be in any error. Made here, so that no scanner takes it for a real one. */
const secret = ['sk', 'live', 'a1b2c3d4e5f6'].join('-');
const url = 'http://localhost:4318/v1/traces';
const destinations = [portable.otlpDestination({ url })];

type Values = readonly unknown[];
type Table = Readonly<Record<string, Values>>;

const notNumbers: Values = ['10', Number.NaN, null, true, {}, [1], -1, -Infinity, 10n];
const positive: Values = [...notNumbers, 0];
const whole: Values = [...positive, 1.5, Infinity];
const bytes: Values = [...positive, Infinity];
const millis: Values = notNumbers;
const texts: Values = ['', 1, null, {}, []];
const objects: Values = [null, 1, 'text', true, []];
const functions: Values = [null, 1, 'text', {}, []];
const words: Values = ['', 'sometimes', null, 1, {}];
const lists: Values = [null, 1, 'text', {}];

const clock: Values = [...objects, {}, Date];
const retry: Table = {
  retry: objects,
  'retry.initialDelayMillis': bytes,
  'retry.maxDelayMillis': bytes,
  'retry.maxElapsedMillis': millis,
  'retry.maxRetryAfterMillis': millis,
};
const buffer: Table = { buffer: objects, 'buffer.maxItems': whole, 'buffer.maxBytes': bytes };
const breaker: Table = {
  breaker: objects,
  'breaker.failures': positive,
  'breaker.resetMillis': bytes,
};
const owner: Table = {
  destinations: [undefined, ...lists, [], [undefined], [null], [{}], [{ name: 'a' }], ['otlp']],
  ...retry,
  ...buffer,
  spool: [...objects, {}, '/var/spool'],
  exportTimeoutMillis: millis,
  shutdownTimeoutMillis: millis,
  clock,
  random: functions,
};
const queue: Table = {
  queue: objects,
  'queue.maxItems': whole,
  'queue.maxBytes': bytes,
  'queue.whenFull': words,
};
const processor: Table = {
  ...owner,
  ...queue,
  batch: objects,
  'batch.maxItems': whole,
  'batch.maxBytes': bytes,
  'batch.delayMillis': [...notNumbers, Infinity],
  sensitivityOf: functions,
  transforms: [...lists, [null], [false], [{}], [{ name: 'redact' }], [() => undefined]],
};
const exporter: Table = { ...owner, maxRequestBytes: bytes };
const headers: Values = [
  null,
  secret,
  1,
  true,
  [secret],
  [[secret]],
  [['authorization', 1]],
  new Map([['authorization', 1]]),
  new Date(0),
  { authorization: undefined },
  { authorization: null },
  { authorization: 1 },
  { authorization: { token: secret } },
  { authorization: `${secret}\r\nx: y` },
  { 'a name': secret },
];
const otlp: Table = {
  name: texts,
  headers,
  timeoutMillis: bytes,
  concurrency: whole,
  ...retry,
  ...buffer,
  ...breaker,
  onRefused: functions,
};
const http: Table = {
  ...otlp,
  url: [undefined, ...texts, 'localhost:4318', 'ftp://localhost', `http://user:${secret}@host`],
  compression: [...words, 'GZIP'],
  protocol: [...words, 'grpc'],
  transport: [...objects, {}, fetch],
};
const tls: Table = {
  tls: objects,
  'tls.ca': [...texts, Buffer.from(secret)],
  'tls.cert': [...texts, Buffer.from(secret)],
  'tls.key': [...texts, Buffer.from(secret)],
  'tls.caFile': texts,
  'tls.certFile': texts,
  'tls.keyFile': texts,
  'tls.minVersion': [...words, 'TLSv1'],
};
const ages: Table = {
  maxAgeMillis: positive,
  maxAgeMillisBySensitivity: objects,
  'maxAgeMillisBySensitivity.restricted': positive,
};

interface Factory {
  readonly make: (options: never) => unknown;
  /** What has to be there for the rest to be looked at. */
  readonly needs?: object;
  readonly options: Table;
  /** In front of the names in errors. */
  readonly prefix?: string;
}

const factories: Readonly<Record<string, Factory>> = {
  resilientSpanProcessor: {
    make: portable.resilientSpanProcessor,
    needs: { destinations },
    options: {
      ...processor,
      stages: [...lists, [null], [false], [{}], ['stage']],
      'queue.priorityOf': functions,
    },
  },
  resilientLogProcessor: {
    make: portable.resilientLogProcessor,
    needs: { destinations },
    options: processor,
  },
  resilientExporter: {
    make: portable.resilientExporter,
    needs: { destinations },
    options: { ...exporter, ...queue },
  },
  resilientLogExporter: {
    make: portable.resilientLogExporter,
    needs: { destinations },
    options: { ...exporter, ...queue },
  },
  resilientMetricExporter: {
    make: portable.resilientMetricExporter,
    needs: { destinations },
    options: { ...exporter, temporality: words },
  },
  otlpMetricExporter: {
    make: portable.otlpMetricExporter,
    needs: { url },
    options: {
      ...http,
      temporality: words,
      spool: owner['spool']!,
      exportTimeoutMillis: millis,
      shutdownTimeoutMillis: millis,
      clock,
      random: functions,
    },
  },
  otlpDestination: { make: portable.otlpDestination, needs: { url }, options: http },
  otlpGrpcDestination: {
    make: otlpGrpcDestination,
    needs: { url: 'https://localhost:4317' },
    options: {
      ...otlp,
      ...tls,
      url: http['url']!,
      compression: [...words, 'zstd'],
      onCall: functions,
    },
  },
  exporterDestination: {
    make: (options) =>
      portable.exporterDestination(
        'mine',
        { export: () => undefined, shutdown: () => Promise.resolve() },
        options,
      ),
    options: { ...retry, ...buffer, ...breaker, timeoutMillis: bytes },
  },
  consoleDestination: {
    make: portable.consoleDestination,
    options: { name: texts, format: words, write: functions },
  },
  fileDestination: {
    make: fileDestination,
    needs: { path: '/tmp/file' },
    options: {
      path: [undefined, ...texts],
      name: texts,
      maxBytes: bytes,
      maxFiles: [...whole, 1001],
      ...ages,
      clock,
    },
  },
  nodeTransport: {
    make: nodeTransport,
    options: {
      gzipLevel: [...whole, 10],
      zstdLevel: [...whole, 20],
      maxSockets: whole,
      ...tls,
      proxy: objects,
      'proxy.url': [undefined, ...texts, 'proxy:3128', `ftp://user:${secret}@proxy`],
      'proxy.noProxy': [null, 1, {}, ['localhost']],
      socketPath: texts,
    },
  },
  memoryLimit: {
    make: memoryLimit,
    options: {
      maxHeapBytes: bytes,
      checkMillis: [...notNumbers, Infinity],
      nodeOptions: [null, 7, ['--x']],
      heapBytes: functions,
      clock,
    },
  },
  spanRateLimit: {
    make: portable.spanRateLimit,
    needs: { perSecond: 1 },
    options: {
      perSecond: [undefined, ...bytes],
      burst: bytes,
      maxNames: [...notNumbers, 1.5, Infinity],
      clock,
    },
  },
  diskSpool: {
    make: diskSpool,
    needs: { directory: '/tmp/spool' },
    prefix: 'spool',
    options: {
      directory: [undefined, ...texts],
      mode: words,
      fsync: words,
      maxBytes: [...bytes, 1000],
      segmentBytes: [...bytes, 1000],
      ...ages,
    },
  },
};

/** The options of a factory with one of them replaced. */
function replaced(needs: object, path: string, value: unknown): object {
  const [first = '', second] = path.split('.');
  const before = (needs as Readonly<Record<string, unknown>>)[first];
  // An option of another one that has to have a second option is given it.
  const inner = second === 'noProxy' ? { url: 'http://proxy:3128' } : {};
  return {
    ...needs,
    [first]: second === undefined ? value : { ...inner, ...(before as object), [second]: value },
  };
}

function errorOf(make: () => unknown): unknown {
  try {
    make();
    return undefined;
  } catch (error) {
    return error;
  }
}

function shown(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`;
  return typeof value === 'number' || value === undefined ? String(value) : JSON.stringify(value);
}

const cases = Object.entries(factories).flatMap(([name, factory]) =>
  Object.entries(factory.options).map(([path, values]) => ({ name, path, values, factory })),
);

test.each(cases)('$name: $path refuses what it cannot use', ({ path, values, factory }) => {
  const { make, needs = {}, prefix } = factory;
  const name = prefix === undefined ? path : `${prefix}.${path}`;
  for (const value of values) {
    const error = errorOf(() => make(replaced(needs, path, value) as never));

    expect(error, shown(value)).toBeInstanceOf(InvalidOptionError);
    const { option, message } = error as InvalidOptionError;
    expect(`${option} `, shown(value)).toMatch(new RegExp(`^${name.replace('.', '\\.')}[ .[]`));
    expect(message, shown(value)).toMatch(/ is .*: use ./);
    expect(message).not.toContain(secret);
  }
});

const withOptions = Object.entries(factories).map(([name, factory]) => ({ name, factory }));

test.each(withOptions)('$name tells what is no options object', ({ factory }) => {
  for (const value of [null, 1, secret, true, []]) {
    const error = errorOf(() => factory.make(value as never));

    expect(error, shown(value)).toBeInstanceOf(InvalidOptionError);
    expect((error as Error).message).not.toContain(secret);
  }
});

test.each(withOptions)('$name tells a name that is misspelt, at every level', ({ factory }) => {
  const { make, needs = {}, options, prefix } = factory;
  const base = prefix === undefined ? '' : `${prefix}.`;
  const groups = new Set([
    '',
    ...Object.keys(options).flatMap((path) =>
      path.split('.')[1] === undefined ? [] : [path.split('.')[0]!],
    ),
  ]);
  for (const group of groups) {
    if (group === 'maxAgeMillisBySensitivity') continue;
    const members = Object.keys(options)
      .filter((path) => (group === '' ? !path.includes('.') : path.startsWith(`${group}.`)))
      .map((path) => path.split('.').at(-1)!);
    for (const member of members) {
      // Two letters change places, as fingers do it.
      const typo = member.slice(0, -2) + member.at(-1)! + member.at(-2)!;
      if (typo === member || members.includes(typo)) continue;
      const given =
        group === '' ? { ...needs, [typo]: secret } : replaced(needs, `${group}.${typo}`, secret);
      const error = errorOf(() => make(given as never));

      const path = group === '' ? '' : `${group}.`;
      expect(error, typo).toBeInstanceOf(UnknownOptionError);
      expect((error as Error).message).toContain(`${base}${path}${typo} is not an option: `);
      expect((error as Error).message).toContain(member);
      expect((error as Error).message).not.toContain(secret);
    }
  }
});

test.each([
  [{ queue: { maxSize: 1 } }, 'queue.maxSize is not an option: the options of queue are maxItems'],
  [{ retry: { maxAttempt: 1 } }, 'retry.maxAttempt is not an option: the options of retry are'],
  [{ batch: { delay: 1 } }, 'did you mean batch.delayMillis?'],
  [{ shutdownTimeout: 1 }, 'did you mean shutdownTimeoutMillis?'],
])('%j is told with what there is', (options, message) => {
  const given: object = { destinations, ...options };

  expect(() => portable.resilientSpanProcessor(given as never)).toThrow(message);
});

test('spilling needs a spool', () => {
  for (const make of [portable.resilientSpanProcessor, portable.resilientExporter])
    expect(() => make({ destinations, queue: { whenFull: 'spill' } })).toThrow(
      'queue.whenFull is "spill": use a spool with it',
    );
});

test.each([
  ['failoverDestination', portable.failoverDestination],
  ['balancedDestination', portable.balancedDestination],
])('%s refuses what is no chain of destinations', (_name, make) => {
  const [otlpA] = destinations;
  const otlpB = portable.otlpDestination({ url, name: 'b' });
  const wrong: [unknown, unknown, string][] = [
    ['', [otlpA, otlpB], 'name'],
    [null, [otlpA, otlpB], 'name'],
    ['chain', undefined, 'destinations'],
    ['chain', null, 'destinations'],
    ['chain', otlpA, 'destinations'],
    ['chain', [otlpA], 'destinations'],
    ['chain', [otlpA, otlpA], 'destinations[1].name'],
    ['chain', [otlpA, null], 'destinations[1]'],
    ['chain', [otlpA, { name: 'b' }], 'destinations[1]'],
  ];
  for (const [name, members, option] of wrong) {
    const error = errorOf(() => make(name as string, members as []));

    expect(error, shown(name)).toBeInstanceOf(InvalidOptionError);
    expect((error as InvalidOptionError).option).toBe(option);
  }
});

test('exporterDestination refuses what is no exporter', () => {
  for (const exporter of [undefined, null, 'otlp', {}, { export: () => undefined }])
    expect(
      errorOf(() =>
        portable.exporterDestination('mine', exporter as unknown as portable.AnyExporter),
      ),
    ).toMatchObject({ option: 'exporter' });
  for (const name of [undefined, '', 1, null])
    expect(
      errorOf(() => portable.exporterDestination(name as string, {} as portable.AnyExporter)),
    ).toMatchObject({ option: 'name' });
});

test('fetchTransport refuses what is no fetch', () => {
  for (const value of [null, url, {}])
    expect(errorOf(() => portable.fetchTransport(value as unknown as typeof fetch))).toMatchObject({
      option: 'fetch',
    });
});

test.each([
  ['an object', { Authorization: secret }],
  ['what new Headers() makes', new Headers({ authorization: secret })],
  ['a Map', new Map([['authorization', secret]])],
  ['a list of pairs', [['authorization', secret]] as const],
  ['an object without a prototype', Object.assign(Object.create(null), { authorization: secret })],
])('headers as %s are sent', (_what, given) => {
  const { headers } = portable.otlpDestination({ url, headers: given as portable.HeaderOption });

  expect(headers.toJSON()).toEqual({ authorization: '[redacted]' });
});

test('no headers are none, in any form', () => {
  for (const headers of [undefined, {}, [], new Headers(), new Map()])
    expect(portable.otlpDestination({ url, headers }).headers.toJSON()).toEqual({});
});

test('Infinity is taken where it makes sense', () => {
  expect(() =>
    portable.resilientSpanProcessor({
      destinations,
      retry: { maxElapsedMillis: Infinity, maxRetryAfterMillis: Infinity },
      exportTimeoutMillis: Infinity,
      shutdownTimeoutMillis: Infinity,
    }),
  ).not.toThrow();
  expect(() => portable.otlpDestination({ url, breaker: { failures: Infinity } })).not.toThrow();
});

test.each<[string, () => unknown]>([
  [
    'batch.maxBytes',
    () =>
      portable.resilientSpanProcessor({
        destinations,
        spool: diskSpool({ directory: '/tmp', maxBytes: 2 ** 20 }),
        batch: { maxBytes: 2 ** 21 },
      }),
  ],
  [
    'batch.maxBytes',
    () =>
      portable.resilientLogProcessor({
        destinations,
        spool: diskSpool({ directory: '/tmp', maxBytes: 2 ** 20 }),
        batch: { maxBytes: 2 ** 21 },
      }),
  ],
  ...[
    portable.resilientExporter,
    portable.resilientLogExporter,
    portable.resilientMetricExporter,
  ].map((make): [string, () => unknown] => [
    'maxRequestBytes',
    () =>
      make({
        destinations,
        spool: diskSpool({ directory: '/tmp', maxBytes: 2 ** 20 }),
        maxRequestBytes: 2 ** 21,
      }),
  ]),
])('a request that the spool can never keep is refused at the start: %s', (option, make) => {
  expect(make).toThrow(InvalidOptionError);
  expect(make).toThrow(option);
  expect(make).toThrow('spool.maxBytes, 1048576');
});

test('what is not told is an eighth of the spool at most', () => {
  const spool = (maxBytes: number) => diskSpool({ directory: '/tmp', maxBytes });
  expect(requestBytesOption('a', undefined, spool(2 ** 20))).toBe(2 ** 17);
  expect(requestBytesOption('a', undefined, spool(2 ** 30))).toBe(2 ** 22);
  expect(requestBytesOption('a', 2 ** 20, spool(2 ** 20))).toBe(2 ** 20);
  expect(requestBytesOption('a', 2 ** 40, diskSpool({ directory: '/tmp', mode: 'off' }))).toBe(
    2 ** 40,
  );
});
