import { diag } from '@opentelemetry/api';
import { describe, expect, test, vi } from 'vitest';
import { otlpSettings } from './otlp-settings.ts';

describe('the address', () => {
  test('is that of a local receiver by default', () => {
    expect(otlpSettings('traces', {}).url).toBe('http://localhost:4318/v1/traces');
    expect(otlpSettings('metrics', {}).url).toBe('http://localhost:4318/v1/metrics');
  });

  test.each([
    ['https://host', 'https://host/v1/traces'],
    ['https://host/', 'https://host/v1/traces'],
    ['https://host/otel//', 'https://host/otel/v1/traces'],
    ['https://host/otel?key=1', 'https://host/otel/v1/traces?key=1'],
  ])('of the base %s is %s', (otlpEndpoint, url) => {
    expect(otlpSettings('traces', { otlpEndpoint }).url).toBe(url);
    expect(otlpSettings('traces', {}, { endpoint: otlpEndpoint }).url).toBe(url);
  });

  test('of a signal of its own is used exactly as it is', () => {
    const environment = {
      otlpEndpoint: 'https://base',
      otlpTracesEndpoint: 'https://traces/',
      otlpMetricsEndpoint: 'https://metrics/in',
    };

    expect(otlpSettings('traces', environment).url).toBe('https://traces/');
    expect(otlpSettings('metrics', environment).url).toBe('https://metrics/in');
  });

  test('given in code wins over both variables', () => {
    const environment = { otlpEndpoint: 'https://base', otlpTracesEndpoint: 'https://traces' };

    expect(otlpSettings('traces', environment, { endpoint: 'https://code' }).url).toBe(
      'https://code/v1/traces',
    );
  });
});

test.each(['localhost:4318', 'not a url', '', 'http://'])(
  'the endpoint "%s" is refused',
  (endpoint) => {
    expect(() => otlpSettings('traces', {}, { endpoint })).toThrow(/^endpoint is ".*": use a URL/);
  },
);

test('headers of all three places are put together, the nearest wins', () => {
  const environment = {
    otlpHeaders: { a: 'common', b: 'common', c: 'common' },
    otlpTracesHeaders: { b: 'signal', c: 'signal' },
  };

  expect(otlpSettings('traces', environment, { headers: { c: 'code' } }).headers).toEqual({
    a: 'common',
    b: 'signal',
    c: 'code',
  });
});

test('option wins over signal, signal over common, common over default', () => {
  const common = { otlpCompression: 'gzip', otlpTimeoutMillis: 1 } as const;
  const signal = { ...common, otlpTracesCompression: 'none', otlpTracesTimeoutMillis: 2 } as const;
  const metrics = {
    ...common,
    otlpMetricsCompression: 'none',
    otlpMetricsTimeoutMillis: 2,
  } as const;

  expect(otlpSettings('traces', {})).toMatchObject({ compression: 'none', timeoutMillis: 10_000 });
  expect(otlpSettings('traces', common)).toMatchObject({ compression: 'gzip', timeoutMillis: 1 });
  expect(otlpSettings('traces', signal)).toMatchObject({ compression: 'none', timeoutMillis: 2 });
  expect(otlpSettings('metrics', metrics)).toMatchObject({ compression: 'none', timeoutMillis: 2 });
  expect(otlpSettings('traces', signal, { compression: 'gzip', timeoutMillis: 3 })).toMatchObject({
    compression: 'gzip',
    timeoutMillis: 3,
  });
});

test('a base that ends in the path of a signal is told about once, by that signal', () => {
  const warn = vi.fn<(message: string) => void>();
  diag.setLogger({ error: warn, warn, info: warn, debug: warn, verbose: warn });
  warn.mockReset();
  const environment = { otlpEndpoint: 'https://host/v1/traces?key=made-up' };

  expect(otlpSettings('traces', environment).url).toBe(
    'https://host/v1/traces/v1/traces?key=made-up',
  );
  otlpSettings('metrics', environment);
  otlpSettings('traces', { otlpTracesEndpoint: 'https://host/v1/traces' });
  diag.disable();

  expect(warn).toHaveBeenCalledOnce();
  expect(warn.mock.calls[0]?.[0]).toContain('set OTEL_EXPORTER_OTLP_TRACES_ENDPOINT');
  expect(warn.mock.calls[0]?.[0]).not.toContain('made-up');
});

