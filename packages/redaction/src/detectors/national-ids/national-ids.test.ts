import { describe, expect, test } from 'vitest';
import { createRedactor } from '../../redactor.ts';
import { nationalIds } from './all-national-ids.ts';

const formats = nationalIds.map((format) => [format.kind, format] as const);

describe.each(formats)('%s', (kind, { examples, counterexamples, label }) => {
  const asked = createRedactor({ version: 1, presets: [], detectors: { add: [kind] } });

  test.each([...examples])('%s is found where the policy asks for it', (example) => {
    const redacted = asked.redact(`see ${example}, please`);
    const number = label === undefined ? example : (/[\dA-Z]*\d.*$/.exec(example)?.[0] ?? example);

    expect(redacted).toContain(`[REDACTED:${kind}]`);
    expect(redacted).not.toContain(number);
  });

  test.each([...examples])('%s stays where the policy does not', (example) => {
    expect(createRedactor({ version: 1, presets: ['secrets'] }).redact(example)).toBe(example);
  });

  test.each([...counterexamples])('%s is none', (example) => {
    expect(asked.redact(`see ${example}, please`)).toBe(`see ${example}, please`);
  });
});

test('all of them are one group', () => {
  const all = createRedactor({ version: 1, presets: [], detectors: { add: ['national_ids'] } });

  expect(all.redact('AB 12 34 56 C and 12345678Z')).toBe(
    '[REDACTED:uk_nino] and [REDACTED:es_dni]',
  );
});

test('a policy that names an unknown kind is told which', () => {
  expect(() => createRedactor({ version: 1, detectors: { drop: ['phone'] } })).toThrow(
    'redaction.detectors.drop[0] is "phone"',
  );
});
