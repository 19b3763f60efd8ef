import { expect, test } from 'vitest';
import { withoutLikelySecrets } from './likely-secrets.ts';

// Put together at run time, so that no scanner takes this file for a leak.
const join = (...parts: readonly string[]): string => parts.join('');
const random = 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8';
const hex = '5f3a9c07d1e84b62a0c4f7e91b3d6258';

test.each([
  ['a token of letters and digits', join('gh', 'p_', random)],
  ['one of hexadecimal digits behind a prefix', join('gh', 'p_', hex)],
  ['one with hyphens', join('sk-', 'proj-a1B2-c3D4_e5F6-g7H8-i9J0')],
  ['the id of a key', join('AK', 'IA', 'Z7QK3MWX5T2RBNDF')],
  ['a secret key with slashes', join('wJ4lrXUtnF', 'EMI/K7MDENG/bPxR', 'fiCYq0ZZm+T9', 'Xw')],
  ['a key in base64', join('Zk9+3hQ', '/x7Ue0LpR2sVbN8mYtC4aWd6', 'GfJiKoEz1qH5uB==')],
  ['a JWT', join('ey', 'JhbGciOiJIUzI1NiJ9', '.eyJzdWIiOiIxMjM0NTY3ODkwIn0.', random)],
])('%s goes, wherever it stands', (_name, token) => {
  for (const text of [`key ${token} unknown`, `{"message":"no ${token}"}`, `/v1?x=${token}&y`]) {
    const shown = withoutLikelySecrets(text);
    expect(shown).toContain('[redacted]');
    for (const part of token.split('.')) expect(shown).not.toContain(part);
  }
});

test.each([
  ['password=hunter22 is wrong', 'password=[redacted] is wrong'],
  ['{"api_key":"abc-def"}', '{"api_key":"[redacted]"}'],
  [String.raw`{\"token\":\"abc-def\"}`, String.raw`{\"token\":\"[redacted]\"}`],
  ['Authorization: Bearer abc.def', 'Authorization: [redacted]'],
  ['not taken: Basic YWxhZGRpbjpvcGVu', 'not taken: Basic [redacted]'],
  [join('login kunde:', 'G3heim-Passwort!42 refused'), 'login kunde:[redacted] refused'],
  [join('bad user "ops:', 'Tr0ub4dor"'), 'bad user "ops:[redacted]"'],
  ['dial postgres://app:p@ss?w@db:5432/x', 'dial postgres://[redacted]@db:5432/x'],
])('a value that is named goes: %s', (text, shown) => {
  expect(withoutLikelySecrets(text)).toBe(shown);
});

test.each([
  `trace ${hex} span 5f3a9c07d1e84b62 too old`,
  'request 3f2504e0-4f89-41d3-9a0c-0305e82c3301 refused',
  'opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest: unknown field 12',
  'no such host: otel-collector-7d9f8b6c5d-x2x4z.monitoring.svc.cluster.local:4318',
  'rate limit of 100000 spans per second, resets 2026-11-27T18:00:00.000000Z',
  'login db-1:5432 refused, user collector:4318, login failed: no such user',
  'user arn:aws:iam::123456789012:role/ingest may not write, login https://id.example.com/x',
  'token expired; invalid token; password required',
  'gen_ai.usage.input_tokens: expected a number',
  'no handler for /opentelemetry/proto/collector/trace/v1/TraceService/Export',
  'POST /api/Projects2/MyApplication/Environments/Production/Traces was not found',
  'see https://docs.example.com/a/b?version=1.2.3#errors',
])('what helps to find the mistake stays: %s', (text) => {
  expect(withoutLikelySecrets(text)).toBe(text);
});
