import { expect, test } from 'vitest';
import { keyRules } from './key-rules.ts';

const rules = keyRules({}, { secrets: true, likely: true, personal: true, identity: true });

/** Whether the name is seen at any of the anchors that stand in it. */
function isSeen(name: string): boolean {
  return rules.anchors.some(({ text, continuations, surroundings }) =>
    placesOf(text, name.toLowerCase().replaceAll('_', '-')).some((start) => {
      const end = start + text.length;
      const next = name.charAt(end);
      const goesOn = /[a-z]/.test(next) || /^[A-Z]{2}$/.test(name.slice(end - 1, end + 1));
      return (
        (!goesOn || continuations.includes(next.toLowerCase())) &&
        surroundings.allow(name, start, end, goesOn)
      );
    }),
  );
}

function placesOf(text: string, name: string): number[] {
  return Array.from(name, (_, at) => at).filter((at) => name.startsWith(text, at));
}

test.each([
  'input_tokens',
  'totalTokens',
  'telemetry',
  'true',
  'called',
  'lessNoise',
  'assnake',
  'OTEL_SCOPE',
  'TRUE',
])('%s is no name, by the letters around what is looked for', (name) => {
  expect(rules.decide(name)).toBe('none');
  expect(isSeen(name)).toBe(false);
});

test.each([
  'access_tokens',
  'accessTokens',
  'access.tokens',
  'access1_tokens',
  'api tokens',
  'telephone',
  'homeTel',
  'userToken',
  'HTTPToken',
  'IDTel',
  'USER_TOKEN',
  'gitlabtoken',
  'dbpassword',
  'consumer_secret',
  'national_id',
  'name_on_card',
])('%s is a name', (name) => {
  expect(isSeen(name)).toBe(true);
});

test('what stands behind an escape is a word of its own', () => {
  expect(isSeen(String.raw`\nssn`)).toBe(true);
  expect(isSeen('assn')).toBe(false);
});

test('every name that the rules know is seen, however its words are joined', () => {
  const names = rules.anchors.flatMap(({ text }) => [text, text.replaceAll(/[- ]/g, '_')]);
  const known = names.filter((name) => rules.decide(name) !== 'none');

  expect(known.length).toBeGreaterThan(100);
  expect(known.filter((name) => !isSeen(name))).toEqual([]);
});
