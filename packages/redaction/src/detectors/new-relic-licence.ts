import { BASE62, HEX } from '../engine/characters.ts';
import type { Detector, DetectorExamples } from './detector.ts';

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

export const newRelicLicenceExamples: DetectorExamples = {
  finds: ['{hex:36}NRAL', 'key <<{hex:36}NRAL>>.'],
  leaves: ['NRAL', '{hex:8}NRAL', '{hex:36}NRALx'],
};
