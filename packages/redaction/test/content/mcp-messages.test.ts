import { expect, test } from 'vitest';
import { createRedactor } from '../../src/index.ts';

const SAID = 'the quick brown fox';
const call = { method: 'tools/call', params: { name: 'find', arguments: { q: SAID } } };
const answer = {
  result: {
    content: [{ type: 'text', text: SAID }],
    structuredContent: { row: SAID },
    isError: false,
  },
};
const read = { result: { contents: [{ uri: 'file:///a', text: SAID }] } };

test.each([
  ['what a tool is asked', call, { completions: false } as const],
  ['what a tool answers', answer, { prompts: false } as const],
  ['what a resource holds', read, { prompts: false } as const],
  ['what a tool is asked, where tools go alone', call, { tools: false } as const],
])('%s goes in a message of MCP, as a map and as JSON, under any name', (_, message, policy) => {
  const { redactDeep } = createRedactor({ version: 1, ...policy });
  for (const name of ['body', 'payload', 'http.request.body'])
    for (const value of [message, JSON.stringify(message)]) {
      const left = JSON.stringify(redactDeep({ [name]: value }));
      expect(left).not.toContain('quick');
      expect(left).toContain(name);
    }
  expect(JSON.stringify(createRedactor().redactDeep({ body: message }))).toContain('quick');
});
