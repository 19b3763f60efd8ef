import type { NativePass, DetectorExamples } from './detector.ts';

/** A latitude and a longitude beside each other, each with at least four decimals: within some ten metres. */
export const coordinates: NativePass = {
  kind: 'coordinates',
  preset: 'strict',
  group: 'location',
  candidate: /-?\d{1,2}\.\d{4,15}\s?[,;]\s?-?\d{1,3}\.\d{4,15}/g,
  mayHold: (text) => text.includes('.'),
  verify(scan, from, to) {
    const { text } = scan;
    // Part of a longer list of numbers, such as an embedding, or of a longer number.
    if (/[\d.,;]\s?$/.test(text.slice(Math.max(0, from - 2), from))) return -1;
    if (/^\s?(?:[,;]\s?-?\d|[\d.]\d)/.test(text.slice(to, to + 4))) return -1;
    const [latitude, longitude] = text.slice(from, to).split(/[,;]/).map(Number);
    return Math.abs(latitude!) <= 90 && Math.abs(longitude!) <= 180 ? to : -1;
  },
};

export const coordinatesExamples: DetectorExamples = {
  finds: ['52.5200066, 13.4049540'],
  leaves: ['1.25, 2.5', '12.34567'],
};
