import { diag, type DiagLogger, DiagLogLevel } from '@opentelemetry/api';
import { afterEach, expect, test, vi } from 'vitest';
import { rewriteDiagnostics } from './rewrite-diagnostics.ts';

afterEach(() => diag.disable());

function register(logLevel = DiagLogLevel.ALL) {
  const logger = {
    error: vi.fn<DiagLogger['error']>(),
    warn: vi.fn<DiagLogger['warn']>(),
    info: vi.fn<DiagLogger['info']>(),
    debug: vi.fn<DiagLogger['debug']>(),
    verbose: vi.fn<DiagLogger['verbose']>(),
  };
  diag.setLogger(logger, { logLevel, suppressOverrideMessage: true });
  for (const method of Object.values(logger)) method.mockClear();
  return logger;
}

const quiet = (part: unknown): unknown =>
  typeof part === 'string' ? part.replaceAll('secret', '***') : part;

test.each(['error', 'warn', 'info', 'debug', 'verbose'] as const)(
  'what is told with %s is rewritten, all parts of it, also by a logger of a component',
  (method) => {
    const logger = register();
    rewriteDiagnostics(quiet);

    diag[method]('a secret', 'and a secret', 5);
    diag.createComponentLogger({ namespace: 'part' })[method]('its secret');

    expect(logger[method].mock.calls).toEqual([
      ['a ***', 'and a ***', 5],
      ['part', 'its ***'],
    ]);
  },
);

test('levels that are not told cost nothing', () => {
  const logger = register(DiagLogLevel.WARN);
  const rewrite = vi.fn(quiet);
  rewriteDiagnostics(rewrite);

  diag.debug('a secret');
  expect(rewrite).not.toHaveBeenCalled();
  diag.warn('a secret');
  expect(logger.warn).toHaveBeenCalledWith('a ***');
});

test('it ends, also where somebody has put a function around it', () => {
  const logger = register();
  const end = rewriteDiagnostics(quiet);
  const registry = Reflect.get(globalThis, Symbol.for('opentelemetry.js.api.1')) as {
    diag: DiagLogger;
  };
  const ours = registry.diag.warn;
  registry.diag.warn = (...parts) => ours('around:', ...parts);

  end();
  diag.warn('a secret');
  diag.error('a secret');

  expect(logger.warn.mock.calls).toEqual([['around:', 'a secret']]);
  expect(logger.error.mock.calls).toEqual([['a secret']]);
});

test('a line that the rewriting tells itself does not start it again', () => {
  const logger = register();
  rewriteDiagnostics((part) => {
    diag.error(`could not rewrite ${String(part)}`);
    return '';
  });

  diag.warn('x');

  expect(logger.error.mock.calls).toEqual([['could not rewrite x']]);
  expect(logger.warn.mock.calls).toEqual([['']]);
});

test('without a logger there is nothing to rewrite', () => {
  rewriteDiagnostics(quiet)();
  expect(() => diag.warn('a secret')).not.toThrow();
});
