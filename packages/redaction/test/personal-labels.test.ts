import { describe, expect, test } from 'vitest';
import { createRedactor } from '../src/index.ts';

const { redact } = createRedactor({ version: 1, presets: ['pii'] });

describe('what stands in a field goes, in the languages of its label', () => {
  test.each([
    ['person_name', 'Vorname: <Ada>'],
    ['person_name', 'Prénom : <Marie-Claire>'],
    ['person_name', 'Apellidos: <García Márquez>'],
    ['person_name', 'Cognome: <Rossi>'],
    ['person_name', '{"sobrenome":"<Silva>"}'],
    ['person_name', 'achternaam=<Jansen>'],
    ['person_name', 'imię: <Jan>'],
    ['person_name', 'Имя: <Иван>'],
    ['person_name', '姓名：<王小明>'],
    ['person_name', '氏名: <山田太郎>'],
    ['person_name', '이름: <김철수>'],
    ['person_name', 'الاسم: <أحمد علي>'],
    ['person_name', 'नाम: <अनिल कुमार>'],
    ['postal_address', 'Anschrift: <Hauptstr. 5, 10115 Berlin>'],
    ['postal_address', 'dirección: <Calle Mayor 5, 28013 Madrid>'],
    ['postal_address', 'indirizzo: <Via Roma 1, 00184 Roma>'],
    ['postal_address', 'endereço: <Rua Augusta 100, São Paulo>'],
    ['postal_address', 'адрес: <Москва, ул. Ленина 1>'],
    ['postal_address', '住所: <東京都千代田区1-1>'],
    ['date_of_birth', 'born on <2 January 1990> in Berlin'],
    ['date_of_birth', 'she was born <2 January 1990>.'],
    ['date_of_birth', 'geboren am <02.01.1990> in Köln'],
    ['date_of_birth', 'né le <02/01/1990> à Paris'],
    ['date_of_birth', 'fecha de nacimiento: <2 de enero de 1990>'],
    ['date_of_birth', 'дата рождения: <02.01.1990>'],
    ['date_of_birth', '生年月日: <1990年1月2日>'],
    ['date_of_birth', 'DOB <01/02/1990>, male'],
    ['date_of_birth', 'dateOfBirth: <1990-01-02T00:00:00Z>'],
  ])('%s in %j', (kind, form) => {
    expect(redact(form.replaceAll(/[<>]/g, ''))).toBe(form.replace(/<.+>/, `[REDACTED:${kind}]`));
  });
});

test.each([
  'IP地址: 10.0.0.1',
  '内存地址: 0xABCDEF12',
  'MAC地址: 00:1B:44:11:3A:B7',
  'адрес: https://example.com/a',
  'a star is born 3 times a second',
  'born: true',
  'stubborn 1990 and airborne 2024-01-02',
  'nome: string',
  'имя: string',
  'address: 10.0.0.1:8080',
])('%j says nothing about a person', (text) => {
  expect(redact(text)).toBe(text);
});
