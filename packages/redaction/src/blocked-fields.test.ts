import { describe, expect, test } from 'vitest';
import { createRedactor } from './redactor.ts';

const GONE = '[REDACTED:sensitive_key]';
const redactor = createRedactor({
  version: 1,
  presets: ['strict'],
  keys: { block: ['patient_name', 'internal note', 'diagnosis'] },
});

describe('the whole value of a name that the policy blocks goes, in a text too', () => {
  test.each([
    ['patient_name=Ada Lovelace', `patient_name=${GONE}`],
    ['patient_name=Ada Lovelace\nnext=1', `patient_name=${GONE}\nnext=1`],
    ['patient-name: Ada King Lovelace; age: 36', `patient-name: ${GONE}; age: 36`],
    ['patientName: Ada Lovelace, age 36', `patientName: ${GONE}, age 36`],
    ['a patient_name=Ada Lovelace age=36 b', `a patient_name=${GONE} age=36 b`],
    ['patient_name: Ada Lovelace status: well', `patient_name: ${GONE} status: well`],
    ["patient_name: Sean O'Brien Daly", `patient_name: ${GONE}`],
    ['patient_name: Ada Lovelace (born 1815) | x', `patient_name: ${GONE} | x`],
    ['run --patient-name Ada Lovelace --now', `run --patient-name ${GONE} --now`],
    ['<patient_name>Ada Lovelace</patient_name>', `<patient_name>${GONE}</patient_name>`],
    ['patient_name:\n  Ada Lovelace\nage: 36', `patient_name:\n  ${GONE}\nage: 36`],
    ['patient_name: [Ada, Grace] x', `patient_name: [${GONE}] x`],
    ['GET /?patient_name=Ada+Lovelace&x=1', `GET /?patient_name=${GONE}&x=1`],
    ['Patient name: Ada Lovelace', `Patient name: ${GONE}`],
    ['the patient name is Ada Lovelace. She left.', `the patient name is ${GONE}. She left.`],
    ['internal note = met with bob today', `internal note = ${GONE}`],
    ['diagnosis: acute tonsillitis left side', `diagnosis: ${GONE}`],
  ])('%s', (text, expected) => {
    expect(redactor.redact(text)).toBe(expected);
    expect(redactor.redact(expected)).toBe(expected);
  });

  test('what stands behind the id of a user stays', () => {
    expect(redactor.redact('user.id=u-17 logged in')).toBe(`user.id=${GONE} logged in`);
  });
});

describe('an allowed value wins over the name it stands under', () => {
  const lenient = createRedactor({
    version: 1,
    presets: ['strict'],
    prompts: false,
    keys: { block: ['note'] },
    values: { allow: ['public123', '42', 'Ada', 'hello'] },
  });

  test.each([
    { password: 'public123' },
    { api_key: ['public123'] },
    { password: 42 },
    { note: 'public123' },
    { first_name: 'Ada' },
    { pair: { key: 'password', value: 'public123' } },
    { 'gen_ai.input.messages': 'hello' },
    { json: '{"password":"public123","note":"public123","first_name":"Ada","pin":42}' },
    { json: '[{"key":"password","value":"public123"}]' },
    { text: 'password=public123' },
    { text: 'password: "public123"' },
  ])('%j', (value) => {
    expect(lenient.redactDeep(value)).toBe(value);
  });

  test('and only that value', () => {
    expect(lenient.redactDeep({ password: 'public1234', list: ['x'] })).toEqual({
      password: GONE,
      list: ['x'],
    });
  });
});
