import { expect, test } from 'vitest';
import { startModelServer } from './model-server.ts';

test('the emulator answers from a process of its own', async () => {
  const testing = new URL('../../packages/testing/src/index.ts', import.meta.url);
  const server = await startModelServer(testing.href);
  try {
    const answer = await fetch(`${server.openAiBaseUrl}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'gpt-5-mini', messages: [{ role: 'user', content: 'Hello' }] }),
    });

    expect(await answer.json()).toMatchObject({
      choices: [{ message: { content: 'On its way.' } }],
    });
  } finally {
    server.close();
  }
});

test('a server that cannot start is told', async () => {
  await expect(startModelServer('data:text/javascript,process.exit(3)')).rejects.toThrow(
    'the model emulator ended with 3',
  );
});
