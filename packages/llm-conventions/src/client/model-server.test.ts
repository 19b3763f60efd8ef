import { expect, test } from 'vitest';
import { modelServers } from './model-server.ts';

const serverOf = modelServers(
  [
    ['api.groq.com', 'groq'],
    ['-aiplatform.googleapis.com', 'gcp.vertex_ai'],
    ['.openai.azure.com', 'azure.ai.openai'],
  ],
  'openai',
);

test('a provider is known by its domain or by how its hosts end', () => {
  expect(serverOf('https://api.groq.com/openai/v1').provider).toBe('groq');
  expect(serverOf('https://eu.api.groq.com/openai/v1').provider).toBe('groq');
  expect(serverOf('https://notapi.groq.com.example.org').provider).toBe('openai');
  expect(serverOf('https://notapi.groq.com').provider).toBe('openai');
  expect(serverOf('https://us-east5-aiplatform.googleapis.com/v1').provider).toBe('gcp.vertex_ai');
  expect(serverOf('https://mine.openai.azure.com/')).toEqual({
    provider: 'azure.ai.openai',
    serverAddress: 'mine.openai.azure.com',
    serverPort: 443,
  });
});

test('what is no URL says nothing of the server', () => {
  expect(serverOf(undefined)).toEqual({ provider: 'openai' });
  expect(serverOf({ href: 'https://api.groq.com' })).toEqual({ provider: 'openai' });
  expect(serverOf('nonsense')).toEqual({ provider: 'openai' });
});

test('a server is told once, however often it is asked for, and of many the first are forgotten', () => {
  const first = serverOf('http://127.0.0.1:1/');

  expect(serverOf('http://127.0.0.1:1/')).toBe(first);

  for (let port = 2; port < 400; port++) serverOf(`http://127.0.0.1:${port}/`);

  expect(serverOf('http://127.0.0.1:1/')).not.toBe(first);
  expect(serverOf('http://127.0.0.1:1/')).toEqual(first);
});