describe('over gRPC', () => {
  test('the address is a receiver for gRPC by default, and gets no path', () => {
    expect(otlpSettings('traces', { otlpProtocol: 'grpc' })).toMatchObject({
      protocol: 'grpc',
      url: 'http://localhost:4317',
    });
    const endpoint = 'https://collector.example:4317';
    expect(otlpSettings('logs', { otlpProtocol: 'grpc', otlpEndpoint: endpoint }).url).toBe(
      endpoint,
    );
    expect(otlpSettings('logs', {}, { endpoint, protocol: 'grpc' }).url).toBe(endpoint);
  });

  test('one signal may go another way than the others', () => {
    const environment = { otlpProtocol: 'grpc', otlpMetricsProtocol: 'http/json' } as const;

    expect(otlpSettings('traces', environment).protocol).toBe('grpc');
    expect(otlpSettings('metrics', environment)).toMatchObject({
      protocol: 'http/json',
      url: 'http://localhost:4318/v1/metrics',
    });
  });

  test('an address of the environment needs no scheme: it is with TLS, unless the variable for that says otherwise', () => {
    const grpc = { otlpProtocol: 'grpc', otlpEndpoint: 'collector:4317' } as const;

    expect(otlpSettings('traces', grpc).url).toBe('https://collector:4317');
    expect(otlpSettings('traces', { ...grpc, otlpInsecure: true }).url).toBe(
      'http://collector:4317',
    );
    const both = { ...grpc, otlpInsecure: true, otlpTracesInsecure: false };
    expect(otlpSettings('traces', both).url).toBe('https://collector:4317');
    expect(otlpSettings('logs', both).url).toBe('http://collector:4317');
    expect(otlpSettings('logs', { ...both, otlpLogsEndpoint: 'dns:///logs.example:1' }).url).toBe(
      'http://logs.example:1',
    );
  });

  test.each([
    ['http://plain:1', 'http://plain:1'],
    ['unix:/run/otlp.sock', 'unix:/run/otlp.sock'],
    ['[::1]:4317', 'https://[::1]:4317'],
    ['collector', 'https://collector:443'],
  ])('the address %s is %s', (otlpEndpoint, url) => {
    expect(otlpSettings('traces', { otlpProtocol: 'grpc', otlpEndpoint }).url).toBe(url);
  });

  test('zstd of the environment is told about and not used', () => {
    const warn = vi.fn<(message: string) => void>();
    diag.setLogger({ error: warn, warn, info: warn, debug: warn, verbose: warn });
    warn.mockReset();
    const environment = { otlpProtocol: 'grpc', otlpCompression: 'zstd' } as const;

    expect(otlpSettings('logs', environment).compression).toBe('none');
    diag.disable();

    expect(warn.mock.calls).toEqual([[expect.stringContaining('gRPC has no zstd, logs go')]]);
  });

  test('one signal over HTTP does without an address that is for gRPC, and says so', () => {
    const warn = vi.fn<(message: string) => void>();
    diag.setLogger({ error: warn, warn, info: warn, debug: warn, verbose: warn });
    warn.mockReset();
    const environment = {
      otlpProtocol: 'grpc',
      otlpMetricsProtocol: 'http/json',
      otlpEndpoint: 'collector:4317',
    } as const;

    expect(otlpSettings('metrics', environment).url).toBe('http://localhost:4318/v1/metrics');
    diag.disable();

    expect(warn.mock.calls).toEqual([[expect.stringContaining('metrics, which go over HTTP')]]);
  });

  test('an address without a scheme in code is refused', () => {
    expect(() =>
      otlpSettings('traces', {}, { endpoint: 'localhost:4317', protocol: 'grpc' }),
    ).toThrow(
      'endpoint is "localhost:4317": use a URL that starts with http:// or https://, such as http://localhost:4317',
    );
  });
});

test('certificates of a signal win over the common ones', () => {
  const environment = {
    otlpCertificate: '/ca.pem',
    otlpTracesCertificate: '/traces/ca.pem',
    otlpClientCertificate: '/cert.pem',
    otlpClientKey: '/key.pem',
  };

  expect(otlpSettings('traces', environment).tls).toEqual({
    caFile: '/traces/ca.pem',
    certFile: '/cert.pem',
    keyFile: '/key.pem',
  });
  expect(otlpSettings('logs', environment).tls.caFile).toBe('/ca.pem');
});

test('a key without its certificate is not used, nor the other way round', () => {
  const none = { caFile: undefined, certFile: undefined, keyFile: undefined };

  expect(otlpSettings('traces', { otlpClientKey: '/key.pem' }).tls).toEqual(none);
  expect(otlpSettings('logs', { otlpLogsClientCertificate: '/cert.pem' }).tls).toEqual(none);
});

test.each([
  ['endpoint', {}, 'http/protobuf'],
  ['endpoint', {}, 'grpc'],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', { otlpEndpoint: true }, 'http/protobuf'],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', { otlpEndpoint: true }, 'grpc'],
  ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', { otlpTracesEndpoint: true }, 'http/protobuf'],
] as const)(
  'a user and a password in %s are refused by its name, without them',
  (name, set, protocol) => {
    const address = `https://user:${['pass', 'word'].join('-')}@otel.example`;
    const environment = Object.fromEntries(Object.keys(set).map((key) => [key, address]));
    const options = name === 'endpoint' ? { endpoint: address, protocol } : { protocol };

    expect(() => otlpSettings('traces', environment, options)).toThrow(
      `${name} is [redacted]: use a URL without a user name and password, and an authorization header instead`,
    );
  },
);
