import { InvalidOptionError } from '@llm-otel/sampling/policy';
import type { CollectorExporter, Signal } from './compile-options.ts';

const members = ['type', 'name', 'endpoint', 'headers', 'insecure', 'compression', 'signals'];
const types = ['otlp_http', 'otlp_grpc', 'debug'];
const compressions = ['gzip', 'zstd', 'none'];
const signals: readonly Signal[] = ['traces', 'metrics', 'logs'];

/** @throws InvalidOptionError naming the member */
export function parseExporter(json: unknown, at: string): CollectorExporter {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return fail(at, json, `an object with ${members.join(', ')}`);
  }
  const exporter = json as Record<keyof CollectorExporter, unknown>;
  for (const [member, value] of Object.entries(exporter)) {
    if (!members.includes(member)) fail(`${at}.${member}`, value, `one of ${members.join(', ')}`);
  }
  const { type, name, endpoint, headers, insecure, compression } = exporter;
  check(types.includes(type as string), 'type', type, `one of ${types.join(', ')}`);
  check(
    name === undefined || (typeof name === 'string' && /^[a-z0-9_-]{1,60}$/.test(name)),
    'name',
    name,
    'up to 60 small letters, digits, - and _',
  );
  checkEndpoint(type, endpoint);
  check(
    insecure === undefined || (typeof insecure === 'boolean' && type === 'otlp_grpc'),
    'insecure',
    insecure,
    'true or false, for otlp_grpc; the URL of otlp_http says it',
  );
  check(
    compression === undefined || compressions.includes(compression as string),
    'compression',
    compression,
    `one of ${compressions.join(', ')}`,
  );
  checkHeaders(headers);
  const wanted = exporter.signals;
  check(
    wanted === undefined ||
      (Array.isArray(wanted) && wanted.length > 0 && wanted.every((one) => signals.includes(one))),
    'signals',
    wanted,
    `a list of ${signals.join(', ')}`,
  );
  // A copy, so that a later change does not get past the checks.
  return structuredClone(exporter) as unknown as CollectorExporter;

  function check(holds: boolean, member: string, value: unknown, use: string): void {
    if (!holds) fail(`${at}.${member}`, value, use);
  }

  function checkEndpoint(type: unknown, endpoint: unknown): void {
    if (type === 'debug') {
      return check(
        endpoint === undefined,
        'endpoint',
        endpoint,
        'no endpoint: debug writes to the log',
      );
    }
    const text = typeof endpoint === 'string' ? endpoint.replaceAll(/\$\{env:\w+\}/g, 'x') : '';
    const isUrl = type === 'otlp_http' && (/^https?:\/\/[^\s]+$/.test(text) || text === 'x');
    const isHost = type === 'otlp_grpc' && (/^[\w.:[\]-]+:\w{1,5}$/.test(text) || text === 'x');
    check(
      isUrl || isHost,
      'endpoint',
      endpoint,
      type === 'otlp_http' ? 'a URL or ${env:NAME}' : 'host:port or ${env:NAME}',
    );
  }

  function checkHeaders(headers: unknown): void {
    if (headers === undefined) return;
    const isObject = typeof headers === 'object' && headers !== null && !Array.isArray(headers);
    check(isObject, 'headers', headers, 'an object of texts');
    for (const [name, value] of Object.entries(headers as Record<string, unknown>)) {
      const option = `${at}.headers[${JSON.stringify(name)}]`;
      if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) fail(option, name, 'the name of an HTTP header');
      if (typeof value !== 'string' || /[\r\n]/.test(value)) {
        throw new InvalidOptionError({ option, value, use: 'a text on one line', secret: true });
      }
      const left = value.replaceAll(/\$\{env:\w+\}/g, '');
      if (/^(authorization|cookie)$|key|token|secret/i.test(name) && left === value) {
        throw new InvalidOptionError({
          option,
          value,
          use: 'a reference such as Bearer ${env:API_TOKEN}: the configuration is no place for a secret',
          secret: true,
        });
      }
    }
  }
}

function fail(option: string, value: unknown, use: string): never {
  throw new InvalidOptionError({ option, value, use });
}
