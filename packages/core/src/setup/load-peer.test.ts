import { expect, test } from 'vitest';
import { loadPeer } from './load-peer.ts';

test('a package that is there is handed on', async () => {
  await expect(loadPeer('x', 'work', async () => ({ a: 1 }))).resolves.toEqual({ a: 1 });
});

test('a package that is not there is told with the command that installs it', async () => {
  const name = '@llm-otel/not-there';

  await expect(loadPeer(name, 'flying', () => import(name))).rejects.toMatchObject({
    code: 'LLM_OTEL_MISSING_PEER',
    message: `flying needs ${name}, which is not installed: run npm install ${name}`,
  });
});

test('a package that fails while it loads is not called missing', async () => {
  const broken = new SyntaxError('inside');

  await expect(loadPeer('x', 'work', () => Promise.reject(broken))).rejects.toBe(broken);
});

test('a package that misses another one is not called missing', async () => {
  const error = Object.assign(new Error("Cannot find package 'other'"), {
    code: 'ERR_MODULE_NOT_FOUND',
  });

  await expect(loadPeer('@scope/x', 'work', () => Promise.reject(error))).rejects.toBe(error);
});

test('a package that nobody can load is missing', async () => {
  await expect(loadPeer('x', 'work', undefined)).rejects.toMatchObject({
    code: 'LLM_OTEL_MISSING_PEER',
    packageName: 'x',
  });
});

test.each([[{}], [{ default: {} }], [{ __esModule: true, default: {} }]])(
  'the empty module %j that webpack puts into its place in Next.js is none',
  async (empty) => {
    await expect(loadPeer('x', 'work', async () => empty)).rejects.toMatchObject({
      code: 'LLM_OTEL_MISSING_PEER',
    });
  },
);
