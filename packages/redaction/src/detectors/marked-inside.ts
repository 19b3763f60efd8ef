import {
  BASE62,
  DIGITS,
  DOLLAR_WORD,
  DOT,
  HEX,
  HYPHEN,
  isIn,
  TILDE,
  URL64,
} from '../engine/characters.ts';
import type { Detector } from './detector.ts';

const FULL_STOP = 46;

/** A Microsoft Entra client secret: three characters, a digit, `Q~`, and 31 to 34 more. */
export const azureClientSecret: Detector = {
  kind: 'azure_client_secret',
  preset: 'secrets',
  anchors: ['q~'],
  insideWord: true,
  find(scan, start, end) {
    if (scan.text[start] !== 'Q' || !isIn(DIGITS, scan.code(start - 1))) return false;
    const from = scan.runStart(BASE62 | TILDE | DOT | HYPHEN, start - 1, 3);
    const to = scan.runEnd(URL64 | TILDE | DOT, end);
    return start - from === 4 && to - end >= 28 && scan.found('azure_client_secret', from, to);
  },
};

/** A Terraform Cloud token: 14 characters, `.atlasv1.`, and 60 to 70 more. */
export const terraformToken: Detector = {
  kind: 'terraform_token',
  preset: 'secrets',
  anchors: ['.atlas'],
  insideWord: true,
  find(scan, start) {
    if (!scan.text.startsWith('.atlasv1.', start)) return false;
    const from = scan.runStart(BASE62, start, 14);
    const to = scan.runEnd(URL64, start + 9);
    return start - from === 14 && to - start >= 40 && scan.found('terraform_token', from, to);
  },
};

/** A Telegram bot token: the number of the bot, a colon, `A`, and 34 more. */
export const telegramToken: Detector = {
  kind: 'telegram_token',
  preset: 'secrets',
  anchors: [':aa'],
  insideWord: true,
  find(scan, start) {
    if (!scan.text.startsWith(':AA', start)) return false;
    const from = scan.runStart(DIGITS, start, 11);
    const to = scan.runEnd(URL64, start + 1);
    // In the address of its interface `bot` stands before it.
    const isStart = scan.isBoundary(from) || scan.text.startsWith('bot', from - 3);
    if (start - from < 8 || to - start < 35 || !isStart) return false;
    return scan.found('telegram_token', from, to);
  },
};

/** A New Relic licence key: 36 to 40 hex digits, of which the last are `NRAL`. */
export const newRelicLicence: Detector = {
  kind: 'new_relic_key',
  preset: 'secrets',
  anchors: ['NRAL'],
  insideWord: true,
  find(scan, start, end) {
    if (!scan.text.startsWith('NRAL', start) || scan.is(BASE62, end)) return false;
    const from = scan.runStart(HEX, start, 40);
    return start - from >= 32 && scan.isBoundary(from) && scan.found('new_relic_key', from, end);
  },
};

/** A Mailchimp key: 32 hex digits and the data centre, `-us12`. */
export const mailchimpKey: Detector = {
  kind: 'mailchimp_api_key',
  preset: 'secrets',
  anchors: ['-us'],
  insideWord: true,
  find(scan, start, end) {
    const to = scan.runEnd(DIGITS, end);
    if (to === end || to - end > 2 || scan.is(BASE62, to)) return false;
    const from = scan.runStart(HEX, start, 33);
    return (
      start - from === 32 && scan.isBoundary(from) && scan.found('mailchimp_api_key', from, to)
    );
  },
};

/** An Airtable token: `pat`, 14 characters, a full stop, 64 hex digits. */
export const airtableToken: Detector = {
  kind: 'airtable_token',
  preset: 'secrets',
  anchors: ['pat'],
  find(scan, start, end) {
    if (scan.code(end + 14) !== FULL_STOP || scan.runEnd(BASE62, end) !== end + 14) return false;
    const to = scan.runEnd(HEX, end + 15);
    return to - end >= 70 && scan.found('airtable_token', start, to);
  },
};

/** A Discord bot token: base64 of its number, of a time, and a signature, with full stops between. */
export const discordToken: Detector = {
  kind: 'discord_token',
  preset: 'secrets',
  // What the middle part starts with, by its time.
  anchors: ['.g', '.h', '.i', '.f', '.x', '.y', '.z'],
  insideWord: true,
  find(scan, start) {
    if (scan.code(start + 7) !== FULL_STOP || scan.runEnd(URL64, start + 1) !== start + 7)
      return false;
    const from = scan.runStart(URL64, start, 29);
    if (start - from < 23 || start - from > 28 || !'MNO'.includes(scan.text[from]!)) return false;
    const to = scan.runEnd(URL64, start + 8);
    return to - start >= 34 && scan.isBoundary(from) && scan.found('discord_token', from, to);
  },
};

/** A PayPal or Braintree token: `access_token$production$`, 16 characters, `$`, 32 hex digits. */
export const paypalToken: Detector = {
  kind: 'paypal_token',
  preset: 'secrets',
  anchors: ['access_token$'],
  find(scan, start, end) {
    const to = scan.runEnd(DOLLAR_WORD, end);
    return to - end >= 40 && scan.found('paypal_token', start, to);
  },
};
