import { diag, type DiagLogger } from '@opentelemetry/api';
import { afterEach, expect, test, vi } from 'vitest';
import { logDiagnostics } from './diagnostics.ts';

afterEach(() => diag.disable());

function logger() {
  return {
    error: vi.fn<DiagLogger['error']>(),
    warn: vi.fn<DiagLogger['warn']>(),
    info: vi.fn<DiagLogger['info']>(),
    debug: vi.fn<DiagLogger['debug']>(),
    verbose: vi.fn<DiagLogger['verbose']>(),
  };
}

test('warnings are shown by default, and less important things are not', () => {
  const ours = logger();
  logDiagnostics(undefined, ours);

  diag.warn('careful');
  diag.info('by the way');

  expect(ours.warn).toHaveBeenCalledWith('careful');
  expect(ours.info).not.toHaveBeenCalled();
});

test('the logger of an application stays', () => {
  const [theirs, ours] = [logger(), logger()];
  diag.setLogger(theirs);

  const takeBack = logDiagnostics(undefined, ours);
  takeBack();
  diag.warn('careful');

  expect(theirs.warn).toHaveBeenCalledWith('careful');
  expect(ours.warn).not.toHaveBeenCalled();
});

test('a level that was asked for replaces the logger of an application, which comes back afterwards', () => {
  const [theirs, ours] = [logger(), logger()];
  diag.setLogger(theirs);

  const takeBack = logDiagnostics('debug', ours);
  diag.debug('detail');
  takeBack();
  diag.warn('careful');

  expect(ours.debug).toHaveBeenCalledWith('detail');
  expect(ours.warn).not.toHaveBeenCalled();
  expect(theirs.warn.mock.calls).toEqual([['careful']]);
});

test('the level none is silent', () => {
  const ours = logger();
  logDiagnostics('none', ours);

  diag.error('broken');

  expect(ours.error).not.toHaveBeenCalled();
});

test('a logger that was set later is not taken away', () => {
  const [ours, theirs] = [logger(), logger()];
  const takeBack = logDiagnostics(undefined, ours);
  diag.setLogger(theirs, { suppressOverrideMessage: true });

  takeBack();
  diag.warn('careful');

  expect(theirs.warn).toHaveBeenCalledWith('careful');
});

test('after it was taken back nothing is shown', () => {
  const ours = logger();

  logDiagnostics(undefined, ours)();
  diag.error('broken');

  expect(ours.error).not.toHaveBeenCalled();
});
