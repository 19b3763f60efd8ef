import { describe, expect, test } from 'vitest';
import { anthropicKey, gitHubToken, openAiKey } from '../../test/made-secrets.ts';
import { detectorKinds } from '../detectors/all-detectors.ts';
import { tokenPatterns } from './token-patterns.ts';

const patterns = tokenPatterns();

test('there is a pattern for each format whose beginning tells it, and its kind is one of ours', () => {
  expect(patterns.length).toBeGreaterThan(80);
  expect(patterns.filter(({ kind }) => !detectorKinds.has(kind))).toEqual([]);
});

test.each([
  ['anthropic_api_key', anthropicKey],
  ['openai_api_key', openAiKey],
  ['github_token', gitHubToken],
])('%s is found inside a text', (kind, secret) => {
  const found = patterns.filter(({ pattern }) => new RegExp(pattern).test(`key=${secret}, please`));

  expect(found.map((one) => one.kind)).toContain(kind);
});

describe('RE2 reads every pattern', () => {
  test.each(patterns)('$kind: $pattern', ({ pattern }) => {
    expect(() => new RegExp(pattern, 'u')).not.toThrow();
    expect(pattern).not.toMatch(/\(\?[=!<]/);
    // It counts to 1000.
    const counts = [...pattern.matchAll(/\{(\d+),\}$/g)].map(([, count]) => Number(count));
    expect(counts).toHaveLength(1);
    expect(counts[0]).toBeLessThanOrEqual(1000);
  });
});
