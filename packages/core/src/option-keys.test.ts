import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unknownOptions } from './option-keys.ts';

interface Options {
  readonly serviceName?: string;
  readonly endpoint?: string;
  readonly maxItems?: number;
}
const known = { serviceName: true, endpoint: true, maxItems: true } as const;

function messages(options: object, path?: string): string[] {
  return unknownOptions<Options>(options, known, path).map(({ message }) => message);
}

describe('an option that is not known', () => {
  test('is answered with the name that was probably meant', () => {
    expect(messages({ servicename: 'desk', endpont: 'x' })).toEqual([
      'servicename is not an option: did you mean serviceName?',
      'endpont is not an option: did you mean endpoint?',
    ]);
  });

  test('is answered with the name that it begins', () => {
    expect(messages({ service: 'desk' })).toEqual([
      'service is not an option: did you mean serviceName?',
    ]);
  });

  test('is answered with all names where none is near', () => {
    expect(messages({ apiKey: 'x' })).toEqual([
      'apiKey is not an option: the options are serviceName, endpoint, maxItems',
    ]);
  });

  test('says where it stands', () => {
    expect(messages({ maxItem: 1, foo: 1 }, 'batch')).toEqual([
      'batch.maxItem is not an option: did you mean batch.maxItems?',
      'batch.foo is not an option: the options of batch are serviceName, endpoint, maxItems',
    ]);
  });

  test('has a code of its own, and its value stays out of the message', () => {
    const secret = ['sk', 'live', 'x'.repeat(20)].join('_');

    const [error] = unknownOptions<Options>({ endpointt: secret } as Options, known);

    expect(error).toMatchObject({ code: 'LLM_OTEL_UNKNOWN_OPTION', option: 'endpointt' });
    expect(error?.message).not.toContain(secret);
  });
});

test('known options pass, also where they are undefined', () => {
  expect(messages({ serviceName: undefined, maxItems: 3 })).toEqual([]);
  expect(messages({})).toEqual([]);
});

test('keys that objects have anyway are no options', () => {
  expect(messages({ toString: 1, ['__proto__']: 2 })).toHaveLength(2);
});

test('a getter is not called', () => {
  const options = {
    get serviceName(): string {
      throw new Error('called');
    },
  };

  expect(messages(options)).toEqual([]);
});

test('one error for each key that is not known, whatever it is called', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string(), { maxLength: 5 }), (keys) => {
      const options = Object.fromEntries(keys.map((key) => [key, 1]));
      const unknown = keys.filter((key) => !Object.hasOwn(known, key));

      expect(unknownOptions<Options>(options, known).map(({ option }) => option)).toEqual(
        expect.arrayContaining(unknown),
      );
      expect(unknownOptions<Options>(options, known)).toHaveLength(unknown.length);
    }),
  );
});
