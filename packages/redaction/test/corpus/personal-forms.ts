import {
  anyCard,
  card,
  drawn,
  grouped,
  iban,
  luhn,
  mod97,
  northAmerican,
  ssn,
  weighted,
} from './checked-numbers.ts';
import type { Draw } from './draw.ts';

/** Personal data. */
export interface PersonalForm {
  readonly kind: string;
  /** A country's numbers: looked for only where the policy asks for them. */
  readonly optIn?: boolean;
  /** What people write before it. Where set, the value is only known by it. */
  readonly label?: readonly string[];
  readonly make: (draw: Draw) => string;
}

const first = ['Ada', 'Grace', 'Linus', 'Mei', 'Olu', 'Zoë', 'José', 'Ravi', 'Ingrid', 'Yusuf'];
const last = ['Lovelace', 'Hopper', 'Okafor', 'García', 'Müller', "O'Neil", 'Nakamura', 'Singh'];
const hosts = [
  'example.com',
  'mail.example.org',
  'firma.example.de',
  'example.co.uk',
  'büro.example',
];

export const personalForms: readonly PersonalForm[] = [
  {
    kind: 'email',
    make: (draw) =>
      `${draw.pick(['ada', 'grace.hopper', 'j+news', 'o_k', 'first-last', 'jürgen'])}${draw.int(1, 999)}@${draw.pick(hosts)}`,
  },
  {
    kind: 'email in a query',
    make: (draw) => `user${draw.int(1, 999)}%40${draw.pick(hosts.slice(0, 4))}`,
  },
  { kind: 'card', make: anyCard },
  {
    kind: 'card in groups',
    make: (draw) =>
      grouped(card(draw, draw.pick(['4', '51', '6011', '2221']), 16), draw.pick([' ', '-'])),
  },
  {
    kind: 'amex in groups',
    make: (draw) =>
      card(draw, draw.pick(['34', '37']), 15).replace(/^(.{4})(.{6})(.{5})$/, '$1 $2 $3'),
  },
  {
    kind: 'track data',
    make: (draw) => `%B${card(draw, '4', 16)}^DOE/JOHN^2912101${draw.text('digit', 10)}?`,
  },
  {
    kind: 'track data',
    make: (draw) => `;${card(draw, '51', 16)}=2912101${draw.text('digit', 10)}?`,
  },
  { kind: 'iban', make: iban },
  { kind: 'iban in groups', make: (draw) => grouped(iban(draw), ' ') },
  {
    kind: 'phone',
    make: (draw) => draw.form('+{44|49|33|34|39|31|46|61|81|91} {digit:3} {digit:3} {digit:4}'),
  },
  { kind: 'phone', make: (draw) => draw.form('+{44|49|33|91}{digit:10}') },
  { kind: 'phone', make: (draw) => draw.form('+49 (0)30 {digit:4} {digit:4}') },
  { kind: 'phone with 00', make: (draw) => draw.form('0049 30 {digit:7}') },
  {
    kind: 'phone of North America',
    make: (draw) => {
      const [area, exchange, line] = northAmerican(draw);
      return draw.pick([
        `(${area}) ${exchange}-${line}`,
        `${area}-${exchange}-${line}`,
        `${area}.${exchange}.${line}`,
        `+1 ${area} ${exchange} ${line}`,
        `1-${area}-${exchange}-${line}`,
      ]);
    },
  },
  {
    kind: 'national phone',
    label: ['phone', 'Tel.', 'mobile', 'call me at', 'WhatsApp'],
    make: (draw) => draw.form('0{2|3|4|7}{digit:2} {digit:3} {digit:4}'),
  },
  { kind: 'us_ssn', make: (draw) => ssn(draw, draw.pick(['-', '-', '.'])) },
  { kind: 'us_ssn', label: ['SSN', 'social security number'], make: (draw) => ssn(draw, '') },
  {
    kind: 'us_itin',
    make: (draw) => `9${draw.text('digit', 2)}-${draw.int(70, 88)}-${draw.text('digit', 4)}`,
  },
  { kind: 'card code', label: ['cvv', 'CVC', 'cvn'], make: (draw) => draw.text('digit', 3) },
  {
    kind: 'name',
    label: ['first_name', 'lastName', 'full name'],
    make: (draw) => draw.pick([...first, ...last]),
  },
  {
    kind: 'postal address',
    label: ['street_address', 'shippingAddress', 'home address'],
    make: (draw) =>
      `${draw.int(1, 200)} ${draw.pick(['Main Street', 'High Road', 'Rue Lepic', 'Hauptstrasse'])}`,
  },
  {
    kind: 'date of birth',
    label: ['date_of_birth', 'dob', 'birthDate'],
    make: (draw) => `19${draw.int(50, 99)}-${draw.int(10, 12)}-${draw.int(10, 28)}`,
  },
  {
    kind: 'passport',
    label: ['passport number', 'passport_no'],
    make: (draw) => draw.form('{upper:1}{digit:8}'),
  },
];

