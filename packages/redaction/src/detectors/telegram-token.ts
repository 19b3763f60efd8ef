import { DIGITS, URL64 } from '../engine/characters.ts';
import type { Detector, DetectorExamples } from './detector.ts';

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

export const telegramTokenExamples: DetectorExamples = {
  finds: [
    '{digit:10}:AA{url64:33}',
    'https://api.telegram.org/bot<<{digit:10}:AA{url64:33}>>/sendMessage',
  ],
  leaves: ['a12345678:AA', '12:AA{url64:33}', '10:aa:bb'],
};
