import { costOf } from '@llm-otel/llm-conventions';
import { expect, test } from 'vitest';
import { demoPrices } from './demo-prices.ts';
import { emulatorScripts } from './emulator-scripts.ts';

// By hand, from the list prices in micro-USD per token: gpt-5-mini 0.25 for input, 0.025 from the cache and 2 for output;
// claude-haiku-4-5 1 for input, 1.25 into the cache and 5 for output.
const BY_HAND = [
  214 * 0.25 + 38 * 2,
  (486 - 128) * 0.25 + 128 * 0.025 + 71 * 2,
  (912 - 384) * 0.25 + 384 * 0.025 + 44 * 2,
  (402 - 96) * 1 + 96 * 1.25 + 68 * 5,
];

test('every answer of the emulator costs what the list price says, at the address of the emulator', () => {
  const answers = emulatorScripts().filter(({ error }) => error === undefined);
  const costs = answers.map(({ usage }, index) => {
    const isLast = index === answers.length - 1;
    return costOf(
      {
        provider: isLast ? 'anthropic' : 'openai',
        model: isLast ? 'claude-haiku-4-5' : 'gpt-5-mini',
        usage: {
          inputTokens: usage?.inputTokens,
          outputTokens: usage?.outputTokens,
          cacheReadTokens: usage?.cacheReadTokens,
          cacheWriteTokens: usage?.cacheWriteTokens,
        },
        serverAddress: '127.0.0.1',
        at: Date.UTC(2026, 10, 27),
      },
      demoPrices(),
    )?.exactMicroUsd;
  });

  expect(costs).toEqual(BY_HAND);
});
