import { expect, test } from 'vitest';
import { createRedactor } from '../src/index.ts';
import { body, charactersOf, joined } from './made-secrets.ts';
import { HEX } from '../src/engine/characters.ts';

const { redact } = createRedactor({ version: 1, presets: ['secrets', 'pii'] });
const hex = (length: number, seed = 1): string => body(length, HEX, seed);

// Values of every kind that looks like a secret and is none. What is cut out of these is damage.
test.each([
  ['an id of a chat completion', `chatcmpl-${body(29)}`],
  ['an id of a response', `resp_${hex(48)}`],
  ['an id of a message', `msg_01${body(22)}`],
  ['an id of a tool use', `toolu_01${body(22)}`],
  ['an id of a call', `call_${body(24)}`],
  ['an id of a run', `run_${body(24)}`],
  ['an id of a thread', `thread_${body(24)}`],
  ['an id of an assistant', `asst_${body(24)}`],
  ['an id of a file', `file-${body(22)}`],
  ['an id of a batch', `batch_${hex(32)}`],
  ['an id of a request', `req_01${body(22)}`],
  ['an id of a generation', `gen-1763000000-${body(20)}`],
  ['a fingerprint', `fp_${hex(10)}`],
  ['a trace id', hex(32)],
  ['a span id', hex(16)],
  ['a traceparent', `00-${hex(32)}-${hex(16)}-01`],
  ['a UUID', '3f2b8c1e-9d4a-4f6b-8e7c-1a2b3c4d5e6f'],
  ['a ULID', '01ARZ3NDEKTSV4RRFFQ69G5FAV'],
  ['a nanoid', 'V1StGXR8_Z5jdHi6B-myT'],
  ['an id of MongoDB', hex(24)],
  ['a git digest', hex(40)],
  ['an image digest', `sha256:${hex(64)}`],
  ['an integrity', `sha512-${body(86)}==`],
  ['an ETag', `W/"${hex(32)}"`],
  ['a data URI', `data:image/png;base64,iVBORw0KGgo${body(200)}`],
  ['an embedding', '[-0.0123456789012345,0.4111111111111111,0.0351234567890123]'],
  ['a time in seconds', '1763000000'],
  ['a time in milliseconds', '1763000000123'],
  ['a time in microseconds', '1763000000123456'],
  ['a time in nanoseconds', '1763000000123456789'],
  ['a snowflake', '1234567890123456789'],
  ['an ISBN', '978-3-16-148410-0'],
  ['an article number', '4006381333931'],
  ['a version', '1.24.0-rc.3+build.20260101'],
  ['an ARN', 'arn:aws:iam::123456789012:role/service-role/my-role'],
  ['a resource id', '/subscriptions/3f2b8c1e-9d4a-4f6b-8e7c-1a2b3c4d5e6f/resourceGroups/rg'],
  ['a coordinate', '52.5200066, 13.4049540'],
  ['a date and a time', '2026-11-20T22:50:02.123456Z'],
  ['a duration', 'took 00:01:02.345678901'],
  ['a path', '/usr/lib/x86_64-linux-gnu/libsecret-1.so.0'],
  ['a package', '@types/node@24.1.0'],
  ['a class name of a stylesheet', 'sk-fading-circle sk-cube-grid-animation'],
  ['a stack frame', 'at Object.<anonymous> (/app/src/token-store.ts:12:34)'],
  ['a model', 'gpt-4.1-mini-2025-04-14'],
  ['a host with a port', 'db-1.internal.example.com:5432'],
  ['a query', 'SELECT token_count, author FROM usage WHERE id = $1'],
  [
    'a finish reason',
    '{"finish_reason":"stop","usage":{"prompt_tokens":12,"completion_tokens":3}}',
  ],
])('%s stays', (_, value) => {
  expect(redact(value)).toBe(value);
  expect(redact(`{"id":"${value.replaceAll('"', String.raw`\"`)}","n":1}`)).toContain(
    value.slice(0, 20).split('"')[0],
  );
});

test('the alphabet of hex digits is what its name says', () => {
  expect(charactersOf(HEX)).toBe('0123456789abcdef');
  expect(joined('a', 'b')).toBe('ab');
});
