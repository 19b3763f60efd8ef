import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { standIn } from './stand-in.ts';

class Source {
  readonly kind: string = 'source';
  read(): string {
    return 'the original';
  }
}

const replaced = (source: object, key: PropertyKey): unknown =>
  key === 'read' ? () => 'observed' : Reflect.get(source, key, source);

const ways: Readonly<Record<string, () => Source>> = {
  'a plain object': () => new Source(),
  'a frozen object': () => Object.freeze(new Source()),
  'a sealed object': () => Object.seal(new Source()),
  'an object whose member is fixed': () =>
    Object.defineProperty(new Source(), 'read', { value: () => 'the original', writable: false }),
  'an object with a fixed accessor': () =>
    Object.defineProperty(new Source(), 'read', { set: () => {} }),
};

describe.each(Object.entries(ways))('what stands for %s', (_, make) => {
  test('answers with the replaced member, and with all others as they are', () => {
    const proxy = standIn(make(), replaced);

    expect(proxy.read()).toBe('observed');
    expect(proxy.kind).toBe('source');
    expect('kind' in proxy).toBe(true);
    expect(proxy).toBeInstanceOf(Source);
    expect(Object.keys(proxy)).toContain('kind');
    expect(Object.entries(proxy)).toContainEqual(['kind', 'source']);
  });

  test('takes what is set on it to where it belongs', () => {
    const source = make();
    const proxy = standIn(source, replaced);

    const taken = Reflect.set(proxy, 'kind', 'other');

    expect(taken).toBe(source.kind === 'other');
    expect(proxy.kind).toBe(source.kind);
    expect(Reflect.deleteProperty(proxy, 'kind')).toBe(!('kind' in source));
  });
});

test('a member of any name and kind can be replaced', () => {
  const descriptor = fc.record({
    value: fc.anything(),
    writable: fc.boolean(),
    configurable: fc.boolean(),
    enumerable: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.string(), descriptor, fc.boolean(), (key, how, frozen) => {
      const source = Object.defineProperty({}, key, how);
      if (frozen) Object.freeze(source);
      const proxy = standIn(source, () => 'replaced') as Record<string, unknown>;

      expect(proxy[key]).toBe('replaced');
      expect(Reflect.ownKeys(proxy)).toEqual([key]);
    }),
  );
});
