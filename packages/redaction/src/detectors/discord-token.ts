import { URL64 } from '../engine/characters.ts';
import type { Detector, DetectorExamples } from './detector.ts';

const FULL_STOP = 46;

/** A Discord bot token: base64 of its number, of a time, and a signature, with full stops between. */
export const discordToken: Detector = {
  kind: 'discord_token',
  preset: 'secrets',
  // What the middle part starts with, by its time.
  anchors: ['.g', '.h', '.i', '.f', '.x', '.y', '.z'],
  insideWord: true,
  inFront: URL64,
  find(scan, start) {
    if (scan.code(start + 7) !== FULL_STOP || scan.runEnd(URL64, start + 1) !== start + 7)
      return false;
    const from = scan.runStart(URL64, start, 29);
    if (start - from < 23 || start - from > 28 || !'MNO'.includes(scan.text[from]!)) return false;
    const to = scan.runEnd(URL64, start + 8);
    return to - start >= 34 && scan.isBoundary(from) && scan.found('discord_token', from, to);
  },
};

export const discordTokenExamples: DetectorExamples = {
  finds: ['M{b62:23}.G{b62:5}.{url64:38}'],
  leaves: ['module.exports.find', 'a.index.html', 'M{b62:5}.G{b62:5}.{b62:38}'],
};
