import { DOLLAR_WORD } from '../engine/characters.ts';
import type { Detector, DetectorExamples } from './detector.ts';

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

export const paypalTokenExamples: DetectorExamples = {
  finds: ['access_token$production${lower36:16}${hex:32}'],
  leaves: ['access_token$', 'access_token$sandbox$short'],
};
