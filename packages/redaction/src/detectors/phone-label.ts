import { labelBefore, labels, words } from './label-before.ts';

/** Words that ask for a call, and say little on their own. */
const weak = words(
  'call ring reach text contact rufen ruf anrufen appeler appelez llamar llame chiamare chiama ligue',
);
/** Words for a phone. */
const strong = words(
  'tel telephone phone phonenumber telephonenumber mobile mobil mobilenumber cell cellphone fax telefax handy whatsapp viber sms hotline ph',
  'telefon rufnummer mobilfunk mobilnummer handynummer telefonnummer faxnummer téléphone tél portable teléfono telefono móvil movil celular tfno tlfno',
  'telefone telemóvel telemovel cellulare cel telefoon telefoonnummer mobiel gsm mobilní komórka komorka komórkowy telefonu tlf puhelin puh mobiltelefon telefonszám cep',
  'тел телефон телефона моб мобильный мобільний τηλ τηλέφωνο κινητό هاتف الهاتف جوال الجوال موبايل תلفن טלפון נייד تلفن फोन मोबाइल फ़ोन โทร โทรศัพท์ thoại telepon',
);
/** In writing without spaces between words: what the label ends with. */
const endings = words(
  '电话 電話 手机 手機 携帯 号码 號碼 手机号 番号 전화 전화번호 휴대폰 휴대전화 연락처 telefon telefoon phone',
);
/** Words that make `number` one of a phone. */
const possessive = words('my his her their your whose');

type Label = 'strong' | 'weak' | undefined;

const phoneLabels = labels([...weak, ...strong, ...possessive], labelOf);

/** Whether a word for a phone, or for a call, stands before the number at `from`. */
export function hasPhoneLabel(text: string, from: number): boolean {
  return labelBefore(text, from, phoneLabels) !== undefined;
}

/** Where a number starts before which a word for a phone stands, its area code (`030/`) with it; -1 without such a word. */
export function labelledPhoneStart(text: string, from: number): number {
  const area =
    text[from - 1] === '/' || text[from - 2] === '/'
      ? AREA.exec(text.slice(Math.max(0, from - 12), from))
      : null;
  const start = area === null ? from : from - area[0].length;
  return labelBefore(text, start, phoneLabels) === 'strong' ? start : -1;
}
/** What ties a label to its number in writing without spaces: "my number is". */
const PARTICLE = /(?:は|が|是|为|為|는|은|이|가)$/;
const AREA = /(?<!\d)\(?0\d{1,5}\)?\s?\/\s?$/;

function labelOf(word: string, next: string): Label {
  if (strong.has(word) || (next === 'number' && possessive.has(word))) return 'strong';
  if (weak.has(word)) return 'weak';
  const label = word.replace(PARTICLE, '');
  for (const ending of endings) if (label.endsWith(ending)) return 'strong';
  return undefined;
}
