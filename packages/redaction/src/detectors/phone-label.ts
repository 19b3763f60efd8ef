/** How far before a number its label is looked for. */
const LOOK_BACK = 40;
/** Words that ask for a call, and say little on their own. */
const WEAK = 'call|ring|reach|text|contact|rufen?|appele[rz]|llam[ae]r?|chiama(?:re)?|ligue';
const STRONG = [
  'tel|telephone|phone|mobile|mobil|cell|cellphone|fax|telefax|handy|whatsapp|viber|sms|hotline|ph',
  'telefon|rufnummer|mobilfunk|mobilnummer|handynummer|telefonnummer|faxnummer',
  'téléphone|telephone|tél|téléphone mobile|portable|téléfax|teléfono|telefono|móvil|movil|celular|tfno|tlfno',
  'telefone|telemóvel|telemovel|cellulare|cel|telefoon|mobiel|gsm|mobilní|komórka|komorka|komórkowy|telefonu',
  'tlf|mobilnummer|telefonnummer|puhelin|puh|gsm|mobiltelefon|telefoonnummer|telefonszám|cep|cep telefonu',
  'тел|телефон|моб|мобильный|мобільний|номер телефона|τηλ|τηλέφωνο|κινητό',
  '电话|電話|电话号码|電話號碼|手机|手機|手机号|联系电话|電話番号|携帯|携帯電話|전화|전화번호|휴대폰|휴대전화|연락처',
  'هاتف|الهاتف|جوال|الجوال|موبايل|טלפון|נייד|تلفن|फोन|मोबाइल|फ़ोन|โทร|โทรศัพท์|điện thoại|số điện thoại|telepon|nomor hp',
].join('|');
const NUMBER =
  '(?:[ _-]?(?:number|numbers|nummer|numéro|número|numero|nr|no|n°|№|me|us|him|her|them))?';
const TIE = String.raw`\.?["'’*\\]{0,8}(?: (?:at|on|is|lautet|ist|est|es|è|é|:))?[:：=\s"'(\\]{1,10}`;
/** The area code of German writing: `030/`. */
const AREA = String.raw`(?:\(?0\d{1,5}\)?\s?\/\s?)?`;
const WORD_START = String.raw`(?<![\p{L}\p{N}])`;
const ANY = new RegExp(`(?:${STRONG}|${WEAK})${NUMBER}${TIE}$`, 'iu');
const SURE = new RegExp(
  `${WORD_START}(?:(?:${STRONG})${NUMBER}|(?:my|his|her|their|your|whose) number)${TIE}(${AREA})$`,
  'iu',
);

/** Whether a word for a phone, or for a call, stands before the number at `from`. */
export function hasPhoneLabel(text: string, from: number): boolean {
  return ANY.test(text.slice(Math.max(0, from - LOOK_BACK), from));
}

/** Where a number starts before which a word for a phone stands, its area code with it; -1 without such a word. */
export function labelledPhoneStart(text: string, from: number): number {
  const label = SURE.exec(text.slice(Math.max(0, from - LOOK_BACK), from));
  return label === null ? -1 : from - label[1]!.length;
}