/** What the preset `strict` adds, and the numbers of countries. */
export const optInForms: readonly PersonalForm[] = [
  {
    kind: 'ip_address',
    make: (draw) =>
      `${draw.int(11, 223)}.${draw.int(0, 255)}.${draw.int(0, 255)}.${draw.int(1, 254)}`,
  },
  {
    kind: 'ip_address',
    make: (draw) => draw.form('2001:db8:{hex:4}:{hex:4}:{hex:4}:{hex:4}:{hex:4}:{hex:4}'),
  },
  { kind: 'ip_address', make: (draw) => draw.form('2a01:{hex:3}::{hex:4}:{hex:2}') },
  {
    kind: 'mac_address',
    make: (draw) =>
      draw.form(
        draw.pick([
          '{hex:2}:{hex:2}:{hex:2}:{hex:2}:{hex:2}:{hex:2}',
          '{HEX:2}-{HEX:2}-{HEX:2}-{HEX:2}-{HEX:2}-{HEX:2}',
          '{hex:4}.{hex:4}.{hex:4}',
        ]),
      ),
  },
  {
    kind: 'coordinates',
    label: ['location', 'geo', 'lat/lon'],
    make: (draw) =>
      `${draw.int(-89, 89)}.${draw.text('digit', 6)}, ${draw.int(-179, 179)}.${draw.text('digit', 6)}`,
  },
  { kind: 'crypto_address', make: (draw) => `0x${draw.text('hex', 40)}` },
  {
    kind: 'uk_nino',
    optIn: true,
    make: (draw) => draw.form('{AB|CE|JK|PR|SX} {digit:2} {digit:2} {digit:2} {A|B|C|D}'),
  },
  {
    kind: 'uk_nhs',
    optIn: true,
    label: ['NHS number', 'nhs no'],
    make: (draw) =>
      drawn(draw, '{digit:10}', (text) => {
        const check = 11 - (weighted(text, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11);
        return check !== 10 && check % 11 === Number(text[9]);
      }).replace(/^(...)(...)(....)$/, '$1 $2 $3'),
  },
  {
    kind: 'ca_sin',
    optIn: true,
    label: ['SIN', 'social insurance number'],
    make: (draw) =>
      luhn(`${draw.int(1, 7)}${draw.text('digit', 7)}`).replace(/^(...)(...)(...)$/, '$1 $2 $3'),
  },
  {
    kind: 'es_dni',
    optIn: true,
    make: (draw) => {
      const number = draw.text('digit', 8);
      return `${number}${'TRWAGMYFPDXBNJZSQVHLCKE'[Number(number) % 23]}`;
    },
  },
  {
    kind: 'fr_nir',
    optIn: true,
    make: (draw) => {
      const body = draw.form('{1|2}{50|85|99}{01|07|12}{75|13|69}{digit:6}');
      return `${body}${String(97 - mod97(body)).padStart(2, '0')}`;
    },
  },
  {
    kind: 'nl_bsn',
    optIn: true,
    label: ['BSN', 'burgerservicenummer'],
    make: (draw) =>
      drawn(
        draw,
        '{1|2|3}{digit:8}',
        (text) => weighted(text, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0,
      ),
  },
  {
    kind: 'be_national_number',
    optIn: true,
    make: (draw) => {
      const body = draw.form('{75|81|93}{01|06|12}{02|15|28}{digit:3}');
      const check = String(97 - mod97(body)).padStart(2, '0');
      return `${body.slice(0, 2)}.${body.slice(2, 4)}.${body.slice(4, 6)}-${body.slice(6)}.${check}`;
    },
  },
  {
    kind: 'pl_pesel',
    optIn: true,
    label: ['PESEL'],
    make: (draw) => {
      const body = draw.form('{75|81|93}{01|06|12}{02|15|28}{digit:4}');
      return `${body}${(10 - (weighted(body, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10}`;
    },
  },
  {
    kind: 'br_cpf',
    optIn: true,
    make: (draw) => {
      const body = draw.text('digit', 9);
      const one = ((weighted(body, [10, 9, 8, 7, 6, 5, 4, 3, 2]) * 10) % 11) % 10;
      const two = ((weighted(`${body}${one}`, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) * 10) % 11) % 10;
      return `${body}${one}${two}`.replace(/^(...)(...)(...)(..)$/, '$1.$2.$3-$4');
    },
  },
  {
    kind: 'in_pan',
    optIn: true,
    make: (draw) => draw.form('{upper:3}{P|C|H|F}{upper:1}{digit:4}{upper:1}'),
  },
  {
    kind: 'it_codice_fiscale',
    optIn: true,
    make: (draw) => {
      const body = draw.form('{upper:6}{75|81|93}{A|H|T}{02|15|68}{F|H|L}{digit:3}');
      const odd = [
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24,
        23,
      ];
      const sum = body.split('').reduce((total, character, index) => {
        const value = /\d/.test(character) ? Number(character) : character.charCodeAt(0) - 65;
        return total + (index % 2 === 0 ? odd[value]! : value);
      }, 0);
      return `${body}${String.fromCharCode(65 + (sum % 26))}`;
    },
  },
];
