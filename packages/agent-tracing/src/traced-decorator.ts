import { InvalidOptionError } from '@llm-otel/core';
import type { AnyFunction, TracedDecorator } from './run-types.ts';

/** What the standard tells a decorator. */
interface Facts {
  readonly kind?: string;
}

type Descriptor = { readonly value?: unknown };

/**
 * A decorator for methods, of the standard and of TypeScript's `experimentalDecorators`.
 * @throws {@link InvalidOptionError} where it decorates something else, when the class is defined
 */
export function tracedDecorator(wrap: (method: AnyFunction) => AnyFunction): TracedDecorator {
  return ((decorated: unknown, facts?: Facts | string, descriptor?: Descriptor) => {
    const kind = typeof facts === 'object' ? facts.kind : undefined;
    if (typeof decorated === 'function' && descriptor === undefined && kind !== 'class')
      return wrap(decorated as AnyFunction);
    if (typeof descriptor?.value === 'function')
      return { ...descriptor, value: wrap(descriptor.value as AnyFunction) };
    throw new InvalidOptionError({
      option: '@traced',
      value: kind ?? facts ?? typeof decorated,
      use: 'it on a method',
    });
  }) as TracedDecorator;
}
