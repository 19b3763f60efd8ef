import { expect, test } from 'vitest';
import { readVariable } from './read-variable.ts';

test('one variable is read by itself, and one that cannot be used is not told about', () => {
  expect(readVariable({ OTEL_LOG_LEVEL: 'ERROR' }, 'logLevel')).toBe('error');
  expect(readVariable({ OTEL_LOG_LEVEL: 'loud' }, 'logLevel')).toBeUndefined();
  expect(readVariable({}, 'otlpTimeoutMillis')).toBeUndefined();
});
