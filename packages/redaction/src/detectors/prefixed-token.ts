import {
  BASE62,
  DIGITS,
  HEX,
  HYPHEN,
  isIn,
  LOWER,
  UNDERSCORE,
  URL64,
} from '../engine/characters.ts';
import { looksRandom } from '../engine/looks-random.ts';
import { isPublicValue } from '../keys/public-value.ts';
import type { Detector, DetectorExamples } from './detector.ts';

const LONGEST_NAME = 24;
const LEAST_BODY = 20;
/** How much of a body is judged: a run may hold as many names as it is long. */
const JUDGED = 40;

/**
 * A key in the manner of services that have no format of their own here: a name, a word that says what it is, and
 * characters at random. `acme_live_…`, `acme-api-…`, `sk_prod_…`.
 */
export const prefixedToken: Detector = {
  kind: 'prefixed_token',
  preset: 'secrets',
  level: 'likely',
  anchors: [
    '_live_',
    '_test_',
    '_prod_',
    '_secret_',
    '_sk_',
    '_pat_',
    '_key_',
    '_api_',
    '_priv_',
    '_rk_',
    '_oauth_',
    '_sandbox_',
  ],
  insideWord: true,
  find(scan, start, end) {
    const joint = scan.code(start);
    // `sk_live_` and `acme-api-`, not `x-api_`.
    if (scan.code(end - 1) !== joint) return false;
    const to = scan.runEnd(URL64, end);
    if (to - end < LEAST_BODY) return false;
    const from = scan.runStart(LOWER | DIGITS | UNDERSCORE | HYPHEN, start, LONGEST_NAME);
    if (from === start || !scan.isBoundary(from) || isPublicValue(scan.text, from)) return false;
    const judged = Math.min(to, end + JUDGED);
    scan.work += judged - end;
    if (!hasLongRun(scan.text, end, judged) || !isRandomBody(scan.text, end, judged)) return false;
    return scan.found('prefixed_token', from, to);
  },
};

/** Words joined by hyphens have short runs; a key has one long one. */
function hasLongRun(text: string, from: number, to: number): boolean {
  let run = 0;
  for (let i = from; i < to; i++) {
    run = isIn(BASE62, text.charCodeAt(i)) ? run + 1 : 0;
    if (run >= 12) return true;
  }
  return false;
}

function isRandomBody(text: string, from: number, to: number): boolean {
  let hex = 0;
  for (let i = from; i < to; i++) if (isIn(HEX, text.charCodeAt(i))) hex++;
  return hex === to - from || looksRandom(text, from, to);
}

export const prefixedTokenExamples: DetectorExamples = {
  finds: ['acme_live_{b62:28}4a', 'qdr_sk_{b62:36}1Z'],
  leaves: [
    'max_live_connections_per_host_setting',
    'my_api_client',
    'sk_test_id',
    'pk_live_{b62:24}',
    'cs_test_a1{b62:56}',
  ],
};
