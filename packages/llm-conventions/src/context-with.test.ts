import { createContextKey, ROOT_CONTEXT } from '@opentelemetry/api';
import * as fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { ContextWith } from './context-with.ts';

const keys = ['a', 'b', 'c'].map(createContextKey);

test('is like a context of the API that the value was set in, whatever is set and deleted behind it', () => {
  const key = fc.constantFrom(...keys);
  const change = fc.oneof(
    fc.tuple(fc.constant('set'), key, fc.nat()),
    fc.tuple(fc.constant('delete'), key, fc.constant(0)),
  );
  fc.assert(
    fc.property(fc.array(change), key, fc.nat(), fc.array(change), (before, own, value, behind) => {
      const apply = (context: typeof ROOT_CONTEXT, changes: typeof before): typeof ROOT_CONTEXT =>
        changes.reduce(
          (at, [what, name, to]) => (what === 'set' ? at.setValue(name, to) : at.deleteValue(name)),
          context,
        );
      const parent = apply(ROOT_CONTEXT, before);

      const light = apply(new ContextWith(parent, own, () => value), behind);
      const stock = apply(parent.setValue(own, value), behind);

      for (const name of keys) expect(light.getValue(name)).toBe(stock.getValue(name));
    }),
  );
});

test('makes its value for who looks for it, and for no other', () => {
  const [own, other] = [createContextKey('own'), createContextKey('other')];
  const make = vi.fn<() => unknown>(() => 'made');
  const light = new ContextWith(ROOT_CONTEXT, own, make);

  light.getValue(other);
  light.setValue(own, 'set').deleteValue(own);

  expect(make).not.toHaveBeenCalled();
  expect(light.getValue(own)).toBe('made');
});
