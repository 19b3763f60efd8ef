import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedactor } from '../redactor.ts';
import { isIssued } from './card-ranges.ts';
import { passesLuhn } from './credit-card.ts';
import { passesMod97 } from './iban.ts';

const { redact } = createRedactor({ version: 1, presets: ['strict'] });

/** `digits` with a check digit behind them. */
function withCheckDigit(digits: string): string {
  return '0123456789'
    .split('')
    .map((digit) => digits + digit)
    .find(passesLuhn)!;
}

describe('a card number', () => {
  test.each([
    ['Visa', withCheckDigit('400000000000123')],
    ['Mastercard', withCheckDigit('555555555555444')],
    ['Mastercard, second range', withCheckDigit('222300000000001')],
    ['American Express', withCheckDigit('37828224631000')],
    ['Diners Club', withCheckDigit('3056930902590')],
    ['JCB', withCheckDigit('353011133330000')],
    ['Troy', withCheckDigit('979200000000001')],
  ])('of %s goes', (_, number) => {
    expect(redact(`pay ${number}, now`)).toBe('pay [REDACTED:credit_card], now');
    const grouped = number.replaceAll(/(.{4})(?=.)/g, '$1-');
    if (number.length === 16) expect(redact(grouped)).toBe('[REDACTED:credit_card]');
  });

  test('19 digits go only in groups', () => {
    const number = withCheckDigit('400000000000000001');
    const grouped = number.replaceAll(/(.{4})(?=.)/g, '$1 ');

    expect(redact(number)).toBe(number);
    expect(redact(grouped)).toBe('[REDACTED:credit_card]');
  });

  test('fifteen digits in 4-6-5 go', () => {
    const number = withCheckDigit('37828224631000');

    expect(redact(`${number.slice(0, 4)} ${number.slice(4, 10)} ${number.slice(10)}`)).toBe(
      '[REDACTED:credit_card]',
    );
  });

  test('a card behind a phone number goes whole', () => {
    expect(redact('+1 415 555 0123 4111 1111 1111 1111')).toBe(
      '[REDACTED:phone_number] [REDACTED:credit_card]',
    );
  });

  test('a number that a person wrote next to another one goes alone', () => {
    expect(redact('4111 1111 1111 1111 123')).toBe('[REDACTED:credit_card] 123');
  });

  test.each([
    ['in a decimal', '0.4111111111111111'],
    ['in a longer number', '14111111111111111'],
    ['in a word', 'id_4111111111111111x'],
    ['at the end of a UUID', 'a1b2c3d4-e5f6-4a1b-9c2d-501800000009'],
    ['with an unknown start', withCheckDigit('911111111111111')],
    ['with mixed separators', '4111-1111 1111-1111'],
  ])('%s stays', (_, text) => {
    expect(redact(text)).toBe(text);
  });

  test('one digit in ten passes the check', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{15}$/), (digits) => {
        const passing = '0123456789'.split('').filter((digit) => passesLuhn(digits + digit));
        return passing.length === 1;
      }),
    );
  });

  test('no issuer starts with 9 but one', () => {
    expect(isIssued('9999000000000000')).toBe(false);
    expect(isIssued('9792000000000000')).toBe(true);
    expect(isIssued('979200000000000')).toBe(false);
  });
});

describe('other numbers', () => {
  test.each([
    ['GB82 WEST 1234 5698 7654 32', '[REDACTED:iban]'],
    ['to DE89370400440532013000 now', 'to [REDACTED:iban] now'],
    ['FR14 2004 1010 0505 0001 3M02 606.', '[REDACTED:iban].'],
    ['MT84MALT011000012345MTLCAST001S', '[REDACTED:iban]'],
    ['ssn 123-45-6789', 'ssn [REDACTED:us_ssn]'],
    ['ssn 123 45 6789', 'ssn [REDACTED:us_ssn]'],
    ['call +44 (0)20 7946 0958 today', 'call [REDACTED:phone_number] today'],
    ['+14155550123', '[REDACTED:phone_number]'],
    ['+49.170.1234567', '[REDACTED:phone_number]'],
    ['from 10.1.2.3.', 'from [REDACTED:private_ip_address].'],
    ['at 2001:db8::8a2e:370:7334 up', 'at [REDACTED:ip_address] up'],
    ['fe80:0:0:0:1:2:3:4', '[REDACTED:private_ip_address]'],
  ])('%s', (text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  test.each([
    'DE89370400440532013001',
    'XX89370400440532013000',
    'aDE89370400440532013000',
    '000-12-3456',
    '666-12-3456',
    '900-12-3456',
    '123-00-6789',
    '123-45-0000',
    '1-123-45-6789',
    '123-45 6789',
    'at +12.3456789',
    '1+23456789',
    '+0123456789',
    '+1234',
    'v1.2.3.4.5',
    '1.2.3.400',
    '01.2.3.4',
    'std::a::b',
    'at 12:30:45',
    '12:30:45:10',
    'call 555-0123',
  ])('%s stays', (text) => {
    expect(redact(text)).toBe(text);
  });

  test('an account number with two digits swapped is none', () => {
    expect(passesMod97('DE89370400440532013000')).toBe(true);
    expect(passesMod97('DE89370400440532010300')).toBe(false);
  });
});
