import { expect, test } from 'vitest';
import { isTelemetryDisabled } from './is-telemetry-disabled.ts';

test.each([
  [{}, false],
  [{ OTEL_SDK_DISABLED: 'true' }, true],
  [{ OTEL_SDK_DISABLED: 'TRUE', OTEL_ENABLED: 'true' }, true],
  [{ OTEL_SDK_DISABLED: 'false' }, false],
  [{ OTEL_SDK_DISABLED: '1' }, false],
  [{ OTEL_ENABLED: 'false' }, true],
  [{ OTEL_ENABLED: 'off' }, false],
])('with %o telemetry is disabled: %s', (environment, disabled) => {
  expect(isTelemetryDisabled(environment)).toBe(disabled);
});
