import { expect, test } from 'vitest';
import { testEnvironment } from './test-environment.ts';

test('settings of the user do not reach the tests', () => {
  const env = testEnvironment({
    OTEL_SDK_DISABLED: 'true',
    OPENAI_API_KEY: 'x',
    ANTHROPIC_API_KEY: 'x',
    AWS_PROFILE: 'mine',
    NODE_OPTIONS: '--inspect',
    HOME: '/home/me',
  });

  expect(env).toEqual({ HOME: '/home/me', NO_COLOR: '1', TURBO_UI: 'false' });
});
