import { personalNamesOfOtherLanguages } from './personal-names-of-other-languages.ts';

/** Personal data that only a label tells: the name of the key stands for the kind of finding. */
export type PersonalKind =
  | 'person_name'
  | 'postal_address'
  | 'date_of_birth'
  | 'passport_number'
  | 'driver_license'
  | 'card_code'
  | 'national_id'
  | 'phone_number';

/** What the fields are called, compared with the last words of a key. */
export const personalNames: Readonly<Record<PersonalKind, readonly string[]>> = {
  person_name: names(
    'first name,firstname,last name,lastname,full name,fullname,surname,given name,family name,maiden name,middle name,card holder,cardholder,cardholder name,card holder name,name on card,account holder,patient name,recipient name,passenger name,guest name,employee name,vorname,nachname,nombre,apellido,prenom',
    personalNamesOfOtherLanguages.person_name,
  ),
  postal_address: names(
    'street address,streetaddress,postal address,home address,mailing address,billing address,shipping address,delivery address,residential address,address line,street name,street,home addr,strt nm,strtnm,adr line,adrline,strasse,adresse',
    personalNamesOfOtherLanguages.postal_address,
  ),
  date_of_birth: names(
    'date of birth,dateofbirth,birth date,birthdate,birth day,birthday,dob,d.o.b,geburtsdatum,date de naissance,birth dt,birthdt',
    personalNamesOfOtherLanguages.date_of_birth,
  ),
  passport_number: names(
    'passport number,passport no,passport,passport id',
    personalNamesOfOtherLanguages.passport_number,
  ),
  driver_license: names(
    'driver license,drivers license,driver licence,driving licence,driving license,driver license number,drivers license number,driving licence number',
  ),
  card_code: names(
    'cvv,cvc,cvn,cvv2,cvc2,card verification value,card security code,card code,kartenprüfnummer,prüfnummer,prüfziffer,sicherheitscode,código de seguridad,code de sécurité,codice di sicurezza',
  ),
  national_id: names(
    'ssn,social security number,social security,national insurance number,national id,national id number,personal number,tax id,tax identification number,aadhaar,aadhaar number,pesel,bsn,nhs number,cpf,curp,social insurance number,itin,steuer id,identity card number,medicare number,nino,codice fiscale',
  ),
  phone_number: names(
    'phone,phone number,phonenumber,mobile,mobile number,telephone,telephone number,tel,fax,cell phone,phne nb,phnenb,mob nb,mobnb',
  ),
};

/**
 * The same of names that are written in fields only. Their first words stand everywhere in prose, so that they are looked
 * for without them, and not with a space.
 */
export const fieldNames: readonly string[] = names(
  'customer name,buyer name,payer name,traveller name,traveler name,contact name,student name,applicant name',
);
/** The same written as one word: `vcs.owner.name` and `executor.owner.name` are what an organisation and a program are called. */
export const compoundFieldNames: readonly string[] = names('owner name,holder name,client name');
/** The same, and only judged where something else has brought a look at the names. */
export const rareFieldNames: Partial<Readonly<Record<PersonalKind, readonly string[]>>> = {
  person_name: names(
    'real name,payee name,beneficiary name,billing name,shipping name,insured name,contact person,ansprechpartner',
  ),
  phone_number: names('msisdn,wa id,whatsapp id'),
};

const LONGEST = 120;
const EMPTY = /^(?:null|none|nil|undefined|string|unknown|n\/a|true|false|required|optional)$/i;

/** Whether the value of such a field can be what the field is for: `first_name: string` is no name. */
export function isPersonalValue(kind: PersonalKind, value: string): boolean {
  if (value.length > LONGEST || EMPTY.test(value) || value.startsWith('[REDACTED')) return false;
  const digits = value.replaceAll(/\D/g, '').length;
  return shapes[kind](value, digits);
}

const shapes: Readonly<Record<PersonalKind, (value: string, digits: number) => boolean>> = {
  person_name: (value, digits) =>
    value.length >= 2 &&
    digits === 0 &&
    /^\p{L}[\p{L}\p{M} .,'’-]*$/u.test(value) &&
    !/['’,-]$/.test(value),
  postal_address: (value) =>
    value.length >= 4 && /\p{L}{2}/u.test(value) && !/[{}()=<>]|:\/\/|^[\da-fx:.-]+$/i.test(value),
  date_of_birth: (value, digits) =>
    digits >= 4 && digits <= 17 && /^[\p{L}\d ,./:T+-]+Z?$/u.test(value),
  passport_number: isDocument,
  driver_license: isDocument,
  card_code: (value) => /^\d{3,4}$/.test(value),
  national_id: (value, digits) => digits >= 6 && /^[\p{L}\d][\p{L}\d ./-]{5,24}$/u.test(value),
  phone_number: (value, digits) =>
    digits >= 7 && digits <= 15 && /^[+(\d][\d ()./-]*(?:x\d+)?$/.test(value),
};

function isDocument(value: string, digits: number): boolean {
  return digits >= 3 && /^[A-Z0-9][A-Z0-9 -]{4,20}$/.test(value);
}

function names(...lists: readonly string[]): readonly string[] {
  return lists.join(',').split(',');
}
