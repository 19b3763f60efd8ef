import { expect, test } from 'vitest';
import { createRedactor } from './redactor.ts';

const redactor = createRedactor({ version: 1, detectors: { add: ['national_ids'] } });

test.each([
  ['nhs_number', '9434765919', 'uk_nhs'],
  ['user.pesel', '44051401359', 'pl_pesel'],
  ['patientNhsNumber', '943 476 5919', 'uk_nhs'],
  ['sin', '130 692 544', 'ca_sin'],
  ['social_insurance_number', '130692544', 'ca_sin'],
  ['tax_file_number', '123 456 782', 'au_tfn'],
])('%s is the label of what stands under it', (name, value, kind) => {
  const placeholder = `[REDACTED:${kind}]`;

  expect(redactor.redactDeep({ [name]: value })).toEqual({ [name]: placeholder });
  expect(redactor.redactDeep({ user: { [name]: value } })).toEqual({
    user: { [name]: placeholder },
  });
  expect(redactor.redact(JSON.stringify({ [name]: value }))).toBe(`{"${name}":"${placeholder}"}`);
  expect(redactor.redact(`${name}=${value}`)).toBe(`${name}=${placeholder}`);
});

test('under another name, with another check digit or where the policy says so it stays', () => {
  const kept = { order: '9434765919', nhs_number: '9434765918', trace: 'a9434765919' };
  expect(redactor.redactDeep(kept)).toBe(kept);

  const allowing = createRedactor({
    version: 1,
    detectors: { add: ['national_ids'] },
    keys: { allow: ['nhs_number'] },
    values: { allow: ['44051401359'] },
  });
  const allowed = { nhs_number: '9434765919', pesel: '44051401359' };
  expect(allowing.redactDeep(allowed)).toBe(allowed);
});

test('one kind that is added alone is found by its name as well, and nothing is where none is added', () => {
  const one = createRedactor({ version: 1, detectors: { add: ['uk_nhs'] } });
  expect(one.redactDeep({ nhs_number: '9434765919' })).toEqual({ nhs_number: '[REDACTED:uk_nhs]' });

  const none = { nhs_number: '9434765919' };
  expect(createRedactor().redactDeep(none)).toBe(none);
});
