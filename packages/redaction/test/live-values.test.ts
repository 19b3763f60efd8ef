// Values that answer differently each time they are asked: what was looked at is what leaves.
import { createRedactor, redactLogs } from '@llm-otel/redaction';
import { expect, test, vi } from 'vitest';

// Put together at run time, so that no scanner takes this file for a leak.
const token = ['gh', 'p_', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('');
const redactor = createRedactor({ version: 1, presets: ['secrets', 'pii'] });

/** Harmless to who looks first. */
function answers(): () => string {
  let asked = 0;
  return () => (asked++ === 0 ? 'clean' : token);
}

function withGetter(target: object, key: PropertyKey): object {
  return Object.defineProperty(target, key, { get: answers(), enumerable: true });
}

test.each<[string, () => unknown, unknown]>([
  ['a getter', () => withGetter({}, 'a'), { a: 'clean' }],
  [
    'one beside a finding',
    () => withGetter({ b: token }, 'a'),
    { b: '[REDACTED:github_token]', a: 'clean' },
  ],
  ['one further in', () => ({ x: [withGetter({}, 'a')] }), { x: [{ a: 'clean' }] }],
  ['an item of a list', () => withGetter(['x', 'y'], 0), ['clean', 'y']],
  ['one of a list further in', () => ({ x: withGetter([1, 'y'], 1) }), { x: [1, 'clean'] }],
  ['toJSON', () => ({ x: { toJSON: answers() } }), { x: 'clean' }],
  ['toString', () => ({ x: { toString: answers() } }), { x: 'clean' }],
  [
    'toString of a class',
    () => ({
      x: new (class {
        readonly toString = answers();
      })(),
    }),
    { x: 'clean' },
  ],
  ['Symbol.toPrimitive', () => ({ x: { [Symbol.toPrimitive]: answers() } }), { x: 'clean' }],
])('%s', (_name, make, expected) => {
  const redacted = redactor.redactDeep(make());
  expect(redacted).toEqual(expected);
  expect(JSON.stringify(redacted)).not.toContain(token);
  expect(JSON.stringify(redacted)).toBe(JSON.stringify(expected));
});

/** A proxy that answers for the members of `target` as `answer` says. */
function proxyOf<Target extends object>(target: Target, answer: () => unknown): Target {
  return new Proxy(target, {
    get: (of, key) =>
      Object.hasOwn(of, key) && key !== 'length' ? answer() : Reflect.get(of, key),
  });
}

test.each<[string, () => unknown, unknown]>([
  ['a map', () => proxyOf({ a: 1 }, answers()), { a: 'clean' }],
  ['one further in', () => ({ x: proxyOf({ a: 1 }, answers()) }), { x: { a: 'clean' } }],
  ['a list', () => proxyOf(['y'], answers()), ['clean']],
  ['one in a list', () => [[proxyOf(['y'], answers())]], [[['clean']]]],
])('a proxy that alternates: %s', (_name, make, expected) => {
  const redacted = redactor.redactDeep(make());
  for (let read = 0; read < 3; read++)
    expect(JSON.stringify(redacted)).toBe(JSON.stringify(expected));
});

test('where no runtime tells proxies, they are read as maps', async () => {
  vi.resetModules();
  vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined);
  const { isProxy } = await import('../src/is-proxy.ts');
  expect(isProxy(new Proxy({}, {}))).toBe(false);
  vi.restoreAllMocks();
});

test('the body of a log record', () => {
  const record = {
    body: withGetter({}, 'a'),
    attributes: { b: withGetter({}, 'a') },
    resource: { attributes: {} },
    instrumentationScope: { name: 'x' },
  };
  const { body, attributes } = redactLogs(redactor).transform(record as never);
  expect(JSON.stringify({ body, attributes })).toBe(
    '{"body":{"a":"clean"},"attributes":{"b":{"a":"clean"}}}',
  );
});

test('what is plain data is handed on itself', () => {
  for (const value of [{ a: 'x', b: { c: ['y', 1] } }, ['x', { a: 1 }], [1, 2]])
    expect(redactor.redactDeep(value)).toBe(value);
});
