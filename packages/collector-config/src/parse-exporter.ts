import { InvalidOptionError } from '@llm-otel/sampling/policy';
import type { CollectorExporter, ExporterType } from './compile-options.ts';
import { isHostAndPort, isReference, isUrl } from './endpoint-checks.ts';
import { exporterTypes } from './exporter-types.ts';

const members = [
  'type',
  'name',
  'endpoint',
  'headers',
  'insecure',
  'compression',
  'signals',
  'only',
];
const types = Object.keys(exporterTypes) as readonly ExporterType[];
const compressions = ['gzip', 'zstd', 'none'];

/** @throws InvalidOptionError naming the member */
export function parseExporter(json: unknown, at: string): CollectorExporter {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return fail(at, json, `an object with ${members.join(', ')}`);
  }
  const exporter = json as Record<keyof CollectorExporter, unknown>;
  for (const [member, value] of Object.entries(exporter)) {
    if (!members.includes(member)) fail(`${at}.${member}`, value, `one of ${members.join(', ')}`);
  }
  const { name, endpoint, headers, insecure, compression, only } = exporter;
  const type = types.find((one) => one === exporter.type);
  if (type === undefined) return fail(`${at}.type`, exporter.type, `one of ${types.join(', ')}`);
  const traits = exporterTypes[type];
  check(
    name === undefined || (typeof name === 'string' && /^[a-z0-9_-]{1,60}$/.test(name)),
    'name',
    name,
    'up to 60 small letters, digits, - and _',
  );
  checkEndpoint();
  check(
    insecure === undefined || (typeof insecure === 'boolean' && traits.grpc === true),
    'insecure',
    insecure,
    'true or false, for otlp_grpc and jaeger; the URL of otlp_http says it',
  );
  check(
    headers === undefined || (type !== 'prometheus' && type !== 'debug'),
    'headers',
    headers,
    `no headers: ${type} sends nothing`,
  );
  check(only === undefined || only === 'gen_ai', 'only', only, '"gen_ai", or leave it out');
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
      (Array.isArray(wanted) &&
        wanted.length > 0 &&
        wanted.every((one) => traits.signals.includes(one))),
    'signals',
    wanted,
    `a list of ${traits.signals.join(', ')}`,
  );
  // A copy, so that a later change does not get past the checks.
  return structuredClone(exporter) as unknown as CollectorExporter;

  function check(holds: boolean, member: string, value: unknown, use: string): void {
    if (!holds) fail(`${at}.${member}`, value, use);
  }

  function checkEndpoint(): void {
    const { endpoint: kind, defaultEndpoint } = traits;
    if (kind === undefined) {
      return check(
        endpoint === undefined,
        'endpoint',
        endpoint,
        'no endpoint: debug writes to the log',
      );
    }
    if (endpoint === undefined && defaultEndpoint !== undefined) return;
    const text = typeof endpoint === 'string' ? endpoint : '';
    const holds = isReference(text) || (kind === 'url' ? isUrl(text) : isHostAndPort(text));
    check(
      holds,
      'endpoint',
      endpoint,
      kind === 'url' ? 'a URL or ${env:NAME}' : 'host:port or ${env:NAME}',
    );
  }

  function checkHeaders(headers: unknown): void {
    if (headers === undefined) return;
    const isObject = typeof headers === 'object' && headers !== null && !Array.isArray(headers);
    check(isObject, 'headers', headers, 'an object of texts');
    for (const [name, value] of Object.entries(headers as Record<string, unknown>)) {
      const option = `${at}.headers[${JSON.stringify(name)}]`;
      if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) fail(option, name, 'the name of an HTTP header');
      if (typeof value !== 'string' || /[\r\n]/.test(value) || !value.isWellFormed()) {
        const use = 'a text on one line, without half characters';
        throw new InvalidOptionError({ option, value, use, secret: true });
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
