import { BASE62, DIGITS, DOT, HYPHEN, isIn, TILDE, URL64 } from '../engine/characters.ts';
import type { Detector } from './detector.ts';

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
    if (start - from < 8 || to - start < 35 || !scan.isBoundary(from)) return false;
    return scan.found('telegram_token', from, to);
  },
};
