import type { DetectorExamples, NativePass } from './detector.ts';

/** A latitude and a longitude beside each other, each with at least four decimals: within some ten metres. */
export const coordinates: NativePass = {
  kind: 'coordinates',
  preset: 'strict',
  group: 'location',
  candidate: /-?\d{1,3}\.\d{4,15}\s?[,;/]?\s?-?\d{1,3}\.\d{4,15}/g,
  mayHold: (text) => text.includes('.'),
  verify(scan, from, to) {
    const { text } = scan;
    // Part of a longer list of numbers, such as an embedding, or of a longer number.
    if (/[\d.,;]\s?$/.test(text.slice(Math.max(0, from - 2), from))) return -1;
    if (/^\s?(?:[,;]\s?-?\d|[\d.]\d)/.test(text.slice(to, to + 4))) return -1;
    const [first = NaN, second = NaN] = text
      .slice(from, to)
      .split(/[,;/\s]+/)
      .map(Number);
    // Without a separator only in well-known text, where the longitude comes first.
    const isPoint = /\bPOINT\s?(?:Z )?\($/i.test(text.slice(Math.max(0, from - 12), from));
    if (!isPoint && !/[,;/]/.test(text.slice(from, to))) return -1;
    const [latitude, longitude] = isPoint ? [second, first] : [first, second];
    return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? to : -1;
  },
};

const DEGREES = String.raw`\d{1,3}(?:\.\d{1,12})?\s?°\s?(?:\d{1,2}(?:\.\d{1,8})?\s?['’′]\s?(?:\d{1,2}(?:\.\d{1,8})?\s?(?:["”″]|'')\s?)?)?`;
const DECIMAL = String.raw`\d{1,3}\.\d{4,15}\s?°?\s?`;
const PART = `(?:${DEGREES}|${DECIMAL})`;

/** Both with the side of the earth behind or before them: in degrees, minutes and seconds, or as decimals. */
export const sidedCoordinates: NativePass = {
  kind: 'coordinates',
  preset: 'strict',
  group: 'location',
  candidate: new RegExp(
    `${PART}[NS][\\s,;/]{0,3}${PART}[EWO]|[NS]\\s?${PART}[\\s,;/]{0,3}[EWO]\\s?${PART}`,
    'g',
  ),
  mayHold: (text) => /[NS]/.test(text) && /[EWO]/.test(text),
  verify: (scan, from, to) =>
    scan.isBoundary(from) && !/[\p{L}\p{N}]/u.test(scan.text.charAt(to)) ? to : -1,
};

/** `lat=52.52&lon=13.40`, `"latitude": "52.52", "longitude": "13.40"`: both behind their names. */
export const labelledCoordinates: NativePass = {
  kind: 'coordinates',
  preset: 'strict',
  group: 'location',
  candidate:
    /(?<=\blat(?:itude)?["'\\]{0,3}\s?[:=]\s?["'\\]{0,3})-?\d{1,2}\.\d{3,15}["'\\]{0,3}\s?[,;&]?\s?["'\\]{0,3}(?:lon|lng|long|longitude)["'\\]{0,3}\s?[:=]\s?["'\\]{0,3}-?\d{1,3}\.\d{3,15}/gi,
  mayHold: (text) => /\blat/i.test(text),
  verify: (_scan, _from, to) => to,
};

export const coordinatesExamples: DetectorExamples = {
  finds: [
    '52.5200066, 13.4049540',
    'POINT(<<13.404954 52.520008>>)',
    '52.520008/13.404954',
    `52°31'12.0"N 13°24'17.8"E`,
    '52° 31′ 12″ N, 13° 24′ 18″ E',
    `52°31.2'N 13°24.3'E`,
    '52.520008 N, 13.404954 E',
    'N52.520008 E13.404954',
    'at lat: <<52.520008, lon: 13.404954>>.',
    'latitude=<<52.520008&longitude=13.404954>>',
  ],
  leaves: [
    '1.25, 2.5',
    '12.34567',
    '12.34567 98.76543',
    '20°C',
    'a 90° turn',
    'lat: 12.5 ms, lon: 3',
    '0.1234, 0.5678, 0.9012',
  ],
};
