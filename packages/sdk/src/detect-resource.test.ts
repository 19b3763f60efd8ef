import { fakeClock } from '@llm-otel/testing';
import { diag } from '@opentelemetry/api';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { detectResource, type UpstreamDetectors } from './detect-resource.ts';

const warn = vi.fn<(message: string) => void>();
beforeEach(() => {
  const silent = (): void => undefined;
  diag.setLogger({ error: silent, warn, info: silent, debug: silent, verbose: silent });
  warn.mockReset();
});
afterEach(() => diag.disable());

const missing = async (name: string): Promise<never> => {
  throw Object.assign(new Error(`Cannot find package '@opentelemetry/resource-detector-${name}'`), {
    code: 'ERR_MODULE_NOT_FOUND',
  });
};
const detectors: UpstreamDetectors = {
  container: async () => [{ detect: () => ({ attributes: { 'container.id': 'c1' } }) }],
  aws: async () => [
    { detect: () => ({ attributes: { 'cloud.provider': Promise.resolve('aws') } }) },
    { detect: () => ({ attributes: { 'cloud.region': Promise.reject(new Error('not here')) } }) },
    { detect: () => ({}) },
  ],
  azure: () => missing('azure'),
  gcp: async () => [
    { detect: () => ({ attributes: { 'host.id': new Promise(() => undefined) } }) },
  ],
};
const options = { strict: false, detectors };

test('what is asked for is found, also what comes later; what fails is left out', async () => {
  expect(await detectResource(['env', 'container', 'aws'], options)).toEqual({
    'container.id': 'c1',
    'cloud.provider': 'aws',
  });
  expect(warn).not.toHaveBeenCalled();
});

test('nothing is loaded that nobody asked for', async () => {
  const loading = vi.fn<() => Promise<never>>();
  const never = { container: loading, aws: loading, azure: loading, gcp: loading };

  expect(await detectResource(['env', 'host'], { strict: true, detectors: never })).toEqual({});
  expect(await detectResource(['all', 'none'], { strict: true, detectors: never })).toEqual({});
  expect(loading).not.toHaveBeenCalled();
});

test('a cloud that does not answer delays the start by two seconds at most, and says so', async () => {
  const clock = fakeClock();
  const found = detectResource(['container', 'gcp'], { ...options, clock });
  await clock.advance(2000);

  expect(await found).toEqual({ 'container.id': 'c1' });
  expect(warn).toHaveBeenCalledWith('llm-otel: detecting gcp took longer than 2000 ms (left out)');
});

describe('a package that is not installed', () => {
  test('is named, with the command that installs it', async () => {
    await detectResource(['azure'], options);

    expect(warn.mock.calls[0]?.[0]).toMatch(
      /needs @opentelemetry\/resource-detector-azure.*npm install/,
    );
    await expect(detectResource(['azure'], { ...options, strict: true })).rejects.toMatchObject({
      code: 'LLM_OTEL_MISSING_PEER',
    });
  });

  test('is left out of all of them without a word', async () => {
    const clock = fakeClock();
    const found = detectResource(['all'], { ...options, strict: true, clock });
    await clock.advance(2000);

    expect(await found).toEqual({ 'container.id': 'c1', 'cloud.provider': 'aws' });
    expect(warn.mock.calls.join()).not.toContain('azure');
  });
});

test('the real packages can be asked', async () => {
  const found = await detectResource(['container'], { strict: true });

  expect(Object.keys(found).filter((key) => key !== 'container.id')).toEqual([]);
});
